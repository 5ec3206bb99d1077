from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.method.rounding import round_half_away


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (84.25, 1, "84.3"),
        (84.24999999999999, 1, "84.3"),  # binary noise
        (84.2499999, 1, "84.2"),
        (100 * 0.285, 0, "29"),  # stored as 28.499999999999996
        (1.005 * 100, 0, "101"),  # stored as 100.49999999999999
        (-0.25, 1, "-0.3"),
        (-0.04, 1, "0.0"),
        (Fraction(4400, 52), 0, "85"),
        (Fraction(6900, 93), 0, "74"),
        (Fraction(1, 8), 2, "0.13"),
        (Decimal("2.5"), 0, "3"),
        (3, 1, "3.0"),
        (15, -1, "20"),
    ],
)
def test_a_half_goes_away_from_zero(value: float | Fraction | Decimal, decimals: int, expected: str) -> None:
    assert str(round_half_away(value, decimals)) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_a_number_is_not_rounded(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        round_half_away(value, 1)


@given(counted=st.integers(0, 10**6), more=st.integers(0, 10**6), decimals=st.integers(0, 2))
def test_a_share_stored_as_a_float_rounds_as_the_exact_one(counted: int, more: int, decimals: int) -> None:
    exact = Fraction(100 * counted, counted + more + 1)
    assert round_half_away(float(exact), decimals) == round_half_away(exact, decimals)


@given(st.fractions(-100, 100), st.integers(0, 3))
def test_a_rounded_figure_is_at_most_half_a_step_away(value: Fraction, decimals: int) -> None:
    step = Fraction(1, 10**decimals)
    assert abs(Fraction(round_half_away(value, decimals)) - value) <= step / 2
