"""Shrinkage: smoothed values that borrow strength from the other participants; never a municipality's own result."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from lyhord.method.comparison import ParticipantResult
from lyhord.method.intervals import LEVEL, normal_quantile
from lyhord.method.tally import MethodError

RULE: Final = "shrinkage"
LEAST_MEMBERS: Final = 5  # as a comparison group; fewer cannot show how much municipalities differ
_TURNS: Final = 200
_EXACT: Final = 1e-10

Floats = npt.NDArray[np.float64]


class Between(StrEnum):
    """How the variance between municipalities is estimated."""

    PAULE_MANDEL = "paule_mandel"
    DERSIMONIAN_LAIRD = "dersimonian_laird"


@dataclass(frozen=True, slots=True)
class Smoothed:
    """One participant's smoothed value with its interval, beside the ``raw`` value that is published.

    ``reliability`` 0–1 is the share of the differences between such results that is real rather than chance; the
    smoothed value lies that far from the common mean towards the raw one.
    """

    municipality: str
    raw: float
    value: float
    low: float
    high: float
    reliability: float


@dataclass(frozen=True, slots=True)
class Smoothing:
    """Smoothed participants, the common ``mean`` they are drawn to and the variance ``between`` municipalities."""

    members: tuple[Smoothed, ...]
    mean: float
    between: float
    method: Between
    rule: str = RULE


def smoothed(
    results: Sequence[ParticipantResult], method: Between = Between.PAULE_MANDEL, level: float = LEVEL
) -> Smoothing:
    """Every participant's empirical-Bayes value, in the order given.

    The interval holds sampling error and the common mean's uncertainty, not that of the variance between
    municipalities. MethodError with fewer than five participants or a standard error that is not above zero.
    """
    values, variances = _arrays(results)
    between = _between(values, variances, method)
    weights = 1 / (variances + between)
    mean = float(weights @ values / weights.sum())
    reliability = between / (between + variances)
    estimates = mean + reliability * (values - mean)
    spread = reliability * variances + (1 - reliability) ** 2 / weights.sum()
    margins = normal_quantile(level) * np.sqrt(spread)
    members = tuple(
        Smoothed(
            result.municipality, result.value, float(value), float(value - margin), float(value + margin), float(r)
        )
        for result, value, margin, r in zip(results, estimates, margins, reliability, strict=True)
    )
    return Smoothing(members, mean, between, method)


def between_variance(results: Sequence[ParticipantResult], method: Between = Between.PAULE_MANDEL) -> float:
    """The variance of true values between municipalities, in squared units of the measure; 0 where chance explains all.

    DerSimonian & Laird 1986, doi:10.1016/0197-2456(86)90046-2, or Paule & Mandel 1982, doi:10.6028/jres.087.022.
    """
    return _between(*_arrays(results), method)


def _arrays(results: Sequence[ParticipantResult]) -> tuple[Floats, Floats]:
    if len(results) < LEAST_MEMBERS:
        raise MethodError(
            f"Smoothing needs at least {LEAST_MEMBERS} participants, here {len(results)}. Show the raw values."
        )
    for result in results:
        if not result.standard_error > 0 or not math.isfinite(result.value):
            raise MethodError(
                f"{result.municipality} has value {result.value} and standard error {result.standard_error}. "
                "Leave it out, or give the standard error that its interval rests on."
            )
    values = np.array([result.value for result in results], dtype=np.float64)
    return values, np.array([result.standard_error**2 for result in results], dtype=np.float64)


def _between(values: Floats, variances: Floats, method: Between) -> float:
    if method is Between.PAULE_MANDEL:
        return _paule_mandel(values, variances)
    weights = 1 / variances
    surplus = _spread(values, variances, 0.0) - (len(values) - 1)
    return max(0.0, float(surplus / (weights.sum() - (weights**2).sum() / weights.sum())))


def _spread(values: Floats, variances: Floats, between: float) -> float:
    """The weighted sum of squares about the weighted mean; its expectation is one less than the participants."""
    weights = 1 / (variances + between)
    return float(weights @ (values - weights @ values / weights.sum()) ** 2)


def _paule_mandel(values: Floats, variances: Floats) -> float:
    """The variance that makes the spread what it should be, by halving: the spread falls as the variance grows."""
    wanted = len(values) - 1
    low, high = 0.0, float(np.ptp(values)) ** 2 + float(variances.max())
    if _spread(values, variances, low) <= wanted:
        return 0.0
    for _ in range(_TURNS):
        middle = (low + high) / 2
        if high - low <= _EXACT * high:
            break
        low, high = (middle, high) if _spread(values, variances, middle) > wanted else (low, middle)
    return (low + high) / 2
