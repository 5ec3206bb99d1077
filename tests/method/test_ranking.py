"""Ranking: places, what a confidence set holds, and that it covers as often as it says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, studentized_range

from lyhord.method.comparison import ParticipantResult
from lyhord.method.ranking import (
    RankSet,
    marginal_critical_value,
    places,
    rank_participants,
    rank_sets,
    simultaneous_critical_value,
)
from lyhord.method.tally import MethodError

RESULTS = st.lists(
    st.tuples(st.floats(0, 100).map(lambda value: round(value, 3)), st.floats(0.5, 5)), min_size=1, max_size=12
).map(lambda pairs: [(str(number), value, se) for number, (value, se) in enumerate(pairs)])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([82.7, 75.6, 91.0], (2, 3, 1)),
        ([80.0, 80.0, 70.0], (1, 1, 3)),
        ([70.0, 80.0, 80.0, 80.0], (4, 1, 1, 1)),
        ([0.1 + 0.2, 0.3], (1, 1)),  # the same counts added in another order
        ([], ()),
    ],
)
def test_equal_values_share_the_better_place(values: list[float], expected: tuple[int, ...]) -> None:
    assert places(values) == expected


def test_a_measure_where_less_is_better_is_ranked_from_below() -> None:
    assert places([3.0, 1.0, 2.0], higher_is_better=False) == (3, 1, 2)
    first, second = rank_sets([("a", 1.0, 0.1), ("b", 9.0, 0.1)], higher_is_better=False)
    assert (first.place, second.place) == (1, 2)


def test_those_with_too_few_answers_are_left_out_not_placed_last() -> None:
    results = [
        ParticipantResult("own", 80.0, 100, 2.0),
        ParticipantResult("few", 99.0, 99, 1.0),
        ParticipantResult("low", 60.0, 400, 1.0),
    ]
    assert rank_participants(results, 100) == (RankSet("own", 1, 1, 1, 2), RankSet("low", 2, 2, 2, 2))


def test_two_municipalities_are_told_apart_by_the_ordinary_test_of_a_difference() -> None:
    gap = float(norm.ppf(0.975)) * 2**0.5
    apart = rank_sets([("a", 50 + gap * 1.001, 1.0), ("b", 50.0, 1.0)])
    together = rank_sets([("a", 50 + gap * 0.999, 1.0), ("b", 50.0, 1.0)])
    assert [(r.low, r.high) for r in apart] == [(1, 1), (2, 2)]
    assert [(r.low, r.high) for r in together] == [(1, 2), (1, 2)]


def test_the_worked_table_of_the_page() -> None:
    results = [("A", 88.0, 1.5), ("B", 84.0, 1.5), ("C", 83.0, 1.5), ("D", 80.0, 1.5), ("E", 72.0, 1.5)]
    assert [(r.place, r.low, r.high) for r in rank_sets(results)] == [
        (1, 1, 2),  # C is excluded only stepwise, once D and E are known to be lower
        (2, 1, 4),
        (3, 1, 4),
        (4, 2, 4),
        (5, 5, 5),
    ]


def test_one_alone_is_first_with_certainty() -> None:
    assert rank_sets([("a", 50.0, 3.0)]) == (RankSet("a", 1, 1, 1, 1),)


def test_nobody_gives_no_sets() -> None:
    assert rank_sets([]) == ()


def test_equal_figures_without_spread_are_not_told_apart() -> None:
    assert [(r.low, r.high) for r in rank_sets([("a", 100.0, 0.0), ("b", 100.0, 0.0)])] == [(1, 2), (1, 2)]


@pytest.mark.parametrize("bad", [(float("nan"), 1.0), (50.0, float("inf")), (50.0, -1.0)])
def test_a_figure_that_is_no_number_is_refused_by_name(bad: tuple[float, float]) -> None:
    with pytest.raises(MethodError, match="Provstad"):
        rank_sets([("Provstad", *bad), ("Testby", 50.0, 1.0)])


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_outside_nought_to_one_is_refused(level: float) -> None:
    with pytest.raises(MethodError, match=r"0\.95"):
        rank_sets([("a", 1.0, 1.0)], level)


@given(RESULTS, st.booleans())
def test_the_place_lies_within_its_set_and_the_set_within_the_list(
    results: list[tuple[str, float, float]], simultaneous: bool
) -> None:
    for found in rank_sets(results, simultaneous=simultaneous):
        assert 1 <= found.low <= found.place <= found.high <= found.among == len(results)


@given(RESULTS)
def test_simultaneous_sets_are_never_narrower_than_marginal_ones(results: list[tuple[str, float, float]]) -> None:
    for one, all_at_once in zip(rank_sets(results), rank_sets(results, simultaneous=True), strict=True):
        assert all_at_once.low <= one.low
        assert one.high <= all_at_once.high


@given(RESULTS)
def test_the_sets_do_not_depend_on_the_order(results: list[tuple[str, float, float]]) -> None:
    turned = results[::-1]
    assert rank_sets(turned)[::-1] == rank_sets(results)


@given(RESULTS)
def test_a_higher_level_gives_wider_sets(results: list[tuple[str, float, float]]) -> None:
    for narrow, wide in zip(rank_sets(results, 0.8), rank_sets(results, 0.99), strict=True):
        assert wide.low <= narrow.low
        assert narrow.high <= wide.high


@pytest.mark.parametrize("count", [2, 5, 67])
def test_the_simultaneous_value_is_tukeys(count: int) -> None:
    expected = float(studentized_range.ppf(0.95, count, np.inf)) / 2**0.5
    assert simultaneous_critical_value(count) == pytest.approx(expected, abs=1e-4)


def test_one_difference_alone_gives_the_normal_quantile() -> None:
    assert marginal_critical_value(3.0, [1.0]) == pytest.approx(float(norm.ppf(0.975)), abs=1e-6)


@pytest.mark.parametrize(("own", "seed"), [(0.7, 1), (1.4, 2), (5.6, 3)])
def test_the_marginal_value_is_the_quantile_of_the_greatest_difference(own: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    others = random.uniform(1.0, 2.8, 30)
    own_error = own * random.standard_normal((100_000, 1))
    greatest = np.abs((own_error - others * random.standard_normal((100_000, 30))) / np.hypot(own, others)).max(axis=1)
    assert np.mean(greatest <= marginal_critical_value(own, others.tolist())) == pytest.approx(0.95, abs=0.003)


def test_sharpening_stepwise_can_only_narrow_a_set() -> None:
    # Twenty far below count no longer as possibly lower, so the bound for the last one falls.
    single = marginal_critical_value(1.0, [1.0] * 21)
    crowd = [(f"c{number}", 0.0, 1.0) for number in range(20)]
    gap = 2**0.5 * (single - 0.01)
    own = rank_sets([("own", 60.0, 1.0), ("next", 60.0 - gap, 1.0), *crowd])[0]
    assert (own.place, own.low, own.high) == (1, 1, 1)


@pytest.mark.parametrize("simultaneous", [False, True])
def test_the_sets_cover_the_true_places_as_often_as_they_say(simultaneous: bool) -> None:
    random = np.random.default_rng(7)
    truth = np.array([80.0, 80.0, 80.5, 81.0, 84.0, 88.0, 70.0, 79.9])
    errors = np.array([1.0, 2.0, 2.8, 1.5, 1.4, 2.0, 1.7, 2.8])
    ranks = 1 + (truth[None, :] > truth[:, None]).sum(axis=1)
    hits = np.zeros((400, len(truth)), dtype=bool)
    for trial in range(400):
        values = truth + errors * random.standard_normal(len(truth))
        results = [(str(i), float(v), float(e)) for i, (v, e) in enumerate(zip(values, errors, strict=True))]
        sets = rank_sets(results, simultaneous=simultaneous)
        hits[trial] = [r.low <= rank <= r.high for r, rank in zip(sets, ranks, strict=True)]
    covered = hits.all(axis=1).mean() if simultaneous else hits.mean(axis=0).min()
    assert covered >= 0.95 - 3 * (0.95 * 0.05 / 400) ** 0.5
