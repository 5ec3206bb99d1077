"""Contrast: the interval and the p-value of one value minus another, each known with its own uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scipy.special import ndtr, stdtr

from lyhord.method.intervals import normal_quantile, score_bounds, t_quantile

MOST_QUANTILE = 40.0  # beyond this p is zero in floating point
PRINTED_HALF_STEP = 0.5  # a share printed as 0 or 100 % may be this far from it


@dataclass(frozen=True, slots=True)
class Spread:
    """A standard error and the answers it rests on."""

    error: float
    n: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contrast of shares: its percent, and ``n`` of one share or the ``error`` of a mean of shares."""

    value: float
    n: int | None = None
    error: float = 0.0

    def bounds(self, quantile: float) -> tuple[float, float]:
        """Wilson's bounds of one share; normal ones of a mean of several."""
        if self.n is not None:
            return score_bounds(self.value, self.n, quantile)
        return self.value - quantile * self.error, self.value + quantile * self.error


class Contrast(NamedTuple):
    """The interval of a difference and its two-sided p."""

    low: float
    high: float
    p: float


def welch(value: float, parts: Sequence[Spread], level: float) -> Contrast:
    """Student's t for a difference whose variance is the sum of the parts' squared errors, Welch-Satterthwaite df.

    Where no part has any spread there is nothing to test with: p is 1, so that no difference counts as established.
    """
    variances = [part.error**2 for part in parts]
    total = math.fsum(variances)
    if total == 0:
        return Contrast(value, value, 1.0)
    shared = math.fsum(v**2 / max(part.n - 1, 1) for v, part in zip(variances, parts, strict=True))
    degrees, error = total**2 / shared, math.sqrt(total)
    margin = t_quantile(degrees, level) * error
    return Contrast(value - margin, value + margin, float(2 * stdtr(degrees, -abs(value / error))))


def hybrid(own: Side, other: Side, level: float) -> Contrast:
    """Newcombe's hybrid score interval of own share minus the other, and the p at which it just reaches zero.

    Source: Newcombe 1998, method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    low, high = _hybrid_bounds(own, other, normal_quantile(level))
    return Contrast(low, high, _hybrid_p(own, other))


def score_test(share: float, n: int, against: float) -> float:
    """Two-sided p that a share of ``n`` answers comes from one of ``against`` percent, the test Wilson inverts.

    A printed 0 or 100 is held half a percent inside, since it is rounded and no share could else agree with it.
    """
    held = min(max(against, PRINTED_HALF_STEP), 100 - PRINTED_HALF_STEP)
    error = math.sqrt(held * (100 - held) / n)
    return float(2 * ndtr(-abs(share - held) / error))


def _hybrid_bounds(own: Side, other: Side, quantile: float) -> tuple[float, float]:
    own_low, own_high = own.bounds(quantile)
    low, high = other.bounds(quantile)
    value = own.value - other.value
    below = math.hypot(own.value - own_low, high - other.value)
    above = math.hypot(own_high - own.value, other.value - low)
    return value - below, value + above


def _hybrid_p(own: Side, other: Side) -> float:
    """Bisect for the quantile whose interval just reaches zero."""
    value = own.value - other.value
    if value == 0:
        return 1.0
    least, most = 0.0, MOST_QUANTILE
    for _ in range(60):
        middle = (least + most) / 2
        low, high = _hybrid_bounds(own, other, middle)
        if low <= 0 <= high:
            most = middle
        else:
            least = middle
    return float(2 * ndtr(-least))
