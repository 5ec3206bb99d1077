"""Intervals: what else the figure could have been, at a stated level of confidence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from scipy.special import ndtri, stdtrit

from lyhord.method.points import Points, answers, points_mean, standard_error
from lyhord.method.tally import DurationSum, MethodError

LEVEL: Final = 0.95
SECONDS_PER_HOUR: Final = 3600

WILSON: Final = "intervals.wilson"
STUDENT: Final = "intervals.t"
SCORE: Final = "intervals.score"

T_NEEDS_ANSWERS: Final = 30  # below this the sample's own spread is too poor a guide
T_NEEDS_OUTSIDE_MODE: Final = (
    15  # with fewer answers off the commonest grade, t covers too seldom (benchmarks/coverage.py)
)


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high`` at a confidence ``level`` (0.95), in the figure's own unit, made by ``rule``."""

    low: float
    high: float
    level: float = LEVEL
    rule: str = ""

    @property
    def margin(self) -> float:
        """Half the width: what is printed after ±."""
        return (self.high - self.low) / 2


def normal_quantile(level: float) -> float:
    """Z with ``level`` of the normal distribution between -z and z (1.96 for 0.95)."""
    _check_level(level)
    return float(ndtri((1 + level) / 2))


def t_quantile(degrees: float, level: float) -> float:
    """T with ``level`` of Student's distribution between -t and t."""
    _check_level(level)
    return float(stdtrit(degrees, (1 + level) / 2))


def wilson(counted: int, n: int, level: float = LEVEL) -> Interval:
    """Wilson's score interval for a share, in percent 0–100.

    ``counted`` of ``n`` answers; 0 % and 100 % get a real width too. MethodError unless 0 <= counted <= n and n >= 1.
    Source: Wilson 1927, doi:10.1080/01621459.1927.10502953; compared in Brown, Cai & DasGupta 2001,
    doi:10.1214/ss/1009213286.
    """
    if not 0 <= counted <= n or n < 1:
        raise MethodError(
            f"A share needs 0 <= counted <= n and n >= 1, here {counted} of {n}. Check the measure's base."
        )
    low, high = score_bounds(100 * counted / n, n, normal_quantile(level))
    return Interval(low, high, level, WILSON)


def index_interval(points: Points, level: float = LEVEL) -> Interval:
    """The interval of an index or another mean of points 0–100, in points, within 0–100.

    Student's t where at least 30 answers and at least 15 of them outside the commonest grade say how answers spread;
    otherwise the score interval with an effective number of answers, whose width never falls to zero.
    MethodError when there are no answers. Documented in docs/method/intervals.md.
    """
    mean = float(points_mean(points))
    n = answers(points)
    if t_applies(points):
        margin = t_quantile(n - 1, level) * standard_error(points)
        return Interval(max(0.0, mean - margin), min(100.0, mean + margin), level, STUDENT)
    low, high = score_bounds(mean, _effective_answers(points), t_quantile(max(n - 1, 1), level))
    return Interval(low, high, level, SCORE)


def mean_interval(duration: DurationSum, level: float = LEVEL) -> Interval | None:
    """Student's t for a mean number of hours, never below zero; None where no honest interval exists.

    None with fewer than two durations, and where all are equal: their spread then says nothing, and hours have no
    ceiling to bound them by.
    """
    if duration.n < 2:
        return None
    error = hours_error(duration)
    if error == 0:
        return None
    mean = duration.seconds / duration.n / SECONDS_PER_HOUR
    margin = t_quantile(duration.n - 1, level) * error
    return Interval(max(0.0, mean - margin), mean + margin, level, STUDENT)


def hours_error(duration: DurationSum) -> float:
    """The standard error of a mean number of hours. MethodError when n < 2."""
    if duration.n < 2:
        raise MethodError(f"A standard error needs two durations, here {duration.n}. Show the mean without one.")
    spread = Fraction(duration.n * duration.squares - duration.seconds**2, duration.n * (duration.n - 1))
    if spread < 0:
        raise MethodError("The durations' squares are smaller than their sum allows. Sum seconds and squares again.")
    return math.sqrt(spread / duration.n) / SECONDS_PER_HOUR


def t_applies(points: Points) -> bool:
    """Whether the answers are many and varied enough for Student's t."""
    n = answers(points)
    worth: dict[Fraction, int] = {}
    for value, count in points:
        worth[value] = worth.get(value, 0) + count
    return n >= T_NEEDS_ANSWERS and n - max(worth.values()) >= T_NEEDS_OUTSIDE_MODE


def cautious_error(points: Points) -> float:
    """The standard error that the published interval rests on: s / sqrt(n), or the smoothed one where t does not apply.

    Unlike the plain one it is never zero, so equal answers cannot make a difference look certain. MethodError at n = 0.
    """
    if t_applies(points):
        return standard_error(points)
    return math.sqrt(_smoothed_variance(points) / answers(points))


def score_bounds(mean: float, n: float, quantile: float) -> tuple[float, float]:
    """The means 0–100 that ``mean`` of ``n`` answers does not contradict, if a mean m varies by m(100 - m)."""
    share = mean / 100
    shrink = 1 + quantile**2 / n
    centre = (share + quantile**2 / (2 * n)) / shrink
    margin = quantile / shrink * math.sqrt(share * (1 - share) / n + quantile**2 / (4 * n**2))
    # The bound of an extreme mean is that mean; floating point would leave it a hair inside.
    low = 0.0 if share == 0 else max(0.0, 100 * (centre - margin))
    high = 100.0 if share == 1 else min(100.0, 100 * (centre + margin))
    return low, high


def _smoothed_variance(points: Points) -> float:
    """The variance as if one answer more had come in, half of it at 0 and half at 100."""
    mean = points_mean(points)
    squares = sum((count * (worth - mean) ** 2 for worth, count in points), Fraction(0))
    return float((squares + (mean**2 + (100 - mean) ** 2) / 2) / answers(points))


def _effective_answers(points: Points) -> float:
    """How many yes/no answers would tell as much: n times the largest possible variance over the smoothed one."""
    n = answers(points)
    centre = float((points_mean(points) * n + 50) / (n + 1))
    return n / min(1.0, _smoothed_variance(points) / (centre * (100 - centre)))


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise MethodError(f"A level lies between 0 and 1, not {level}. Write 0.95 for 95 %.")
