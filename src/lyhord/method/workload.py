"""Workload: how much of every interviewer's time a plan takes, week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from lyhord.method.field_work import Caller, Contact, FieldWork

MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class Load:
    """One interviewer's week, or everybody's: calls planned, and calls there is time for."""

    week: date  # its Monday
    caller: str | None  # none: all of them
    planned: int
    capacity: int
    call_minutes: int

    @property
    def planned_hours(self) -> Fraction:
        """The time that the planned calls take."""
        return Fraction(self.planned * self.call_minutes, MINUTES_PER_HOUR)

    @property
    def capacity_hours(self) -> Fraction:
        """The time that there is."""
        return Fraction(self.capacity * self.call_minutes, MINUTES_PER_HOUR)

    @property
    def is_over(self) -> bool:
        """Whether more is planned than there is time for, as after somebody has fallen ill."""
        return self.planned > self.capacity


def workload(work: FieldWork, contacts: Iterable[Contact]) -> tuple[Load, ...]:
    """Every interviewer's load in every week of the field work, week by week, and after each week's that of all."""
    planned: Counter[tuple[date, str | None]] = Counter(
        (monday_of(contact.at.astimezone(work.calendar.zone).date()), contact.caller)
        for contact in contacts
        if contact.caller is not None
    )
    weeks = sorted({monday_of(day) for day in work.days})
    return tuple(load for week in weeks for load in _of_week(work, week, planned))


def capacity(work: FieldWork, days: Sequence[date] | None = None) -> int:
    """How many calls all interviewers have time for, on the field work's calling days or on those given."""
    return sum(_capacity(work, caller, work.calling_days if days is None else days) for caller in work.callers)


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _of_week(work: FieldWork, week: date, planned: Counter[tuple[date, str | None]]) -> Iterable[Load]:
    days = [day for day in work.calling_days if monday_of(day) == week]
    loads = [
        Load(week, caller.id, planned[week, caller.id], _capacity(work, caller, days), work.call_minutes)
        for caller in work.callers
    ]
    everybody = sum(number for (monday, _), number in planned.items() if monday == week)
    return [*loads, Load(week, None, everybody, sum(load.capacity for load in loads), work.call_minutes)]


def _capacity(work: FieldWork, caller: Caller, days: Iterable[date]) -> int:
    return sum(work.most_calls(caller) for day in days if day not in caller.absent)
