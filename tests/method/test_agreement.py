"""Agreement: known tables, the limits of the coefficients, and what cannot be said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.method.agreement import Agreement, Distance, Undefined, Weights, krippendorff_alpha, weighted_kappa
from lyhord.method.tally import MethodError

GRADES = ("dalig", "medel", "god")
TABLE = {
    ("dalig", "dalig"): 10,
    ("dalig", "medel"): 4,
    ("medel", "dalig"): 2,
    ("medel", "medel"): 15,
    ("medel", "god"): 3,
    ("god", "medel"): 5,
    ("god", "god"): 21,
}
TABLES = st.dictionaries(st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES)), st.integers(0, 20), min_size=1)

# Krippendorff's own example: twelve things, four observers, gaps; alpha 0.743 (nominal), 0.815 (ordinal), 0.849.
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def observed_patterns() -> dict[tuple[str | None, ...], int]:
    rows = [[None if mark == "." else mark for mark in observer.split()] for observer in OBSERVERS]
    patterns: dict[tuple[str | None, ...], int] = {}
    for pattern in zip(*rows, strict=True):
        patterns[pattern] = patterns.get(pattern, 0) + 1
    return patterns


def alpha_of_example(distance: Distance, **options: int) -> Agreement:
    scale = ("1", "2", "3", "4", "5")
    return krippendorff_alpha(observed_patterns(), scale, distance, {grade: float(grade) for grade in scale}, **options)


@pytest.mark.parametrize(
    ("distance", "expected"),
    [(Distance.NOMINAL, 0.743), (Distance.ORDINAL, 0.815), (Distance.INTERVAL, 0.849)],
)
def test_krippendorffs_own_example(distance: Distance, expected: float) -> None:
    found = alpha_of_example(distance)
    assert found.value == pytest.approx(expected, abs=0.0005)
    assert found.n == 11  # one thing was graded by one observer only
    assert found.low is not None
    assert found.high is not None
    assert found.low < expected < found.high <= 1


def test_the_same_grades_give_the_same_interval_and_another_seed_nearly_the_same() -> None:
    first, again = alpha_of_example(Distance.ORDINAL), alpha_of_example(Distance.ORDINAL)
    other = alpha_of_example(Distance.ORDINAL, seed=2)
    assert first == again
    assert other.low != first.low
    assert other.low == pytest.approx(first.low, abs=0.05)


@pytest.mark.parametrize(
    ("weights", "expected"), [(Weights.NONE, 0.639), (Weights.LINEAR, 0.718), (Weights.QUADRATIC, 0.803)]
)
def test_the_worked_table_of_the_page(weights: Weights, expected: float) -> None:
    found = weighted_kappa(TABLE, GRADES, weights)
    assert found.value == pytest.approx(expected, abs=0.0005)
    assert found.n == 60


def test_full_agreement_is_one_without_a_false_interval() -> None:
    table = {("dalig", "dalig"): 3, ("god", "god"): 4}
    for found in (weighted_kappa(table, GRADES), krippendorff_alpha(table, GRADES)):
        assert (found.value, found.low, found.high, found.n, found.observed) == (1.0, None, None, 7, 1.0)
        assert found.undefined is None


def test_one_single_grade_throughout_says_nothing_about_agreement() -> None:
    table = {("god", "god"): 6}
    for found in (weighted_kappa(table, GRADES), krippendorff_alpha(table, GRADES)):
        assert (found.value, found.undefined, found.observed) == (None, Undefined.NO_VARIATION, 1.0)


def test_nothing_graded_twice_is_said_as_such() -> None:
    assert weighted_kappa({}, GRADES).undefined is Undefined.NOTHING_COUNTED
    alone: dict[tuple[str | None, ...], int] = {("god", None): 5, ("medel", None): 2}
    found = krippendorff_alpha(alone, GRADES)
    assert (found.undefined, found.n) == (Undefined.NOTHING_COUNTED, 0)


def test_opposite_grades_are_worse_than_chance() -> None:
    found = weighted_kappa({("dalig", "god"): 5, ("god", "dalig"): 5}, GRADES)
    assert found.value == pytest.approx(-1.0)


def test_an_unknown_grade_is_named() -> None:
    with pytest.raises(MethodError, match="utmarkt"):
        weighted_kappa({("god", "utmarkt"): 1}, GRADES)
    with pytest.raises(MethodError, match="utmarkt"):
        krippendorff_alpha({("god", "utmarkt"): 1}, GRADES)


def test_the_interval_distance_needs_every_worth() -> None:
    with pytest.raises(MethodError, match="medel, god"):
        krippendorff_alpha(TABLE, GRADES, Distance.INTERVAL, {"dalig": 0})


@given(TABLES, st.sampled_from(Weights))
def test_kappa_does_not_depend_on_who_is_called_first(table: dict[tuple[str, str], int], weights: Weights) -> None:
    turned = {(second, first): count for (first, second), count in table.items()}
    one, other = weighted_kappa(table, GRADES, weights), weighted_kappa(turned, GRADES, weights)
    assert one.undefined == other.undefined
    assert (one.value, one.low) == pytest.approx((other.value, other.low)) if one.low is not None else other.low is None


@given(TABLES, st.sampled_from(list(Distance)))
def test_a_coefficient_lies_within_its_interval_and_never_above_one(
    table: dict[tuple[str, str], int], distance: Distance
) -> None:
    worth = {"dalig": 0.0, "medel": 50.0, "god": 100.0}
    alpha = krippendorff_alpha(table, GRADES, distance, worth, draws=200)
    for found in (alpha, weighted_kappa(table, GRADES)):
        assert found.value is None or found.value <= 1
        assert (found.low is None) == (found.high is None)
        if found.low is not None and found.high is not None:
            assert -1 <= found.low <= found.high <= 1


@given(TABLES)
def test_two_grades_that_only_differ_in_number_keep_alpha_near_when_the_table_is_repeated(
    table: dict[tuple[str, str], int],
) -> None:
    found = krippendorff_alpha(table, GRADES, Distance.NOMINAL, draws=10)
    many = krippendorff_alpha({pair: 1000 * count for pair, count in table.items()}, GRADES, Distance.NOMINAL, draws=10)
    if found.value is not None and many.value is not None:
        assert many.value == pytest.approx(found.value, abs=2 / found.n)
