"""Words kept from a mystery measurement: interviewers' comments, unanswered letters and example letters.

They are read for the report's pages and never enter the tally.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InterviewerComment:
    """A spontaneous comment on one graded factor (an item key such as ``bemotande``) in one area."""

    channel: str
    area: str
    factor: str
    text: str
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class UnansweredLetter:
    """A letter nobody answered. ``sent`` is local time in Sweden."""

    area: str
    question: str
    sent: datetime
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class ExampleLetter:
    """A letter and its answer, chosen as an example; the answer is unmasked here, masking is the reader's work."""

    area: str
    question: str
    answer: str
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Quotations:
    """Everything quotable in one mystery file, in file order."""

    comments: tuple[InterviewerComment, ...] = ()
    unanswered: tuple[UnansweredLetter, ...] = ()
    examples: tuple[ExampleLetter, ...] = ()

    def of(self, municipality: str) -> Quotations:
        """Only one municipality's quotations."""
        return Quotations(
            tuple(c for c in self.comments if c.municipality == municipality),
            tuple(u for u in self.unanswered if u.municipality == municipality),
            tuple(e for e in self.examples if e.municipality == municipality),
        )
