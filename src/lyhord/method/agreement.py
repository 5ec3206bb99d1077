"""Agreement: how far two or more people who graded the same thing gave the same grade, beyond chance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from lyhord.method.intervals import LEVEL, normal_quantile
from lyhord.method.tally import MethodError

KAPPA: Final = "agreement.kappa"
ALPHA: Final = "agreement.alpha"
DRAWS: Final = 2000
SEED: Final = 20170901  # any fixed number: the same grades must give the same interval

Floats = npt.NDArray[np.float64]


class Weights(StrEnum):
    """How much a near miss counts in kappa: not at all, by steps, or by squared steps."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class Distance(StrEnum):
    """How far apart two grades are in alpha: different or not, by the grades between them, or by their worth."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


class Undefined(StrEnum):
    """Why a coefficient has no value."""

    NOTHING_COUNTED = "nothing_counted"  # nothing was graded twice
    NO_VARIATION = "no_variation"  # one single grade throughout: agreement by chance would be as complete


@dataclass(frozen=True, slots=True)
class Agreement:
    """One coefficient: 1 is full agreement, 0 what chance gives, below 0 worse than chance.

    ``n`` is the number of things graded at least twice, ``observed`` the share of equal (or, weighted, near) grades
    0–1. ``value`` is None with a reason in ``undefined``; ``low`` and ``high`` are None where no honest interval
    exists, as at full agreement, where the formula's width is zero however few were graded.
    """

    rule: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    observed: float | None
    undefined: Undefined | None = None


def weighted_kappa(
    counts: Mapping[tuple[str, str], int],
    options: Sequence[str],
    weights: Weights = Weights.LINEAR,
    level: float = LEVEL,
) -> Agreement:
    """Cohen's kappa from option × option counts of two graders; ``options`` in order of grade.

    Standard error for large samples after Fleiss, Cohen and Everitt 1969, doi:10.1037/h0028106. MethodError names an
    option that ``options`` lacks.
    """
    table = _table(counts, options)
    n = int(table.sum())
    if n == 0:
        return Agreement(KAPPA, None, None, None, 0, None, Undefined.NOTHING_COUNTED)
    shares, weight = table / n, _kappa_weights(len(options), weights)
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float((weight * shares).sum()), float(rows @ weight @ columns)
    if math.isclose(expected, 1.0):
        return Agreement(KAPPA, None, None, None, n, observed, Undefined.NO_VARIATION)
    kappa = (observed - expected) / (1 - expected)
    to_columns, to_rows = weight @ columns, weight.T @ rows
    spread = weight - (to_columns[:, None] + to_rows[None, :]) * (1 - kappa)
    variance = float((shares * spread**2).sum()) - (kappa - expected * (1 - kappa)) ** 2
    error = math.sqrt(max(variance, 0.0) / n) / (1 - expected)
    low, high = _around(kappa, normal_quantile(level) * error)
    return Agreement(KAPPA, kappa, low, high, n, observed)


def krippendorff_alpha(
    patterns: Mapping[tuple[str | None, ...], int] | Mapping[tuple[str, str], int],
    options: Sequence[str],
    distance: Distance = Distance.ORDINAL,
    worth: Mapping[str, float] | None = None,
    *,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Agreement:
    """Krippendorff's alpha for any number of graders, with grades missing here and there.

    ``patterns`` counts how many things got each row of grades, one place per grader and None where one did not grade;
    option × option counts of two graders are such patterns. ``options`` stand in order of grade. ``worth`` gives each
    option's value and is needed by the interval distance only. What fewer than two graded is left out. The interval
    resamples the things graded (percentile bootstrap, seeded). MethodError names an unknown option or a missing worth.
    """
    rows = [(_grade_counts(pattern, options), count) for pattern, count in patterns.items() if count]
    rows = [(grades, count) for grades, count in rows if grades.sum() >= 2]
    n = sum(count for _, count in rows)
    if n == 0:
        return Agreement(ALPHA, None, None, None, 0, None, Undefined.NOTHING_COUNTED)
    each = np.array([_coincidences(grades) for grades, _ in rows])
    times = np.array([count for _, count in rows], dtype=np.float64)
    values = _worths(options, distance, worth)
    whole = np.tensordot(times, each, axes=1)
    observed = float(np.trace(whole) / whole.sum())
    alpha = _alphas(whole[None], distance, values)[0]
    if math.isnan(alpha):
        return Agreement(ALPHA, None, None, None, n, observed, Undefined.NO_VARIATION)
    if math.isclose(observed, 1.0):
        return Agreement(ALPHA, 1.0, None, None, n, observed)
    resampled = np.random.default_rng(seed).multinomial(n, times / n, size=draws).astype(np.float64)
    drawn = _alphas(np.tensordot(resampled, each, axes=1), distance, values)
    tail = (1 - level) / 2
    low, high = np.nanquantile(drawn, [tail, 1 - tail])
    return Agreement(ALPHA, float(alpha), float(low), float(high), n, observed)


def _table(counts: Mapping[tuple[str, str], int], options: Sequence[str]) -> Floats:
    table = np.zeros((len(options), len(options)))
    for (first, second), count in counts.items():
        table[_place(first, options), _place(second, options)] += count
    return table


def _place(option: str, options: Sequence[str]) -> int:
    if option not in options:
        raise MethodError(f"The grade {option!r} is not among {', '.join(options)}. Give every option, in order.")
    return options.index(option)


def _kappa_weights(size: int, weights: Weights) -> Floats:
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / max(size - 1, 1)
    if weights is Weights.NONE:
        return np.eye(size)
    return np.asarray(1 - steps if weights is Weights.LINEAR else 1 - steps**2, dtype=np.float64)


def _around(value: float, margin: float) -> tuple[float | None, float | None]:
    if margin == 0 or math.isclose(value, 1.0):
        return None, None
    return max(-1.0, value - margin), min(1.0, value + margin)


def _grade_counts(pattern: Sequence[str | None], options: Sequence[str]) -> Floats:
    counts = np.zeros(len(options))
    for grade in pattern:
        if grade is not None:
            counts[_place(grade, options)] += 1
    return counts


def _coincidences(grades: Floats) -> Floats:
    """The ordered pairs of grades within one thing, each thing weighing as many as its graders."""
    return np.asarray((np.outer(grades, grades) - np.diag(grades)) / (grades.sum() - 1), dtype=np.float64)


def _worths(options: Sequence[str], distance: Distance, worth: Mapping[str, float] | None) -> Floats:
    if distance is not Distance.INTERVAL:
        return np.arange(len(options), dtype=np.float64)
    missing = [option for option in options if option not in (worth or {})]
    if worth is None or missing:
        raise MethodError(f"The interval distance needs the worth of {', '.join(missing)}. Give it, or use ordinal.")
    return np.array([worth[option] for option in options], dtype=np.float64)


def _alphas(tables: Floats, distance: Distance, values: Floats) -> Floats:
    """Alpha of each coincidence table (draw × option × option); nan where nothing varies."""
    totals = tables.sum(axis=2)
    grades = totals.sum(axis=1)
    squared = _squared_distances(totals, distance, values)
    observed = (tables * squared).sum(axis=(1, 2))
    pairs = totals[:, :, None] * totals[:, None, :]
    expected = (pairs * squared).sum(axis=(1, 2)) / (grades - 1)
    varied = expected > 0
    return np.where(varied, 1 - observed / np.where(varied, expected, 1.0), np.nan)


def _squared_distances(totals: Floats, distance: Distance, values: Floats) -> Floats:
    if distance is Distance.NOMINAL:
        return np.broadcast_to(1 - np.eye(len(values)), (len(totals), len(values), len(values)))
    # An ordinal step is as long as the number of grades given between the two middles.
    scale = np.cumsum(totals, axis=1) - totals / 2 if distance is Distance.ORDINAL else values[None]
    squared = (scale[:, :, None] - scale[:, None, :]) ** 2
    return np.broadcast_to(squared, (len(totals), len(values), len(values)))
