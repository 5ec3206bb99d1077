"""How far a participation has come: answers against quota and time, and the response rate by its named definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from lyhord.measurements.models import Participation, Round
from lyhord.method.tally import Flow
from lyhord.rendering import numbers

# Completed and partial answers over all who were invited, those of unknown eligibility included: AAPOR, Standard
# Definitions (10th edition, 2023), response rate 2.
RATE_DEFINITION: Final = "AAPOR RR2"


@dataclass(frozen=True, slots=True)
class Days:
    """Where in its period a round is, on one day."""

    state: str  # Round.State, "before" and "over" where an open round's period has not begun or has ended
    starts: str
    ends: str
    gone: int
    left: int  # today included
    all: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Answers so far, of a quota and of those invited; texts are as printed, empty where unknown."""

    answers: str
    quota: str
    full: bool
    bar: int  # answers, at most the quota
    bar_max: int
    share: str  # of the quota
    invited: str
    answered: str
    rate: str


def days_of(round_: Round, today: date, language: str) -> Days:
    """Where in its period the round is today."""
    state = str(round_.state)
    if state == Round.State.OPEN:
        state = "before" if today < round_.starts else "over" if today > round_.ends else state
    whole = (round_.ends - round_.starts).days + 1
    gone = min(max((today - round_.starts).days, 0), whole)
    starts, ends = numbers.day(round_.starts, language), numbers.day(round_.ends, language)
    return Days(state, starts, ends, gone, whole - gone, whole)


def progress_of(participation: Participation, answers: int, flow: Flow, language: str) -> Progress:
    """How far the participation has come; ``answers`` are those that fill its quota, as far as they are counted."""
    quota = participation.quota
    answered, invited = flow.answered, flow.invited
    rate = numbers.percent(100 * answered / invited, 0, language) if answered is not None and invited else ""
    return Progress(
        answers=numbers.count(answers, language),
        quota=numbers.count(quota, language) if quota else "",
        full=bool(quota) and answers >= (quota or 0),
        bar=min(answers, quota or 0),
        bar_max=quota or 1,
        share=numbers.percent(100 * answers / quota, 0, language) if quota else "",
        invited="" if invited is None else numbers.count(invited, language),
        answered="" if answered is None else numbers.count(answered, language),
        rate=rate,
    )
