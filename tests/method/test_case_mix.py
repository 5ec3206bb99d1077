"""Case mix: own category means in the national mix, and what happens where answers are few."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.method.case_mix import mix_of_answers, mix_of_participants, standardised
from lyhord.method.points import Points, points_mean, standard_error
from lyhord.method.tally import MethodError


def graded(*counts: int) -> Points:
    """Counts on the grades worth 0, 25, 50, 75, 100."""
    return tuple((Fraction(25 * grade), count) for grade, count in enumerate(counts))


CARE = graded(10, 15, 20, 25, 30)  # mean 62.5, n 100
BUILDING = graded(20, 10, 5, 3, 2)  # mean 23.125, n 40
LEISURE = graded(2, 3, 5, 20, 30)  # mean 80.4, n 60
OWN = {"omsorg": CARE, "bygg": BUILDING, "fritid": LEISURE}
MIX = {"omsorg": 0.5, "bygg": 0.1, "fritid": 0.4}


def test_the_worked_table_of_the_page() -> None:
    found = standardised(OWN, MIX)
    assert found.value == pytest.approx(0.5 * 62.5 + 0.1 * 23.125 + 0.4 * float(points_mean(LEISURE)))
    assert (round(found.value or 0, 1), round(found.raw or 0, 1), found.n, found.pooled) == (65.7, 60.0, 200, ())


def test_the_standard_error_is_that_of_a_weighted_sum() -> None:
    found = standardised(OWN, MIX)
    parts = [(MIX[category] * standard_error(points)) ** 2 for category, points in OWN.items()]
    assert found.standard_error == pytest.approx(sum(parts) ** 0.5)
    assert found.low == pytest.approx((found.value or 0) - 1.959964 * sum(parts) ** 0.5)


def test_the_own_mix_gives_the_raw_value_back() -> None:
    found = standardised(OWN, {"omsorg": 100, "bygg": 40, "fritid": 60})
    assert found.value == pytest.approx(found.raw)


def test_categories_with_too_few_answers_are_pooled_with_each_other() -> None:
    own = OWN | {"skola": graded(0, 0, 0, 0, 6), "vatten": graded(6, 0, 0, 0, 0)}
    found = standardised(own, MIX | {"skola": 0.1, "vatten": 0.1})
    assert found.pooled == ("skola", "vatten")
    whole = 0.5 * 62.5 + 0.1 * 23.125 + 0.4 * float(points_mean(LEISURE)) + 0.2 * 50
    assert found.value == pytest.approx(whole / 1.2)


def test_a_pool_that_is_still_too_small_takes_in_the_next_smallest() -> None:
    own = OWN | {"skola": graded(0, 0, 0, 0, 3)}
    found = standardised(own, MIX | {"skola": 0.1})
    assert found.pooled == ("bygg", "skola")


def test_a_category_nobody_asked_about_is_pooled_too() -> None:
    assert standardised(OWN, MIX | {"skola": 0.1}).pooled == ("bygg", "skola")


def test_with_one_cell_left_nothing_is_standardised() -> None:
    found = standardised({"omsorg": CARE, "bygg": graded(1, 1, 1, 1, 1)}, {"omsorg": 0.5, "bygg": 0.5})
    assert (found.value, found.standard_error, found.n) == (None, None, 105)
    assert found.raw is not None
    assert found.pooled == ("omsorg", "bygg")


def test_without_answers_there_is_nothing_to_say() -> None:
    found = standardised({}, MIX)
    assert (found.value, found.raw, found.n) == (None, None, 0)


def test_a_national_mix_counts_answers_or_participants_alike() -> None:
    counts = [{"omsorg": 300, "bygg": 100}, {"omsorg": 0, "bygg": 100}, {}]
    assert mix_of_answers(counts) == {"omsorg": 0.6, "bygg": 0.4}
    assert mix_of_participants(counts) == {"omsorg": 0.375, "bygg": 0.625}


@pytest.mark.parametrize(
    ("own", "mix", "least", "remedy"),
    [
        ({"okand": CARE}, MIX, 10, "okand"),
        (OWN, {"omsorg": -1.0, "bygg": 1.0, "fritid": 1.0}, 10, "nought or more"),
        (OWN, {}, 10, "not all nought"),
        (OWN, MIX, 1, "at least 2"),
    ],
)
def test_an_impossible_mix_is_refused(own: dict[str, Points], mix: dict[str, float], least: int, remedy: str) -> None:
    with pytest.raises(MethodError, match=remedy):
        standardised(own, mix, least)


def test_a_mix_of_no_answers_is_refused() -> None:
    with pytest.raises(MethodError, match="needs answers"):
        mix_of_answers([])


CELLS = st.lists(st.integers(0, 30), min_size=5, max_size=5).map(lambda counts: graded(*counts))


@given(st.dictionaries(st.sampled_from("abcdef"), CELLS, min_size=2), st.integers(2, 30))
def test_a_standardised_value_lies_among_the_category_means(own: dict[str, Points], least: int) -> None:
    found = standardised(own, dict.fromkeys("abcdef", 1.0), least)
    means = [float(points_mean(points)) for points in own.values() if sum(count for _, count in points)]
    if found.value is not None and found.low is not None and found.high is not None:
        assert min(means) - 1e-9 <= found.value <= max(means) + 1e-9
        assert 0 <= found.low <= found.value <= found.high <= 100
