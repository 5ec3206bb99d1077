"""Case mix: what the result would be had the municipality had the national mix of categories."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from lyhord.method.intervals import LEVEL, cautious_error, normal_quantile
from lyhord.method.points import Points, answers, points_mean
from lyhord.method.tally import MethodError

RULE: Final = "case_mix"
LEAST_ANSWERS: Final = 10  # a category mean on fewer answers would carry its national weight on hardly anything


@dataclass(frozen=True, slots=True)
class Standardised:
    """A directly standardised value beside the ``raw`` one, with standard error and interval in the same unit.

    ``pooled`` names the categories that had too few answers and were counted together. ``value`` is None where fewer
    than two categories stood on their own feet: nothing was then standardised.
    """

    value: float | None
    standard_error: float | None
    low: float | None
    high: float | None
    raw: float | None
    n: int
    pooled: tuple[str, ...] = ()
    rule: str = RULE


def standardised(
    own: Mapping[str, Points],
    mix: Mapping[str, float],
    least: int = LEAST_ANSWERS,
    level: float = LEVEL,
) -> Standardised:
    """Own category means weighted by the national ``mix`` (category -> share; scaled to sum to one).

    Categories with fewer than ``least`` answers are pooled and weighted by their shares together; the pool takes in
    the next smallest category until it too has ``least``. The mix is taken as known. MethodError where a category of
    one's own has no share, where shares are negative or all zero, or where ``least`` is below 2.
    """
    _check(own, mix, least)
    points = {category: own.get(category, ()) for category, share in mix.items() if share > 0}
    everything = _together(points.values())
    n = answers(everything)
    if n == 0:
        return Standardised(None, None, None, None, None, 0)
    raw = float(points_mean(everything))
    pooled = _pool(points, least)
    cells: list[tuple[tuple[str, ...], Points]] = [
        ((category,), points[category]) for category in points if category not in pooled
    ]
    if pooled:
        cells.append((pooled, _together(points[category] for category in pooled)))
    if len(cells) < 2:
        return Standardised(None, None, None, None, raw, n, pooled)
    whole = math.fsum(mix.values())
    shares = [math.fsum(mix[category] for category in categories) / whole for categories, _ in cells]
    value = math.fsum(share * float(points_mean(cell)) for share, (_, cell) in zip(shares, cells, strict=True))
    error = math.hypot(*(share * cautious_error(cell) for share, (_, cell) in zip(shares, cells, strict=True)))
    margin = normal_quantile(level) * error
    return Standardised(value, error, max(0.0, value - margin), min(100.0, value + margin), raw, n, pooled)


def mix_of_answers(counts: Iterable[Mapping[str, int]]) -> dict[str, float]:
    """The national mix as shares of all answers: every participant's n by category, summed."""
    total: dict[str, int] = {}
    for own in counts:
        for category, n in own.items():
            total[category] = total.get(category, 0) + n
    return _shares(total)


def mix_of_participants(counts: Iterable[Mapping[str, int]]) -> dict[str, float]:
    """The national mix as the unweighted mean of the participants' own shares; those without answers are left out."""
    mixes = [_shares(own) for own in counts if sum(own.values()) > 0]
    categories = dict.fromkeys(category for mix in mixes for category in mix)
    return {category: math.fsum(mix.get(category, 0.0) for mix in mixes) / len(mixes) for category in categories}


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    n = sum(counts.values())
    if n == 0:
        raise MethodError("A mix needs answers, and there are none. Leave the standardised value out.")
    return {category: count / n for category, count in counts.items()}


def _check(own: Mapping[str, Points], mix: Mapping[str, float], least: int) -> None:
    if least < 2:
        raise MethodError(f"A category needs at least 2 answers for a standard error, not {least}. Raise the least n.")
    if any(share < 0 for share in mix.values()) or not math.fsum(mix.values()) > 0:
        raise MethodError("The shares of a mix are nought or more and not all nought. Make the mix anew.")
    strange = [category for category, points in own.items() if answers(points) and not mix.get(category)]
    if strange:
        raise MethodError(f"The mix has no share for {', '.join(strange)}. Take the mix from a round that has it.")


def _pool(points: Mapping[str, Points], least: int) -> tuple[str, ...]:
    """The categories to count together: all with too few answers and, until there are enough, the next smallest."""
    by_size = sorted(points, key=lambda category: answers(points[category]))
    pooled: list[str] = []
    n = 0
    for category in by_size:
        size = answers(points[category])
        if size >= least and (not pooled or n >= least):
            break
        pooled.append(category)
        n += size
    return tuple(category for category in points if category in pooled)


def _together(cells: Iterable[Points]) -> Points:
    total: dict[Fraction, int] = {}
    for cell in cells:
        for worth, count in cell:
            total[worth] = total.get(worth, 0) + count
    return tuple(total.items())
