from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.method.contrast import Side, Spread, hybrid, score_test, welch


def test_without_any_spread_no_difference_is_established() -> None:
    assert welch(2.0, (Spread(0, 5), Spread(0, 5)), 0.95).p == 1


def test_one_known_side_leaves_the_others_degrees_of_freedom() -> None:
    # t(2) = 4.302653
    contrast = welch(10.0, (Spread(1.0, 3),), 0.95)
    assert (contrast.low, contrast.high) == pytest.approx((10 - 4.302653, 10 + 4.302653))


def test_equal_shares_do_not_differ() -> None:
    assert hybrid(Side(50, 10), Side(50, 80), 0.95).p == 1


def test_the_p_is_where_the_interval_reaches_zero() -> None:
    p = hybrid(Side(80, 70), Side(60, 80), 0.95).p
    assert hybrid(Side(80, 70), Side(60, 80), 1 - p).low == pytest.approx(0, abs=1e-6)


def test_a_mean_of_shares_is_bounded_by_its_own_error() -> None:
    known, unsure = (hybrid(Side(80, 70), Side(60, error=error), 0.95) for error in (0.0, 5.0))
    assert unsure.low < known.low
    assert unsure.p > known.p


@given(st.integers(0, 60), st.integers(1, 60), st.floats(0, 100))
def test_a_score_test_gives_a_probability(counted: int, more: int, against: float) -> None:
    n = counted + more
    assert 0 <= score_test(100 * counted / n, n, against) <= 1
