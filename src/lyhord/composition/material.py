"""What a report is composed from: one closed round's counts, its instrument and who took part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lyhord.files.quotations import Quotations
from lyhord.instruments.definition import Instrument
from lyhord.method.agreement import Agreement
from lyhord.method.groups import Municipality
from lyhord.method.tally import Counts
from lyhord.rendering.report import Brand


class CompositionError(ValueError):
    """A report cannot be composed from what was given; the message names what is missing and the remedy."""


@dataclass(frozen=True)
class RoundMaterial:
    """One round, ready to be reported.

    ``previous`` lists the instruments of earlier rounds, newest first, whose figures stand in ``counts``: as counts
    under their own instrument id, or as external figures. ``fictitious`` puts "påhittade uppgifter" on every page.
    """

    instrument: Instrument
    round_id: str
    counts: Counts
    municipalities: Mapping[str, Municipality]
    started: date
    ended: date
    issued: date
    fictitious: bool = False
    quotations: Quotations = field(default_factory=Quotations)
    previous: tuple[Instrument, ...] = ()
    brands: Mapping[str, Brand] = field(default_factory=dict)
    agreement: Mapping[str, Agreement] = field(default_factory=dict)  # of two graders, by item; mystery rounds only
    new_participants: frozenset[str] = frozenset()  # took part for the first time: no earlier year is shown

    def municipality(self, code: str) -> Municipality:
        """The municipality with this code; CompositionError where the round does not know it."""
        try:
            return self.municipalities[code]
        except KeyError:
            raise CompositionError(
                f"Municipality {code} is not in the register given to round {self.round_id}. "
                "Add it to the municipality file, or check the code."
            ) from None
