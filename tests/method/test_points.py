from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.method.points import answers, points_mean, points_variance, standard_error
from lyhord.method.tally import MethodError

MATT_3 = ((Fraction(100), 15), (Fraction(200, 3), 9), (Fraction(100, 3), 6), (Fraction(0), 1))


def test_the_mean_is_exact() -> None:
    assert points_mean(MATT_3) == Fraction(6900, 93)
    assert answers(MATT_3) == 31


def test_variance_and_standard_error_are_those_of_r() -> None:
    # in R, with the grades in b: var(b) and sd(b)/sqrt(31); b is rep(c(100,200/3,100/3,0), c(15,9,6,1))
    assert float(points_variance(MATT_3)) == pytest.approx(867.383512545)
    assert standard_error(MATT_3) == pytest.approx(5.28962317258)


@pytest.mark.parametrize("function", [points_mean, points_variance])
def test_nothing_comes_of_no_answers(function: object) -> None:
    with pytest.raises(MethodError):
        function(((Fraction(100), 0),))  # type: ignore[operator]  # either of the two functions


@given(st.lists(st.integers(0, 50), min_size=5, max_size=5).filter(lambda counts: sum(counts) > 1))
def test_the_mean_lies_among_the_points_and_the_variance_below_its_bound(counts: list[int]) -> None:
    points = tuple((Fraction(25 * step), count) for step, count in enumerate(counts))
    mean, n = points_mean(points), sum(counts)
    assert 0 <= mean <= 100
    assert points_variance(points) * (n - 1) <= n * mean * (100 - mean)
