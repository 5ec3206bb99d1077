"""Working time: every expected value of the method's tables, and an independent minute count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.method.tally import DurationSum, MethodError
from lyhord.method.working_time import (
    Calendar,
    bridge_days,
    bucket,
    closed_days_from_rows,
    is_reversed,
    sum_durations,
    swedish_calendar,
    working_seconds,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
YEARS = (2017, 2025, 2026, 2027)
PUBLIC = swedish_calendar(YEARS, categories=("public",))
DEFAULT = swedish_calendar(YEARS)
BRIDGED = swedish_calendar(YEARS, bridge_days_closed=True)
EDGES = (9, 18, 45, 90)
OPTIONS = ("inom_1_dygn", "1_2_dygn", "2_5_dygn", "1_2_veckor", "ej_inom_2_veckor")


def at(text: str) -> datetime:
    """A local moment in Stockholm from "2026-11-20 16:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def hours(value: float) -> int:
    return round(value * 3600)


@pytest.mark.parametrize(
    ("sent", "answered", "public", "default", "bridged"),
    [
        ("2026-11-20 16:30", "2026-11-23 08:30", 1, 1, 1),
        ("2017-10-22 10:35", "2017-10-23 09:00", 1, 1, 1),
        ("2017-11-07 17:55", "2017-11-08 08:00", 0, 0, 0),
        ("2017-11-10 12:50", "2017-11-13 10:00", 6 + 1 / 6, 6 + 1 / 6, 6 + 1 / 6),
        ("2026-11-18 20:00", "2026-11-18 21:00", 0, 0, 0),
        ("2026-11-18 07:00", "2026-11-18 07:30", 0, 0, 0),
        ("2026-11-19 08:00", "2026-11-19 17:00", 9, 9, 9),
        ("2026-11-19 08:00", "2026-11-20 08:00", 9, 9, 9),
        ("2026-04-02 15:00", "2026-04-07 09:00", 3, 3, 3),
        ("2026-05-13 16:00", "2026-05-15 09:00", 2, 2, 1),
        ("2026-05-13 16:00", "2026-05-18 09:00", 11, 11, 2),
        ("2026-06-18 16:00", "2026-06-22 09:00", 11, 2, 2),
        ("2026-12-23 16:00", "2026-12-28 09:00", 11, 2, 2),
        ("2026-12-30 16:00", "2027-01-04 09:00", 11, 2, 2),
        ("2027-01-04 16:00", "2027-01-07 09:00", 11, 11, 11),
        ("2026-01-02 16:00", "2026-01-07 09:00", 11, 11, 1),
        ("2026-03-27 16:00", "2026-03-30 09:00", 2, 2, 2),
        ("2026-10-23 16:00", "2026-10-26 09:00", 2, 2, 2),
        ("2026-06-05 16:00", "2026-06-08 09:00", 2, 2, 2),
        ("2025-06-05 16:00", "2025-06-09 09:00", 2, 2, 2),
        ("2026-11-19 12:00", "2026-11-19 11:00", 0, 0, 0),
    ],
)
def test_working_hours_under_the_three_holiday_rules(
    sent: str, answered: str, public: float, default: float, bridged: float
) -> None:
    found = [working_seconds(at(sent), at(answered), calendar) for calendar in (PUBLIC, DEFAULT, BRIDGED)]
    assert found == [hours(public), hours(default), hours(bridged)]


@pytest.mark.parametrize(
    ("sent", "answered", "expected", "option"),
    [
        ("2017-11-07 17:55", "2017-11-08 10:00", "2.00", "inom_1_dygn"),
        ("2017-10-22 10:35", "2017-10-23 16:59", "8.98", "inom_1_dygn"),
        ("2017-10-22 10:35", "2017-10-24 08:30", "9.50", "1_2_dygn"),
        ("2017-11-10 12:50", "2017-11-13 09:00", "5.17", "inom_1_dygn"),
        ("2017-10-18 20:00", "2017-10-18 21:00", "0.00", "inom_1_dygn"),
        ("2017-10-18 10:00", "2017-10-18 19:40", "7.00", "inom_1_dygn"),
        ("2017-11-03 16:00", "2017-11-07 09:30", "11.50", "1_2_dygn"),
        ("2017-11-09 19:50", "2017-11-16 16:00", "44.00", "2_5_dygn"),
        ("2017-10-22 10:35", "2017-11-03 17:00", "90.00", "1_2_veckor"),
        ("2017-10-22 10:35", "2017-11-06 08:30", "90.50", "ej_inom_2_veckor"),
        ("2017-11-10 12:50", "2017-11-24 12:50", "90.00", "1_2_veckor"),
    ],
)
def test_the_letters_of_2017_fall_in_their_buckets(sent: str, answered: str, expected: str, option: str) -> None:
    seconds = working_seconds(at(sent), at(answered), DEFAULT)
    assert f"{seconds / 3600:.2f}" == expected
    assert bucket(seconds, EDGES, OPTIONS) == option


@pytest.mark.parametrize(
    ("seconds", "option"),
    [
        (0, "inom_1_dygn"),
        (9 * 3600, "inom_1_dygn"),
        (9 * 3600 + 1, "1_2_dygn"),
        (18 * 3600, "1_2_dygn"),
        (45 * 3600, "2_5_dygn"),
        (90 * 3600, "1_2_veckor"),
        (90 * 3600 + 1, "ej_inom_2_veckor"),
        (None, "obesvarat"),
    ],
)
def test_an_upper_edge_belongs_to_its_bucket(seconds: int | None, option: str) -> None:
    assert bucket(seconds, EDGES, OPTIONS, "obesvarat") == option


def test_fractions_of_an_hour_are_exact_edges() -> None:
    assert bucket(1200, (Fraction(1, 3),), ("snabbt", "senare")) == "snabbt"
    assert bucket(1201, (Fraction(1, 3),), ("snabbt", "senare")) == "senare"


@pytest.mark.parametrize(("edges", "options"), [((9, 18), ("a", "b")), ((18, 9), ("a", "b", "c"))])
def test_edges_that_do_not_fit_their_options_are_refused(edges: tuple[int, ...], options: tuple[str, ...]) -> None:
    with pytest.raises(MethodError, match="one option more"):
        bucket(1, edges, options)


def test_an_answer_before_its_question_is_flagged() -> None:
    assert is_reversed(at("2026-11-19 12:00"), at("2026-11-19 11:59"))
    assert not is_reversed(at("2026-11-19 12:00"), at("2026-11-19 12:00"))


def test_an_answer_in_the_repeated_hour_is_not_mistaken_for_a_reversed_one() -> None:
    first = at("2026-10-25 02:50")
    second = at("2026-10-25 02:10").replace(fold=1)  # twenty minutes later, though the wall clock says earlier
    assert not is_reversed(first, second)


def test_part_seconds_are_dropped_once_from_the_sum() -> None:
    start = at("2026-11-19 16:59").replace(second=59, microsecond=400_000)
    end = at("2026-11-20 08:00").replace(microsecond=400_000)
    assert working_seconds(start, end, DEFAULT) == 1


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(MethodError, match="no time zone"):
        working_seconds(at("2026-01-02 08:00").replace(tzinfo=None), at("2026-01-02 09:00"), DEFAULT)


def test_a_year_outside_the_calendar_is_refused_instead_of_counting_its_holidays() -> None:
    with pytest.raises(MethodError, match="covers 2026"):
        working_seconds(at("2026-12-30 08:00"), at("2027-01-04 08:00"), swedish_calendar([2026]))


def test_a_calendar_without_years_or_hours_is_refused() -> None:
    with pytest.raises(MethodError, match="at least one year"):
        swedish_calendar([])
    with pytest.raises(MethodError, match="closing time after"):
        swedish_calendar([2026], opens=time(17), closes=time(8))


def test_the_closed_days_of_2026_are_those_of_the_law_and_the_three_eves() -> None:
    assert [day for day, _ in swedish_calendar([2026]).as_rows()] == [
        "2026-01-01",
        "2026-01-06",
        "2026-04-03",
        "2026-04-05",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-05-24",
        "2026-06-06",
        "2026-06-19",
        "2026-06-20",
        "2026-10-31",
        "2026-12-24",
        "2026-12-25",
        "2026-12-26",
        "2026-12-31",
    ]


def test_bridge_days_are_computed_from_both_neighbours_over_new_year_too() -> None:
    assert bridge_days([2026], DEFAULT.closed) == (date(2026, 1, 2), date(2026, 1, 5), date(2026, 5, 15))
    alone = swedish_calendar([2026], bridge_days_closed=True)
    assert alone.closed == {day for day in BRIDGED.closed if day.year == 2026}


def test_a_stored_calendar_comes_back_the_same() -> None:
    again = replace(DEFAULT, closed_days=closed_days_from_rows(DEFAULT.as_rows()))
    assert again == DEFAULT
    assert again.fingerprint == DEFAULT.fingerprint


def test_the_fingerprint_follows_every_part_of_the_rule_but_not_the_names() -> None:
    changed = [
        replace(DEFAULT, closed_days=DEFAULT.closed_days[1:]),
        replace(DEFAULT, opens=time(7)),
        replace(DEFAULT, closes=time(16)),
        replace(DEFAULT, weekdays=frozenset(range(6))),
        replace(DEFAULT, timezone="Europe/Helsinki"),
        replace(DEFAULT, years=(2026,)),
    ]
    assert len({DEFAULT.fingerprint, *(calendar.fingerprint for calendar in changed)}) == 7
    renamed = replace(DEFAULT, closed_days=tuple((day, "stängt") for day, _ in DEFAULT.closed_days))
    assert renamed.fingerprint == DEFAULT.fingerprint


def test_an_unreadable_stored_day_is_named() -> None:
    with pytest.raises(MethodError, match="2026-13-01"):
        closed_days_from_rows([("2026-13-01", "Påhittad dag")])


def test_zero_hours_count_in_the_sums() -> None:
    assert sum_durations([0, 3600, 7200]) == DurationSum(3, 10800, 3600**2 + 7200**2, 0, 7200)
    assert sum_durations([]) == DurationSum(0, 0, 0, 0, 0)


def minutes_open(start: datetime, end: datetime, calendar: Calendar) -> int:
    """The slow, obvious count: walk every minute in UTC and look at the wall clock."""
    count = 0
    moment = start.astimezone(UTC)
    while moment < end.astimezone(UTC):
        local = moment.astimezone(STOCKHOLM)
        open_day = local.weekday() in calendar.weekdays and local.date() not in calendar.closed
        count += open_day and calendar.opens <= local.time() < calendar.closes
        moment += timedelta(minutes=1)
    return count


EVERY_DAY = Calendar((), YEARS, opens=time(0), closes=time(23, 30), weekdays=frozenset(range(7)))


@given(
    around=st.sampled_from(
        ["2026-03-28 12:00", "2026-10-24 12:00", "2026-04-02 12:00", "2026-06-18 06:00", "2026-12-30 12:00"]
    ),
    offset=st.integers(0, 2 * 24 * 60),
    length=st.integers(0, 2 * 24 * 60),
    calendar=st.sampled_from([PUBLIC, DEFAULT, BRIDGED, EVERY_DAY]),
)
def test_the_seconds_equal_a_minute_by_minute_count(around: str, offset: int, length: int, calendar: Calendar) -> None:
    start = at(around).astimezone(UTC) + timedelta(minutes=offset)
    end = start + timedelta(minutes=length)
    local = (start.astimezone(STOCKHOLM), end.astimezone(STOCKHOLM))
    assert working_seconds(*local, calendar) == 60 * minutes_open(start, end, calendar)


@given(st.lists(st.integers(0, 8 * 24 * 3600), min_size=3, max_size=3))
def test_times_that_follow_each_other_add_up(offsets: list[int]) -> None:
    first, second, third = (at("2026-10-22 12:00").astimezone(UTC) + timedelta(seconds=o) for o in sorted(offsets))
    parts = working_seconds(first, second, DEFAULT) + working_seconds(second, third, DEFAULT)
    assert parts == working_seconds(first, third, DEFAULT)
