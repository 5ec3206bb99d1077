"""Working time: how long an answer took, counted only while the office is open."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from zoneinfo import ZoneInfo

from holidays.countries.sweden import Sweden

from lyhord.method.tally import DurationSum, MethodError

SECONDS_PER_HOUR = 3600
MONDAY_TO_FRIDAY = frozenset(range(5))
BRIDGE_DAY = "Klämdag"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """When the office is open: a frozen table of closed days, office hours and a time zone.

    A round stores its calendar (``as_rows``) and its ``fingerprint``, so that a measured time never changes because a
    library learned of another holiday. ``years`` says which years the table covers; a moment outside them is an error,
    since a missing year would silently count its holidays as open.
    """

    closed_days: tuple[tuple[date, str], ...]
    years: tuple[int, ...]
    opens: time = time(8)
    closes: time = time(17)
    timezone: str = "Europe/Stockholm"
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY  # Monday is 0

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise MethodError(
                f"The office opens {self.opens} but closes {self.closes}. Give a closing time after opening."
            )
        object.__setattr__(self, "closed_days", tuple(sorted(self.closed_days)))
        object.__setattr__(self, "years", tuple(sorted(set(self.years))))

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.timezone)

    @cached_property
    def closed(self) -> frozenset[date]:
        """The closed days without their names."""
        return frozenset(day for day, _ in self.closed_days)

    def is_open_on(self, day: date) -> bool:
        """Whether ``day`` is a working day; MethodError where the calendar does not cover its year."""
        if day.year not in self.years:
            raise MethodError(
                f"{day} lies outside the calendar, which covers {_span(self.years)}. "
                "Make the calendar with that year too, and freeze it anew for the round."
            )
        return day.weekday() in self.weekdays and day not in self.closed

    def hours_on(self, day: date) -> tuple[datetime, datetime]:
        """Opening and closing moments of ``day`` in UTC."""
        opening, closing = (datetime.combine(day, at, tzinfo=self.zone) for at in (self.opens, self.closes))
        return opening.astimezone(UTC), closing.astimezone(UTC)

    def as_rows(self) -> tuple[tuple[str, str], ...]:
        """The closed days as (ISO date, reason), sorted; what a round stores and a person edits."""
        return tuple((day.isoformat(), reason) for day, reason in self.closed_days)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over everything that can change a measured time; equal calendars have equal fingerprints."""
        rule = {
            "closed": [day.isoformat() for day in sorted(self.closed)],
            "years": self.years,
            "hours": [self.opens.isoformat(), self.closes.isoformat()],
            "timezone": self.timezone,
            "weekdays": sorted(self.weekdays),
        }
        return hashlib.sha256(json.dumps(rule, sort_keys=True).encode()).hexdigest()


def closed_days_from_rows(rows: Iterable[tuple[str, str]]) -> tuple[tuple[date, str], ...]:
    """The stored rows of ``Calendar.as_rows`` as closed days; MethodError names a row whose date cannot be read."""
    days = []
    for day, reason in rows:
        try:
            days.append((date.fromisoformat(day), reason))
        except ValueError as error:
            raise MethodError(f"Closed day {day!r} ({reason}) is not a date. Write it as 2026-12-24.") from error
    return tuple(days)


def swedish_calendar(
    years: Iterable[int],
    *,
    categories: tuple[str, ...] = ("public", "de_facto"),
    bridge_days_closed: bool = False,
    opens: time = time(8),
    closes: time = time(17),
) -> Calendar:
    """A frozen Swedish calendar for ``years``.

    ``categories`` are those of the ``holidays`` package and always explicit: its defaults have changed between
    versions. ``public`` are the statutory holidays, ``de_facto`` midsommarafton, julafton and nyårsafton.
    ``bridge_days_closed`` also closes every klämdag, a working day whose neighbours are both days off. Sundays and
    Saturdays are closed as weekdays, not as holidays.
    """
    covered = tuple(sorted(set(years)))
    if not covered:
        raise MethodError("A calendar needs at least one year. Give the years of the round.")
    around = range(covered[0] - 1, covered[-1] + 2)  # neighbours of 1 January and 31 December
    table = dict(Sweden(categories=categories, language="sv", years=around))
    if bridge_days_closed:
        table |= dict.fromkeys(bridge_days(covered, table), BRIDGE_DAY)
    return Calendar(
        closed_days=tuple((day, name) for day, name in table.items() if day.year in covered),
        years=covered,
        opens=opens,
        closes=closes,
    )


def bridge_days(years: Iterable[int], closed: Iterable[date]) -> tuple[date, ...]:
    """The klämdagar of ``years``: working days whose two neighbours are both weekend or closed."""
    shut = frozenset(closed)

    def off(day: date) -> bool:
        return day.weekday() not in MONDAY_TO_FRIDAY or day in shut

    days = (day for year in sorted(set(years)) for day in _days(date(year, 1, 1), date(year, 12, 31)))
    return tuple(day for day in days if not off(day) and off(day - ONE_DAY) and off(day + ONE_DAY))


def working_seconds(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Whole seconds between two moments while the office was open.

    Both moments must carry a time zone. The clock starts at the next opening where ``start`` is outside hours, and an
    answer given outside hours counts as given at the last closing. An answer before its question takes 0 seconds; ask
    ``is_reversed`` to flag it. All arithmetic is in UTC: two local times of one zone would subtract as wall clocks.
    """
    begin, finish = _utc(start, "start"), _utc(end, "end")
    if finish <= begin:
        return 0
    first, last = (moment.astimezone(calendar.zone).date() for moment in (begin, finish))
    total = timedelta()
    for day in _days(first, last):
        if calendar.is_open_on(day):
            opening, closing = calendar.hours_on(day)
            total += max(timedelta(), min(finish, closing) - max(begin, opening))
    return total // timedelta(seconds=1)


def is_reversed(start: datetime, end: datetime) -> bool:
    """Whether the answer came before the question: a sign of a wrong clock, to be flagged for a person."""
    return _utc(end, "end") < _utc(start, "start")


def bucket(
    seconds: int | None,
    edges_hours: Sequence[float | Fraction],
    options: Sequence[str],
    missing: str | None = None,
) -> str | None:
    """The option that a working time falls in; upper edges belong to their option ("inom 1 dygn" is <= 9 h).

    ``options[i]`` holds times of at most ``edges_hours[i]``; one option more than edges takes the rest. No answer
    (None) gives ``missing``. Compared in seconds, never in rounded hours.
    """
    if len(options) != len(edges_hours) + 1 or list(edges_hours) != sorted(edges_hours):
        raise MethodError(
            f"{len(edges_hours)} edges and {len(options)} options do not fit. Give rising edges and one option more."
        )
    if seconds is None:
        return missing
    for edge, option in zip(edges_hours, options, strict=False):  # the last option has no edge
        if seconds <= edge * SECONDS_PER_HOUR:
            return option
    return options[-1]


def sum_durations(seconds: Iterable[int]) -> DurationSum:
    """Exact sums of answered times; zero is a legal time and counts. No times give n = 0 and zeros."""
    times = tuple(seconds)
    return DurationSum(
        n=len(times),
        seconds=sum(times),
        squares=sum(value * value for value in times),
        least=min(times, default=0),
        greatest=max(times, default=0),
    )


def _utc(moment: datetime, name: str) -> datetime:
    if moment.tzinfo is None:
        raise MethodError(f"The {name} {moment.isoformat()} has no time zone. Give it one (Europe/Stockholm).")
    return moment.astimezone(UTC)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _span(years: tuple[int, ...]) -> str:
    return "no year" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
