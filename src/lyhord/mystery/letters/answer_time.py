"""How long an answer took, in the round's frozen working time, and when a letter is given up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache

from lyhord.instruments.definition import Cut, Instrument
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import instrument_of
from lyhord.method.working_time import SECONDS_PER_HOUR, Calendar, working_seconds
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters.models import Posting
from lyhord.mystery.planning.calendars import calendar_of_round


@dataclass(frozen=True, slots=True)
class Clock:
    """What a round's answers are timed by: its frozen calendar and its last limit in working hours."""

    calendar: Calendar
    limit: Fraction

    def seconds(self, sent_at: datetime, answered_at: datetime) -> int:
        """Working seconds between the two."""
        return working_seconds(sent_at, answered_at, self.calendar)

    def is_past(self, sent_at: datetime, moment: datetime) -> bool:
        """Whether more working time than the limit lies between; exactly the limit is in time."""
        return self.seconds(sent_at, moment) > self.limit * SECONDS_PER_HOUR


def answer_cut(instrument: Instrument, channel: str) -> Cut:
    """How the channel's answers are timed: the items of sending and answering, and limits. MysteryError: it is not."""
    for item in instrument.items_in(channel):
        if item.cut and item.cut.unit == "working_hours":
            return item.cut
    raise MysteryError(f"Instrumentet {instrument.id} mäter ingen svarstid i {channel}.")


def clock_of(round_: Round, channel: str = "epost") -> Clock:
    """The round's clock."""
    return Clock(calendar_of_round(round_), Fraction(answer_cut(instrument_of(round_), channel).edges[-1]))


def deadline_of(round_: Round, channel: str = "epost") -> Fraction:
    """Working hours after which a letter counts as unanswered."""
    return Fraction(answer_cut(instrument_of(round_), channel).edges[-1])


def is_late(posting: Posting, answered_at: datetime) -> bool:
    """Whether the answer came after the limit."""
    probe = posting.probe
    if probe.done_at is None:
        return False
    return clock_of(probe.round, probe.channel).is_past(probe.done_at, answered_at)


def is_overdue(posting: Posting, now: datetime) -> bool:
    """Whether the limit has passed without an answer that a person has confirmed."""
    return not posting.outcome and is_late(posting, now)


def overdue(postings: Iterable[Posting], now: datetime) -> list[Posting]:
    """Those of the letters whose limit has passed; each round's calendar is read once."""
    clock = cache(lambda number, channel: clock_of(rounds[number], channel))
    waiting = [one for one in postings if not one.outcome and one.probe.done_at]
    rounds = {one.probe.round_id: one.probe.round for one in waiting}
    return [
        one for one in waiting
        if one.probe.done_at and clock(one.probe.round_id, one.probe.channel).is_past(one.probe.done_at, now)
    ]  # fmt: skip
