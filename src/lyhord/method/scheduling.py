"""Scheduling: spreads a mystery measurement's calls and letters at random, evenly and within its rules."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from lyhord.method.field_work import (
    MINUTES_PER_DAY,
    Alias,
    Caller,
    Contact,
    Errand,
    FieldWork,
    Means,
    minute_of,
)
from lyhord.method.tally import MethodError

RULE: Final = "scheduling"
MINUTES_PER_HOUR: Final = 60
DAYS_PER_WEEK: Final = 7


class Obstacle(StrEnum):
    """Why an errand has no moment; the later ones are met only where the earlier are not in the way."""

    NO_DAY = "no_day"  # no day of the field work lies ahead, or none is open
    NO_ALIAS = "no_alias"  # every name that fits was used to the municipality too lately, or none fits
    NO_CALLER = "no_caller"  # no interviewer with time left can speak as one of them
    TOO_CLOSE = "too_close"  # every moment left is too near another contact


ORDER: Final = tuple(Obstacle)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An errand without a moment, and what was in the way."""

    errand: Errand
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class Schedule:
    """What was planned, in order of time, and what could not be."""

    contacts: tuple[Contact, ...]
    unplaced: tuple[Unplaced, ...]


def schedule(
    errands: Iterable[Errand],
    work: FieldWork,
    seed: str,
    *,
    standing: Sequence[Contact] = (),
    after: datetime | None = None,
) -> Schedule:
    """Give every errand a day, an hour, a minute, a name and, where it is a call, an interviewer.

    Days, then hours, are taken where the area and the municipality have fewest contacts yet, at random among equals:
    weeks, weekdays and hours come out even whatever the numbers. The same input and ``seed`` always give the same.
    ``standing`` contacts are kept as they are and counted in every rule; nothing is placed before ``after``, a moment
    with a time zone. MethodError for an errand that is given twice or stands already.
    """
    wanted = sorted(errands, key=lambda errand: errand.id)
    _require_once([*wanted, *(contact.errand for contact in standing)])
    rng = random.Random(f"{RULE}:{seed}")  # noqa: S311 - a reproducible spread, not a secret
    rng.shuffle(wanted)
    wanted.sort(key=lambda errand: not errand.trait)  # names that fit are scarce: those errands choose first
    book = _Book(work, rng, _earliest(after, work))
    for contact in standing:
        book.note(contact)
    placed, unplaced = [], []
    for errand in wanted:
        found = book.place(errand)
        if isinstance(found, Contact):
            book.note(found)
            placed.append(found)
        else:
            unplaced.append(Unplaced(errand, found))
    return Schedule(
        tuple(sorted(placed, key=lambda contact: (contact.at, contact.errand.id))),
        tuple(sorted(unplaced, key=lambda one: one.errand.id)),
    )


def _require_once(errands: Sequence[Errand]) -> None:
    for errand_id, count in Counter(errand.id for errand in errands).items():
        if count > 1:
            raise MethodError(f"Errand {errand_id} is given {count} times. Plan each question once.")


def _earliest(after: datetime | None, work: FieldWork) -> int:
    if after is None:
        return 0
    if after.tzinfo is None:
        raise MethodError(f"The moment {after.isoformat()} has no time zone. Give it one (Europe/Stockholm).")
    return minute_of(after.astimezone(work.calendar.zone))


@dataclass(slots=True)
class _Spread:
    """How many contacts there are of one kind in each week, weekday, day and hour."""

    weeks: Counter[int] = field(default_factory=Counter)
    weekdays: Counter[int] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)

    def count(self, day: date, hour: int) -> None:
        """Count one contact more."""
        self.weeks[_week(day)] += 1
        self.weekdays[day.weekday()] += 1
        self.days[day] += 1
        self.hours[hour] += 1


@dataclass(slots=True)
class _Book:
    """What has been planned so far, counted in every way that a rule asks about."""

    work: FieldWork
    rng: random.Random
    earliest: int  # nothing is placed at or before this minute
    days: dict[Means, tuple[date, ...]] = field(init=False)
    hours: dict[Means, dict[int, tuple[int, ...]]] = field(init=False)  # hour -> the minutes of day to start at
    most: dict[str, int] = field(init=False)  # calls of an interviewer in a day
    fitting: dict[str, tuple[Alias, ...]] = field(init=False)  # trait -> the names that have it
    spread: dict[tuple[str, ...], _Spread] = field(default_factory=lambda: defaultdict(_Spread))
    near_area: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    near_switchboard: dict[tuple[str, date], list[int]] = field(default_factory=lambda: defaultdict(list))
    used: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))  # municipality, day: names
    uses: Counter[tuple[str, ...]] = field(default_factory=Counter)  # of a name, and of it in a municipality
    busy: set[tuple[str, int]] = field(default_factory=set)  # interviewer and minute
    calls: Counter[tuple[object, ...]] = field(default_factory=Counter)
    ahead: Counter[date] = field(default_factory=Counter)  # calls that the interviewers have left in a day

    def __post_init__(self) -> None:
        work, today = self.work, date.fromordinal(max(1, self.earliest // MINUTES_PER_DAY))
        calling = work.calling_days
        self.days = {
            Means.CALL: tuple(day for day in calling if day >= today),
            Means.LETTER: tuple(day for day in work.days if day >= today),
        }
        letters = range(work.letters.first, work.letters.last)
        self.hours = {Means.CALL: _by_hour(work.call_starts), Means.LETTER: _by_hour(letters)}
        self.most = {caller.id: work.most_calls(caller) for caller in work.callers}
        traits = {trait for alias in work.aliases for trait in alias.traits}
        self.fitting = {trait: tuple(alias for alias in work.aliases if trait in alias.traits) for trait in traits}
        for day in calling:
            self.ahead[day] = sum(self.most[caller.id] for caller in work.callers if day not in caller.absent)

    def note(self, contact: Contact) -> None:
        """Count a contact in everything that later choices look at."""
        errand, local = contact.errand, contact.at.astimezone(self.work.calendar.zone)
        minute, day = minute_of(local), local.date()
        for key in _places(errand):
            self.spread[key].count(day, local.hour)
        self.near_area[errand.municipality, errand.area].append(minute)
        self.used[errand.municipality, day.toordinal()].add(contact.alias)
        self.uses[contact.alias,] += 1
        self.uses[errand.municipality, contact.alias] += 1
        if contact.caller is not None:
            self.near_switchboard[errand.municipality, day].append(minute)
            self.busy.add((contact.caller, minute))
            self.calls[contact.caller, day] += 1
            self.calls[contact.caller, errand.area] += 1
            self.calls[contact.caller, errand.municipality, errand.area] += 1
            self.ahead[day] -= 1

    def place(self, errand: Errand) -> Contact | Obstacle:
        """The best moment, name and interviewer that the rules leave, or what was in the way."""
        met = Obstacle.NO_DAY
        for day in self._ranked_days(errand):
            found = self._on(errand, day)
            if isinstance(found, Contact):
                return found
            met = max(met, found, key=ORDER.index)
        return met

    def _ranked_days(self, errand: Errand) -> list[date]:
        every, own = (self.spread[key] for key in _places(errand))
        random_ = self.rng.random

        def cost(day: date) -> tuple[float, ...]:
            week, weekday = _week(day), day.weekday()
            return (
                own.weeks[week],
                every.weeks[week],
                own.weekdays[weekday],
                every.weekdays[weekday],
                every.days[day],
                random_(),
            )

        return sorted(self.days[errand.means], key=cost)

    def _on(self, errand: Errand, day: date) -> Contact | Obstacle:
        aliases = self._aliases(errand, day)
        if not aliases:
            return Obstacle.NO_ALIAS
        if errand.means is Means.LETTER:
            return self._letter(errand, day, aliases)
        callers = self._callers(errand, day, aliases)
        return self._call(errand, day, aliases, callers) if callers else Obstacle.NO_CALLER

    def _letter(self, errand: Errand, day: date, aliases: Sequence[Alias]) -> Contact | Obstacle:
        minute = next((minute for starts in self._starts(errand, day) for minute in starts), None)
        if minute is None:
            return Obstacle.TOO_CLOSE
        at = self._moment(day, minute, self.rng.randrange(60))  # nobody writes on the stroke of a minute
        return Contact(errand, at, self._best(errand, aliases).id)

    def _call(
        self, errand: Errand, day: date, aliases: Sequence[Alias], callers: Sequence[Caller]
    ) -> Contact | Obstacle:
        midnight = day.toordinal() * MINUTES_PER_DAY
        for starts in self._starts(errand, day):
            free = tuple(starts)
            for caller in callers:
                for minute in free:
                    if (caller.id, midnight + minute) not in self.busy:
                        able = [alias for alias in aliases if caller.can_speak_as(alias)]
                        at = self._moment(day, minute)
                        return Contact(errand, at, self._best(errand, able).id, caller.id)
        return Obstacle.TOO_CLOSE

    def _moment(self, day: date, minute: int, second: int = 0) -> datetime:
        hour, minute = divmod(minute, MINUTES_PER_HOUR)
        return datetime.combine(day, time(hour, minute, second), tzinfo=self.work.calendar.zone)

    def _starts(self, errand: Errand, day: date) -> Iterator[Iterator[int]]:
        """The minutes that no other contact is too near, hour by hour, the hour with fewest contacts first."""
        every, own = (self.spread[key].hours for key in _places(errand))
        hours, random_ = self.hours[errand.means], self.rng.random

        def cost(hour: int) -> tuple[float, ...]:  # half an hour gets half as many
            return ((every[hour] + 1) / len(hours[hour]), own[hour], random_())

        midnight = day.toordinal() * MINUTES_PER_DAY
        for hour in sorted(hours, key=cost):
            starts = hours[hour]
            turn = self.rng.randrange(len(starts))
            turned = starts[turn:] + starts[:turn]
            yield (minute for minute in turned if self._is_free(errand, day, midnight + minute))

    def _is_free(self, errand: Errand, day: date, minute: int) -> bool:
        if minute <= self.earliest:
            return False
        if any(abs(minute - other) < self.work.area_gap for other in self.near_area[errand.municipality, errand.area]):
            return False
        if errand.means is Means.LETTER:
            return True
        others = self.near_switchboard[errand.municipality, day]
        return not any(abs(minute - other) < self.work.switchboard_gap for other in others)

    def _aliases(self, errand: Errand, day: date) -> list[Alias]:
        """The names that fit and have not been used to the municipality lately."""
        today, gap = day.toordinal(), self.work.alias_gap
        near = range(today - gap + 1, today + gap)
        late: set[str] = set().union(*(self.used.get((errand.municipality, other), ()) for other in near))
        fitting = self.fitting.get(errand.trait, ()) if errand.trait else self.work.aliases
        return [alias for alias in fitting if alias.id not in late]

    def _best(self, errand: Errand, aliases: Sequence[Alias]) -> Alias:
        """The name least used; those with traits are spared for the errands that need them."""
        uses = self.uses

        def cost(alias: Alias) -> tuple[int, ...]:
            spared = 0 if errand.trait else len(alias.traits)
            return (uses[errand.municipality, alias.id], spared, uses[alias.id,])

        return min(aliases, key=cost)

    def _callers(self, errand: Errand, day: date, aliases: Sequence[Alias]) -> Sequence[Caller]:
        """The interviewers with time left, those first who have called the area least and have most time."""
        if self.ahead[day] <= 0:
            return ()
        calls, most = self.calls, self.most

        def can(caller: Caller) -> bool:
            has_time = calls[caller.id, day] < most[caller.id] and day not in caller.absent
            return has_time and any(caller.can_speak_as(alias) for alias in aliases)

        def cost(caller: Caller) -> tuple[float, ...]:
            return (
                calls[caller.id, errand.municipality, errand.area],
                calls[caller.id, day] / most[caller.id],
                calls[caller.id, errand.area],
                self.rng.random(),
            )

        return sorted(filter(can, self.work.callers), key=cost)


def _places(errand: Errand) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What an errand is counted under: its municipality's contacts of the same means, and those of its area."""
    return (errand.municipality, errand.means), (errand.municipality, errand.means, errand.area)


def _week(day: date) -> int:
    """A number for the day's week, Monday to Sunday; the next week has the next number."""
    return (day.toordinal() - 1) // DAYS_PER_WEEK


def _by_hour(minutes: Iterable[int]) -> dict[int, tuple[int, ...]]:
    hours: dict[int, list[int]] = defaultdict(list)
    for minute in minutes:
        hours[minute // MINUTES_PER_HOUR].append(minute)
    return {hour: tuple(starts) for hour, starts in hours.items()}
