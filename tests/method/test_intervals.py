from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.method.intervals import (
    SCORE,
    STUDENT,
    cautious_error,
    hours_error,
    index_interval,
    mean_interval,
    t_applies,
    wilson,
)
from lyhord.method.points import Points, points_mean
from lyhord.method.tally import DurationSum, MethodError


def grades(*counts: int) -> Points:
    """Counts of the grades 1–5."""
    return tuple((Fraction(25 * step), count) for step, count in enumerate(counts))


MATT_3 = ((Fraction(100), 15), (Fraction(200, 3), 9), (Fraction(100, 3), 6), (Fraction(0), 1))
FIVE_COUNTS = st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(any)


# R: prop.test(counted, n, correct = FALSE)$conf.int * 100
@pytest.mark.parametrize(
    ("counted", "n", "low", "high"),
    [
        (33, 54, 47.7882985382, 72.9580661709),
        (4, 6, 29.9993315138, 90.3228588894),
        (0, 7, 0.0, 35.4330435067),
        (47, 47, 92.4442395836, 100.0),
        (44, 52, 72.4759148236, 91.9923149832),
        (15, 47, 20.3953787496, 46.1673431031),
    ],
)
def test_a_share_has_the_wilson_interval_of_r(counted: int, n: int, low: float, high: float) -> None:
    interval = wilson(counted, n)
    assert (interval.low, interval.high) == pytest.approx((low, high))


def test_a_share_of_zero_still_has_an_interval() -> None:
    interval = wilson(0, 30)
    assert interval.low == 0
    assert interval.high > 10


@pytest.mark.parametrize(("counted", "n"), [(5, 4), (-1, 4), (0, 0)])
def test_an_impossible_share_is_refused(counted: int, n: int) -> None:
    with pytest.raises(MethodError, match="A share needs"):
        wilson(counted, n)


def test_an_index_on_enough_answers_has_the_t_interval_of_r() -> None:
    # R: t.test(rep(c(100,200/3,100/3,0), c(15,9,6,1)))$conf.int
    interval = index_interval(MATT_3)
    assert interval.rule == STUDENT
    assert (interval.low, interval.high) == pytest.approx((63.3906966775, 84.9964000967))
    # R: t.test(rep(c(0,25,50,75,100), c(24,16,36,68,256)))$conf.int
    interval = index_interval(grades(24, 16, 36, 68, 256))
    assert (interval.low, interval.high) == pytest.approx((79.395517334, 85.104482666))


@pytest.mark.parametrize(
    "points",
    [
        grades(0, 0, 0, 0, 7),
        grades(0, 0, 0, 0, 400),
        grades(0, 0, 0, 0, 1),
        grades(9, 0, 0, 0, 0),
        grades(0, 0, 5, 0, 0),
    ],
)
def test_equal_answers_do_not_make_an_index_certain(points: Points) -> None:
    interval = index_interval(points)
    assert interval.rule == SCORE
    assert interval.margin > 0
    assert cautious_error(points) > 0


def test_one_answer_says_next_to_nothing() -> None:
    interval = index_interval(grades(0, 0, 0, 0, 1))
    assert interval.low < 1
    assert interval.high == 100


@pytest.mark.parametrize(
    ("points", "applies"),
    [
        (grades(3, 3, 4, 6, 14), True),  # 30 answers, 16 outside the commonest
        (grades(3, 3, 4, 6, 13), False),  # 29 answers
        (grades(1, 1, 2, 10, 386), False),  # 14 outside
        (MATT_3, True),
    ],
)
def test_t_is_used_only_where_answers_are_many_and_varied(points: Points, *, applies: bool) -> None:
    assert t_applies(points) is applies


def test_hours_have_the_t_interval_of_their_seconds() -> None:
    # 1 h, 2 h, 9 h: mean 4, s = sqrt(19), se = 2.5166; t(2) = 4.3027
    seconds = [3600, 7200, 32400]
    duration = DurationSum(3, sum(seconds), sum(value**2 for value in seconds), 3600, 32400)
    assert hours_error(duration) == pytest.approx(2.516611)
    interval = mean_interval(duration)
    assert interval is not None
    assert interval.low == 0
    assert interval.high == pytest.approx(4 + 4.302653 * 2.516611, rel=1e-6)


@pytest.mark.parametrize(
    "duration", [DurationSum(0, 0, 0, 0, 0), DurationSum(1, 60, 3600, 60, 60), DurationSum(3, 180, 10800, 60, 60)]
)
def test_hours_without_spread_have_no_honest_interval(duration: DurationSum) -> None:
    assert mean_interval(duration) is None


def test_one_duration_has_no_standard_error() -> None:
    with pytest.raises(MethodError, match="needs two durations"):
        hours_error(DurationSum(1, 60, 3600, 60, 60))


def test_impossible_squares_are_refused() -> None:
    with pytest.raises(MethodError, match="Sum seconds and squares again"):
        mean_interval(DurationSum(2, 100, 10, 0, 100))


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_no_percentage(level: float) -> None:
    with pytest.raises(MethodError, match=r"Write 0\.95"):
        wilson(1, 2, level)


@given(FIVE_COUNTS)
def test_an_index_lies_within_its_interval_and_the_interval_within_the_scale(counts: list[int]) -> None:
    points = grades(*counts)
    interval, mean = index_interval(points), float(points_mean(points))
    assert 0 <= interval.low <= mean + 1e-9
    assert mean - 1e-9 <= interval.high <= 100
    assert interval.margin > 0


@given(FIVE_COUNTS)
def test_turning_the_scale_turns_the_interval(counts: list[int]) -> None:
    interval, turned = index_interval(grades(*counts)), index_interval(grades(*reversed(counts)))
    assert (turned.low, turned.high) == pytest.approx((100 - interval.high, 100 - interval.low), abs=1e-9)


@given(counted=st.integers(0, 200), more=st.integers(0, 200))
def test_a_higher_level_gives_a_wider_interval(counted: int, more: int) -> None:
    n = counted + more + 1
    narrow, wide = wilson(counted, n, 0.9), wilson(counted, n, 0.99)
    assert wide.low <= narrow.low <= narrow.high <= wide.high
