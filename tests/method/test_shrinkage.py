"""Shrinkage: how far a value is drawn to the mean, and what the smoothing must never do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.method.comparison import ParticipantResult
from lyhord.method.shrinkage import Between, between_variance, smoothed
from lyhord.method.tally import MethodError


def results(*pairs: tuple[float, float]) -> list[ParticipantResult]:
    return [ParticipantResult(f"k{i}", value, 100, error) for i, (value, error) in enumerate(pairs)]


MANY = st.lists(st.tuples(st.floats(0, 100), st.floats(0.5, 10)), min_size=5, max_size=12)


def test_the_worked_table_of_the_page() -> None:
    found = smoothed(results((90, 2.8), (84, 1.4), (80, 2.8), (78, 1.4), (70, 2.8)))
    assert [round(member.value, 1) for member in found.members] == [88.6, 83.9, 80.1, 78.1, 71.5]
    assert [round(member.reliability, 2) for member in found.members] == [0.86, 0.96, 0.86, 0.96, 0.86]
    assert round(found.mean, 1) == 80.4


@pytest.mark.parametrize("method", list(Between))
def test_differences_that_chance_explains_are_smoothed_away(method: Between) -> None:
    found = smoothed(results((80, 5), (81, 5), (79, 5), (80.5, 5), (79.5, 5)), method)
    assert found.between == 0
    assert {round(member.value, 9) for member in found.members} == {80.0}
    assert all(member.reliability == 0 for member in found.members)


@pytest.mark.parametrize("method", list(Between))
def test_the_variance_between_municipalities_is_found_again(method: Between) -> None:
    random = np.random.default_rng(3)
    errors = random.uniform(1, 3, 2000)
    values = 80 + 3.4 * random.standard_normal(2000) + errors * random.standard_normal(2000)
    drawn = results(*zip(values.tolist(), errors.tolist(), strict=True))
    assert between_variance(drawn, method) == pytest.approx(
        3.4**2, rel=0.12
    )  # two standard errors of a variance from 2000


def test_reliability_is_as_the_page_says_at_100_and_275_answers() -> None:
    between = 3.43**2
    at = {n: between / (between + 28**2 / n) for n in (100, 275)}
    assert {n: round(value, 1) for n, value in at.items()} == {100: 0.6, 275: 0.8}


def test_smoothed_intervals_cover_the_true_values() -> None:
    random = np.random.default_rng(5)
    truth = 80 + 3.4 * random.standard_normal(1500)
    errors = random.uniform(1.4, 2.8, 1500)
    values = truth + errors * random.standard_normal(1500)
    found = smoothed(results(*zip(values.tolist(), errors.tolist(), strict=True)))
    inside = [m.low <= true <= m.high for m, true in zip(found.members, truth, strict=True)]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.02)


@given(MANY, st.sampled_from(list(Between)))
def test_a_smoothed_value_lies_between_its_own_and_the_mean(pairs: list[tuple[float, float]], method: Between) -> None:
    found = smoothed(results(*pairs), method)
    for member in found.members:
        assert min(member.raw, found.mean) - 1e-9 <= member.value <= max(member.raw, found.mean) + 1e-9
        assert 0 <= member.reliability < 1
        assert member.low <= member.value <= member.high


@given(MANY)
def test_moving_the_whole_scale_moves_the_smoothed_values_as_much(pairs: list[tuple[float, float]]) -> None:
    here = smoothed(results(*pairs))
    there = smoothed(results(*((value + 10, error) for value, error in pairs)))
    moved = [member.value + 10 for member in here.members]
    assert [member.value for member in there.members] == pytest.approx(moved, abs=1e-5)


def test_too_few_participants_and_a_zero_error_are_refused() -> None:
    with pytest.raises(MethodError, match="at least 5"):
        smoothed(results((80, 1), (81, 1)))
    with pytest.raises(MethodError, match="k4"):
        smoothed(results((80, 1), (81, 1), (82, 1), (83, 1), (100, 0)))
