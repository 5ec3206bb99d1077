"""Mean, variance and standard error of graded points, exactly, from counts alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from lyhord.method.tally import MethodError

Points: TypeAlias = Sequence[tuple[Fraction, int]]
"""(points 0-100, answers) for every option in the base; in a share counted options are worth 100 and others 0."""


def answers(points: Points) -> int:
    """n: how many answers the points rest on."""
    return sum(count for _, count in points)


def points_mean(points: Points) -> Fraction:
    """The mean of the points, exactly: the index, or the share in percent. MethodError when there are no answers."""
    n = answers(points)
    if n == 0:
        raise MethodError("No answers, so no mean. Show the figure as not asked.")
    return sum((worth * count for worth, count in points), Fraction(0)) / n


def points_variance(points: Points) -> Fraction:
    """The sample variance s^2 (divisor n - 1) of the points, exactly. MethodError when n < 2."""
    n = answers(points)
    if n < 2:
        raise MethodError(f"A variance needs two answers, here {n}. Show the figure without a standard error.")
    mean = points_mean(points)
    return sum((count * (worth - mean) ** 2 for worth, count in points), Fraction(0)) / (n - 1)


def standard_error(points: Points) -> float:
    """S / sqrt(n) in points. MethodError when n < 2."""
    return math.sqrt(points_variance(points) / answers(points))
