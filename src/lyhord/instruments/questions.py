"""What a question bank is: the everyday questions that are put to a municipality, and what a full answer holds.

A bank is a versioned TOML file beside the instruments (``catalogue/questions``). It says which of the instrument's
channels are calls and which are letters; nothing downstream knows a channel by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lyhord.instruments.definition import Instrument, LocalText
from lyhord.instruments.faults import Faults, InstrumentError

AREA = "area"  # the instrument's division by area


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is said or written, and the facts that a full answer holds.

    ``background`` is what the asker knows about the own situation if asked back; ``trait`` what the asker has to be.
    """

    id: str
    area: str
    channel: str
    text: str
    facts: tuple[str, ...]
    source: str  # a key of the bank's sources
    subject: str = ""  # letters only
    trait: str = ""
    background: str = ""


@dataclass(frozen=True, slots=True)
class QuestionBank:
    """All questions that a mystery round draws on, as one version of one file."""

    id: str
    version: str
    name: LocalText
    licence: str
    instruments: tuple[str, ...]  # ids of those it is written for
    calls: tuple[str, ...]  # channels where a person speaks
    letters: tuple[str, ...]  # channels where a person writes
    sources: Mapping[str, str]
    traits: Mapping[str, LocalText]
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question:
        """The question with this id; KeyError names it and the bank."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(f"question bank {self.id} has no question {question_id!r}")

    def questions_in(self, channel: str) -> tuple[Question, ...]:
        """The questions of one channel, in the file's order."""
        return tuple(question for question in self.questions if question.channel == channel)


def require_fit(bank: QuestionBank, instrument: Instrument) -> None:
    """InstrumentError, listing every fault, where the bank cannot serve the instrument.

    It must be written for it, use its channels and areas, and give every area as many questions as the others.
    """
    faults = Faults()
    if instrument.id not in bank.instruments:
        faults.add("instruments", f"lacks {instrument.id}.", "Choose a bank that is written for the instrument.")
    channels = {channel.id for channel in instrument.channels}
    for channel in (*bank.calls, *bank.letters):
        if channel not in channels:
            faults.add("channels", f"has {channel}, which {instrument.id} lacks.", "Use the instrument's channels.")
    division = instrument.breakdown(AREA)
    areas = [option.code for option in division.values] if division else []
    _areas(bank, areas, faults)
    if faults.found:
        raise InstrumentError(bank.id, faults.found)


def _areas(bank: QuestionBank, areas: list[str], faults: Faults) -> None:
    for question in bank.questions:
        if question.area not in areas:
            faults.add(f"questions.{question.id}.area", f"is {question.area!r}.", f"Choose one of {', '.join(areas)}.")
    for channel in (*bank.calls, *bank.letters):
        per_area = Counter(question.area for question in bank.questions_in(channel))
        most = max(per_area.values(), default=0)
        for area in areas:
            if per_area[area] != most:
                faults.add(
                    f"questions of {area} through {channel}",
                    f"are {per_area[area]}, while another area has {most}.",
                    "Give every area as many, or totals would weigh areas differently.",
                )
