"""Field work: what a mystery measurement has to do, when it may be done, by whom and under which names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from lyhord.method.tally import MethodError
from lyhord.method.working_time import Calendar

MINUTES_PER_DAY = 24 * 60


class Means(StrEnum):
    """How a municipality is contacted."""

    CALL = "call"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Errand:
    """One question to one municipality. ``trait`` is what whoever asks has to be; ids are the caller's own."""

    id: str
    municipality: str
    area: str
    means: Means
    trait: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """A persona: a name to ask in. ``voice`` is empty where anybody can speak for it."""

    id: str
    traits: frozenset[str] = frozenset()
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """An interviewer: at most ``per_day`` calls a day, none on days ``absent``."""

    id: str
    per_day: int
    voice: str = ""
    absent: frozenset[date] = frozenset()

    def can_speak_as(self, alias: Alias) -> bool:
        """Whether the interviewer's voice goes with the name."""
        return not self.voice or not alias.voice or self.voice == alias.voice


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the day: contacts start at ``opens`` at the earliest and are over by ``closes``."""

    opens: time
    closes: time

    @property
    def first(self) -> int:
        """Minutes from midnight to the opening."""
        return minute_of_day(self.opens)

    @property
    def last(self) -> int:
        """Minutes from midnight to the closing."""
        return minute_of_day(self.closes)


@dataclass(frozen=True)
class FieldWork:
    """The terms of a round's field work, from ``first`` to ``last``, both counted.

    Calls are made on the calendar's open days only; letters on any day, as residents write in evenings and on Sundays.
    ``area_gap`` minutes lie between two contacts with one area of one municipality, ``switchboard_gap`` between two
    calls to one municipality, and ``alias_gap`` days between two uses of a name to one municipality.
    """

    calendar: Calendar
    first: date
    last: date
    callers: tuple[Caller, ...]
    aliases: tuple[Alias, ...]
    calls: Span = Span(time(8, 30), time(16))
    letters: Span = Span(time(7), time(21))
    call_minutes: int = 10
    area_gap: int = 60
    switchboard_gap: int = 10
    alias_gap: int = 7

    def __post_init__(self) -> None:
        for wrong, remedy in self._faults().items():
            raise MethodError(f"{wrong}. {remedy}.")

    def _faults(self) -> Mapping[str, str]:
        office = Span(self.calendar.opens, self.calendar.closes)
        checks = {
            f"The field work ends {self.last}, before it starts {self.first}": (
                self.last < self.first,
                "Swap the dates",
            ),
            "The hours of calls do not rise": (self.calls.first >= self.calls.last, "Close after opening"),
            "The hours of letters do not rise": (self.letters.first >= self.letters.last, "Close after opening"),
            f"Calls from {self.calls.opens:%H:%M} to {self.calls.closes:%H:%M} reach outside the office hours": (
                self.calls.first < office.first or self.calls.last > office.last,
                f"Stay within {office.opens:%H:%M}–{office.closes:%H:%M}",
            ),
            f"A call of {self.call_minutes} minutes cannot be planned": (
                not 1 <= self.call_minutes <= self.calls.last - self.calls.first,
                "Give at least one minute and no more than the calling hours hold",
            ),
            "Two interviewers or two names share an id": (
                len({one.id for one in self.callers}) < len(self.callers)
                or len({one.id for one in self.aliases}) < len(self.aliases),
                "Give each its own",
            ),
        }
        return {wrong: remedy for wrong, (is_so, remedy) in checks.items() if is_so}

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the field work."""
        return tuple(date.fromordinal(day) for day in range(self.first.toordinal(), self.last.toordinal() + 1))

    @property
    def calling_days(self) -> tuple[date, ...]:
        """The days on which calls may be made; MethodError where the calendar lacks their year."""
        return tuple(day for day in self.days if self.calendar.is_open_on(day))

    @property
    def call_starts(self) -> tuple[int, ...]:
        """The minutes of a day at which a call may start, one call after another."""
        return tuple(range(self.calls.first, self.calls.last - self.call_minutes + 1, self.call_minutes))

    def most_calls(self, caller: Caller) -> int:
        """How many calls an interviewer makes in a day: as many as agreed, if the hours hold them."""
        return max(0, min(caller.per_day, len(self.call_starts)))


@dataclass(frozen=True, slots=True)
class Contact:
    """A planned contact: when (local time, with its zone), under which name, and by whom where it is a call."""

    errand: Errand
    at: datetime
    alias: str
    caller: str | None = None


def minute_of_day(moment: time) -> int:
    """Whole minutes from midnight."""
    return moment.hour * 60 + moment.minute


def minute_of(moment: datetime) -> int:
    """A local moment as minutes on one line through all days: comparable across midnight, not across time zones."""
    return moment.toordinal() * MINUTES_PER_DAY + minute_of_day(moment.time())
