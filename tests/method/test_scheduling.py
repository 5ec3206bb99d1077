"""The spread of calls and letters: within every rule, even, and honest about what found no place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.instruments.question_banks import load_bank
from lyhord.method.field_work import Alias, Caller, Contact, Errand, FieldWork, Means, Span
from lyhord.method.scheduling import Obstacle, Schedule, schedule
from lyhord.method.tally import MethodError
from lyhord.method.working_time import swedish_calendar
from lyhord.method.workload import capacity, workload

MONDAY, SUNDAY = date(2026, 10, 12), date(2026, 11, 8)  # weeks 42–45, as in the sample report's year
CALENDAR = swedish_calendar([2026, 2027])
TRAITS = ("foralder", "anhorig_aldre", "anhorig_funktion", "forening")
BANK = load_bank("kkik-2017")
A_DAY = timedelta(days=1)


def errands(municipalities: int = 1, questions: int = 120) -> list[Errand]:
    """Every question of the shipped bank to so many municipalities."""
    means = {"tel": Means.CALL, "epost": Means.LETTER}
    return [
        Errand(f"{place:04}:{one.id}", f"{place:04}", one.area, means[one.channel], one.trait)
        for place in range(municipalities)
        for one in BANK.questions[:questions]
    ]


def names(number: int = 60) -> tuple[Alias, ...]:
    """So many names, women's and men's by turns, each with a trait."""
    return tuple(Alias(f"namn{n}", frozenset({TRAITS[n % 4], TRAITS[0]}), "fm"[n // 4 % 2]) for n in range(number))


def callers(number: int = 2, per_day: int = 20) -> tuple[Caller, ...]:
    return tuple(Caller(f"intervjuare{n}", per_day, "fm"[n % 2]) for n in range(number))


def field_work(**changes: object) -> FieldWork:
    given = {"calendar": CALENDAR, "first": MONDAY, "last": SUNDAY, "callers": callers(), "aliases": names(), **changes}
    return FieldWork(**given)  # type: ignore[arg-type]  # a builder takes any of the fields


def by_municipality_and_area(contacts: Iterable[Contact]) -> dict[tuple[str, str], list[Contact]]:
    found: dict[tuple[str, str], list[Contact]] = {}
    for contact in contacts:
        found.setdefault((contact.errand.municipality, contact.errand.area), []).append(contact)
    return found


def breaches(work: FieldWork, contacts: Sequence[Contact], errands_: Sequence[Errand]) -> list[str]:
    """Every rule that a plan breaks, counted afresh from its contacts; empty where it breaks none."""
    found = [breach for contact in contacts for breach in _breaches_of(work, contact)]
    for (_, area), group in by_municipality_and_area(contacts).items():
        found += [
            f"two contacts with {area} too close: {one} {other}"
            for one, other in combinations(group, 2)
            if abs(minute(one) - minute(other)) < work.area_gap
        ]
    found += _breaches_of_people(work, contacts)
    ids = Counter(contact.errand.id for contact in contacts)
    found += [f"{one} is planned {count} times" for one, count in ids.items() if count > 1]
    return found + [f"{one} was never asked for" for one in ids.keys() - {errand.id for errand in errands_}]


def _breaches_of(work: FieldWork, contact: Contact) -> list[str]:
    alias = next(one for one in work.aliases if one.id == contact.alias)
    caller = next((one for one in work.callers if one.id == contact.caller), None)
    hours, day = (work.calls if caller else work.letters), contact.at.date()
    ends = contact.at + timedelta(minutes=work.call_minutes if caller else 0)
    checks = {
        "lies outside the hours": not hours.opens <= contact.at.time() < hours.closes or ends.time() > hours.closes,
        "lies outside the period": not work.first <= day <= work.last,
        "is asked by somebody who it does not fit": bool(contact.errand.trait)
        and contact.errand.trait not in alias.traits,
        "has the wrong kind of hand": (caller is None) != (contact.errand.means is Means.LETTER),
        "is called when the office is closed": caller is not None and not work.calendar.is_open_on(day),
        "is called by somebody who cannot": caller is not None
        and (day in caller.absent or not caller.can_speak_as(alias)),
    }
    return [f"{contact} {breach}" for breach, is_so in checks.items() if is_so]


def _breaches_of_people(work: FieldWork, contacts: Sequence[Contact]) -> list[str]:
    found = []
    most = {caller.id: caller.per_day for caller in work.callers}
    days = Counter((contact.caller, contact.at.date()) for contact in contacts if contact.caller)
    found += [f"{caller} has {n} calls on {day}" for (caller, day), n in days.items() if n > most[str(caller)]]
    calls = [contact for contact in contacts if contact.caller]
    found += [
        f"{one.caller} makes two calls at once: {one} {other}"
        for one, other in combinations(calls, 2)
        if one.caller == other.caller and abs(minute(one) - minute(other)) < work.call_minutes
    ]
    same_place = (
        pair for pair in combinations(contacts, 2) if pair[0].errand.municipality == pair[1].errand.municipality
    )
    for one, other in same_place:
        if one.alias == other.alias and abs((one.at.date() - other.at.date()).days) < work.alias_gap:
            found.append(f"a name is used too soon again: {one} {other}")
        if one.caller and other.caller and abs(minute(one) - minute(other)) < work.switchboard_gap:
            found.append(f"the switchboard is called twice at once: {one} {other}")
    return found


def minute(contact: Contact) -> float:
    return contact.at.replace(second=0).timestamp() / 60


def planned(work: FieldWork, wanted: Sequence[Errand], seed: str = "frö") -> Schedule:
    """A plan that breaks no rule and forgets no errand."""
    made = schedule(wanted, work, seed)
    assert breaches(work, made.contacts, wanted) == []
    assert len(made.contacts) + len(made.unplaced) == len(wanted)
    return made


def test_a_whole_round_of_one_municipality_finds_its_place_within_every_rule() -> None:
    assert planned(field_work(), errands()).unplaced == ()


def test_the_plan_of_one_municipality_is_even_over_weeks_weekdays_and_hours() -> None:
    contacts = planned(field_work(), errands()).contacts
    for means, weekdays, hours in ((Means.CALL, 5, 8), (Means.LETTER, 7, 14)):
        own = [contact for contact in contacts if contact.errand.means is means]
        assert_even(Counter(one.at.isocalendar().week for one in own), 4, 2)
        assert_even(Counter(one.at.weekday() for one in own), weekdays, 2)
        by_hour = Counter(one.at.hour for one in own)
        half_an_hour = by_hour.pop(8) if means is Means.CALL else 4
        assert half_an_hour in {3, 4, 5}
        assert_even(by_hour, hours - (means is Means.CALL), 2)


def assert_even(counted: Counter[int], kinds: int, within: int) -> None:
    assert len(counted) == kinds
    assert max(counted.values()) - min(counted.values()) <= within


def test_the_six_calls_of_an_area_come_in_every_week_and_from_both_interviewers() -> None:
    groups = by_municipality_and_area(planned(field_work(), errands()).contacts)
    for group in groups.values():
        calls = [contact for contact in group if contact.caller]
        assert len({contact.at.isocalendar().week for contact in calls}) == 4
        assert Counter(contact.caller for contact in calls) == {"intervjuare0": 3, "intervjuare1": 3}


def test_letters_are_sent_in_evenings_and_on_sundays_and_calls_are_not_made_then() -> None:
    contacts = planned(field_work(), errands(3)).contacts
    letters = [contact for contact in contacts if contact.caller is None]
    assert any(letter.at.weekday() == 6 for letter in letters)
    assert any(letter.at.hour >= 18 for letter in letters)
    assert {contact.at.weekday() for contact in contacts if contact.caller} == set(range(5))


def test_no_call_is_made_on_a_red_day() -> None:
    work = field_work(first=date(2026, 12, 21), last=date(2027, 1, 10), callers=callers(3, 30))
    called = {contact.at.date() for contact in planned(work, errands(2)).contacts if contact.caller}
    red = {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 6)}
    assert called
    assert not called & red


@given(
    municipalities=st.integers(1, 3),
    people=st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["", "f", "m"])), max_size=4),
    spread=st.tuples(st.integers(1, 20), st.integers(0, 90), st.integers(0, 10), st.integers(1, 25)),
    days=st.integers(1, 21),
    seed=st.text(max_size=5),
)
def test_any_plan_keeps_every_rule_and_forgets_nothing(
    municipalities: int, people: list[tuple[int, str]], spread: tuple[int, int, int, int], days: int, seed: str
) -> None:
    minutes, gap, name_gap, number = spread
    work = field_work(
        callers=tuple(Caller(f"c{n}", per_day, voice) for n, (per_day, voice) in enumerate(people)),
        aliases=names(number), last=MONDAY + days * A_DAY, call_minutes=minutes, area_gap=gap, alias_gap=name_gap,
        switchboard_gap=min(gap, minutes),
    )  # fmt: skip
    planned(work, errands(municipalities, 30), seed)


@given(seed=st.text(max_size=8))
def test_the_same_seed_gives_the_same_plan_in_whatever_order_errands_come(seed: str) -> None:
    wanted = errands(1, 40)
    assert schedule(wanted, field_work(), seed) == schedule(wanted[::-1], field_work(), seed)


def test_another_seed_gives_another_plan() -> None:
    assert schedule(errands(), field_work(), "a") != schedule(errands(), field_work(), "b")


@given(kept=st.integers(0, 40), day=st.integers(0, 27), seed=st.text(max_size=4))
def test_a_new_plan_keeps_what_stands_and_moves_the_rest_past_the_moment(kept: int, day: int, seed: str) -> None:
    work, wanted = field_work(callers=callers(3)), errands(1, 40)
    standing = schedule(wanted, work, "först").contacts[:kept]
    left = [errand for errand in wanted if errand.id not in {contact.errand.id for contact in standing}]
    moment = datetime.combine(MONDAY + day * A_DAY, time(12), tzinfo=CALENDAR.zone)
    anew = schedule(left, work, seed, standing=standing, after=moment)
    assert all(contact.at > moment for contact in anew.contacts)
    assert breaches(work, [*standing, *anew.contacts], wanted) == []
    assert len(anew.contacts) + len(anew.unplaced) == len(left)


def test_a_new_plan_takes_an_absent_interviewers_calls() -> None:
    wanted = errands(1, 60)
    before = schedule(wanted, field_work(), "ett")
    rest = Caller("intervjuare1", 20, absent=frozenset(field_work().days))
    after = schedule(wanted, field_work(callers=(Caller("intervjuare0", 20), rest)), "två")
    assert {contact.caller for contact in before.contacts} == {None, "intervjuare0", "intervjuare1"}
    assert {contact.caller for contact in after.contacts} == {None, "intervjuare0"}
    assert after.unplaced == ()


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({"callers": ()}, Obstacle.NO_CALLER),
        ({"callers": callers(1, 0)}, Obstacle.NO_CALLER),
        ({"callers": (Caller("c", 20, "f"),), "aliases": (Alias("a", frozenset(TRAITS), "m"),)}, Obstacle.NO_CALLER),
        ({"aliases": ()}, Obstacle.NO_ALIAS),
        ({"first": date(2026, 10, 17), "last": date(2026, 10, 18)}, Obstacle.NO_DAY),  # a weekend
    ],
)
def test_what_cannot_be_placed_is_explained(changes: dict[str, object], obstacle: Obstacle) -> None:
    calls = [errand for errand in errands(1, 60) if errand.means is Means.CALL]
    made = planned(field_work(**changes), calls)
    assert {one.obstacle for one in made.unplaced} == {obstacle}


def test_a_trait_that_no_name_has_is_explained_and_the_rest_is_planned() -> None:
    made = planned(field_work(aliases=tuple(Alias(f"n{n}") for n in range(60))), errands())
    assert {one.obstacle for one in made.unplaced} == {Obstacle.NO_ALIAS}
    assert {one.errand.id for one in made.unplaced} == {errand.id for errand in errands() if errand.trait}


def test_two_calls_to_one_area_in_an_afternoon_of_an_hour_are_too_close() -> None:
    short = field_work(first=MONDAY, last=MONDAY, calls=Span(time(13), time(14)))
    calls = [errand for errand in errands() if errand.means is Means.CALL and errand.area == "kultur_fritid"]
    made = planned(short, calls)
    assert len(made.contacts) == 1
    assert {one.obstacle for one in made.unplaced} == {Obstacle.TOO_CLOSE}


def test_when_days_run_out_every_interviewers_day_is_full() -> None:
    tight = field_work(callers=callers(2, 5), last=date(2026, 10, 16), alias_gap=1)
    made = planned(tight, errands())
    assert sum(1 for contact in made.contacts if contact.caller) == 50 == capacity(tight)


def test_the_workload_counts_hours_against_time() -> None:
    ill = Caller("intervjuare1", 20, "m", frozenset(MONDAY + n * A_DAY for n in range(5)))
    work = field_work(callers=(callers()[0], ill))
    contacts = planned(work, errands()).contacts
    loads = workload(work, contacts)
    assert [(load.week.day, load.caller) for load in loads[:3]] == [
        (12, "intervjuare0"),
        (12, "intervjuare1"),
        (12, None),
    ]
    first, absent, both = loads[:3]
    assert (absent.planned, absent.capacity) == (0, 0)
    assert (first.capacity, both.capacity) == (100, 100)
    assert first.capacity_hours * 6 == 100
    assert both.planned == first.planned
    assert both.planned_hours * 6 == both.planned
    assert sum(load.planned for load in loads if load.caller is None) == 60
    assert not any(load.is_over for load in loads)
    assert any(load.is_over for load in workload(field_work(callers=callers(1, 1)), contacts))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"last": MONDAY - A_DAY}, "before it starts"),
        ({"calls": Span(time(16), time(9))}, "hours of calls do not rise"),
        ({"letters": Span(time(16), time(16))}, "hours of letters do not rise"),
        ({"calls": Span(time(7), time(16))}, "outside the office hours. Stay within 08:00–17:00"),
        ({"call_minutes": 0}, "A call of 0 minutes"),
        ({"callers": (*callers(1), *callers(1))}, "share an id"),
    ],
)
def test_terms_that_cannot_be_are_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        field_work(**changes)


def test_an_errand_given_twice_or_a_moment_without_a_zone_is_refused() -> None:
    wanted = errands(1, 1)
    with pytest.raises(MethodError, match="is given 2 times"):
        schedule(wanted * 2, field_work(), "x")
    with pytest.raises(MethodError, match="has no time zone"):
        schedule(wanted, field_work(), "x", after=datetime(2026, 10, 12, 12))  # noqa: DTZ001 - what is tested
    later = schedule(wanted, field_work(), "x", after=datetime(2026, 10, 20, 12, tzinfo=UTC))
    assert later.contacts[0].at.date() >= date(2026, 10, 20)


@pytest.mark.slow
def test_the_whole_country_is_planned_in_seconds() -> None:
    wanted = errands(290)
    started = process_time()
    made = schedule(wanted, field_work(callers=callers(22, 45)), "riket")
    assert process_time() - started < 30  # about 6 on a machine that others use too
    assert made.unplaced == ()
    per_day = Counter(contact.at.date() for contact in made.contacts if contact.caller)
    assert max(per_day.values()) < 1.1 * min(per_day.values())
