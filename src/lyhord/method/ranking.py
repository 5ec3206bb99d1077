"""Ranking: a place among the participants, and the places that the figures cannot tell apart from it.

Confidence sets for ranks after Mogstad, Romano, Shaikh and Wilhelm (2023), "Inference for Ranks with Applications to
Mobility across Neighbourhoods and Academic Achievement across Countries", Review of Economic Studies,
doi:10.1093/restud/rdad006. See ``docs/method/ranking.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from lyhord.method.comparison import ParticipantResult, with_answers
from lyhord.method.tally import MethodError

RULE = "ranking"
SAME_VALUE = 9  # decimals: values that differ less came from the same counts added in another order
LEAST_SE = 1e-9  # a standard error of zero is read as the limit of ever smaller ones

_BINS = 40  # standard errors are read off a logarithmic scale of so many steps
_STEPS = (0.02, 0.25)  # least and greatest step of the trapezoid rule over a standard normal
_TURNS = 30  # rounds of the secant rule at most; four or five are enough
_EXACT = 1e-6  # in the log of the probability of a miss

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RankSet:
    """One municipality's place and its confidence set ``low``–``high``, among ``among`` ranked ones. 1 is best."""

    municipality: str
    place: int
    low: int
    high: int
    among: int


def places(values: Sequence[float], *, higher_is_better: bool = True) -> tuple[int, ...]:
    """The place of each value: one more than the number of strictly better ones, so equal values share a place."""
    signed = _oriented(values, higher_is_better=higher_is_better)
    ordered = np.sort(signed)
    return tuple(int(place) for place in len(signed) - np.searchsorted(ordered, signed, side="right") + 1)


def rank_sets(
    results: Sequence[tuple[str, float, float]],
    level: float = 0.95,
    *,
    simultaneous: bool = False,
    higher_is_better: bool = True,
) -> tuple[RankSet, ...]:
    """The place and confidence set of each result (municipality, value, standard error), in the order given.

    A marginal set holds the true place of that one municipality with probability ``level``; simultaneous sets hold all
    true places at once. Estimates are taken as independent and normal. No random draws, so equal input gives equal
    sets. Give only those that may be ranked, or ask
    ``rank_participants``. MethodError on a level outside 0–1 or a
    value or standard error that is no number.
    """
    if not results:
        return ()
    names = [name for name, _, _ in results]
    values = _oriented([value for _, value, _ in results], higher_is_better=higher_is_better)
    errors = np.array([se for _, _, se in results], dtype=np.float64)
    _check(names, values, errors, level)
    below, above = _judged(values, np.maximum(errors, LEAST_SE), level, simultaneous=simultaneous)
    lows, highs = 1 + above.sum(axis=1), len(names) - below.sum(axis=1)
    standing = places(values.tolist())
    return tuple(
        RankSet(name, place, int(low), int(high), len(names))
        for name, place, low, high in zip(names, standing, lows, highs, strict=True)
    )


def rank_participants(
    results: Sequence[ParticipantResult],
    minimum_n: int,
    *,
    simultaneous: bool = False,
    higher_is_better: bool = True,
) -> tuple[RankSet, ...]:
    """The confidence sets among the participants with at least ``minimum_n`` answers (the instrument's ``compare``).

    Participants below it are left out of the list, not placed last.
    """
    members = with_answers(results, minimum_n)
    triples = [(member.municipality, member.value, member.standard_error) for member in members]
    return rank_sets(triples, simultaneous=simultaneous, higher_is_better=higher_is_better)


def marginal_critical_value(se: float, others: Sequence[float], level: float = 0.95) -> float:
    """The critical value that keeps all differences between one estimate and ``others`` within bounds at once.

    Standard errors in, multiples of a difference's standard error out: the ``level`` quantile of the greatest absolute
    standardised difference between one normal estimate and the independent others, to about three decimals.
    """
    errors = _Errors.of(np.array([se, *others], dtype=np.float64))
    counts = errors.counted(np.array([[False] + [True] * len(others)]))
    none = np.zeros_like(counts)
    return float(_marginal(errors, np.array([0]), (counts, none, none), level)[0])


def simultaneous_critical_value(count: int, level: float = 0.95) -> float:
    """The critical value for all pairs of ``count`` estimates at once.

    Tukey's studentised range over √2: exact where the standard errors are equal and conservative where they are not
    (Hayter 1984, doi:10.1214/aos/1176346392).
    """
    nodes, weights = _normal_nodes(_STEPS[1] / 2)

    def log_miss(critical: Floats) -> Floats:
        width = ndtr(nodes + np.sqrt(2.0) * critical) - ndtr(nodes)
        return _log_of_rest(np.array([count * float(weights @ width ** (count - 1))]))

    return float(_solved(log_miss, np.array([count * (count - 1.0)]), level)[0])


def _oriented(values: Sequence[float], *, higher_is_better: bool) -> Floats:
    rounded = np.asarray(np.round(np.array(values, dtype=np.float64), SAME_VALUE), dtype=np.float64)
    return rounded if higher_is_better else -rounded


def _check(names: Sequence[str], values: Floats, errors: Floats, level: float) -> None:
    if not 0 < level < 1:
        raise MethodError(f"The level {level} is not between 0 and 1. Give 0.95 for 95 percent.")
    for name, value, error in zip(names, values, errors, strict=True):
        if not np.isfinite(value) or not np.isfinite(error) or error < 0:
            raise MethodError(
                f"{name} has value {value} and standard error {error} and cannot be ranked. "
                "Leave out municipalities without a figure."
            )


def _judged(values: Floats, errors: Floats, level: float, *, simultaneous: bool) -> tuple[Flags, Flags]:
    """Row by row, which others are certainly lower than this one, and which certainly higher."""
    t = (values[:, None] - values[None, :]) / np.hypot(errors[:, None], errors[None, :])
    if len(values) == 1:
        return t > 0, t < 0
    if simultaneous:
        critical = simultaneous_critical_value(len(values), level)
        return t > critical, t < -critical
    return _stepped(t, _Errors.of(errors), level)


def _stepped(t: Floats, errors: _Errors, level: float) -> tuple[Flags, Flags]:
    """The marginal sets, sharpened stepwise until nothing more can be told apart.

    For one municipality j the hypotheses are "k is not lower than j" and "k is not higher than j" for every other k.
    A rejected hypothesis no longer takes part in the critical value, which therefore can only fall.
    """
    apart = ~np.eye(len(t), dtype=np.bool_)
    lower, higher = np.zeros_like(apart), np.zeros_like(apart)
    rows = np.arange(len(t))
    while rows.size:
        maybe_lower, maybe_higher = apart[rows] & ~lower[rows], apart[rows] & ~higher[rows]
        standing = (maybe_lower & maybe_higher, maybe_lower & ~maybe_higher, maybe_higher & ~maybe_lower)
        critical = _marginal(errors, rows, tuple(errors.counted(flags) for flags in standing), level)[:, None]
        new_lower, new_higher = maybe_lower & (t[rows] > critical), maybe_higher & (t[rows] < -critical)
        lower[rows] |= new_lower
        higher[rows] |= new_higher
        rows = rows[(new_lower | new_higher).any(axis=1)]
    return lower, higher


@dataclass(frozen=True, slots=True)
class _Errors:
    """Standard errors, each with its bin; ``typical`` is the mean within a bin.

    A critical value depends on the others through their standard errors alone and hardly feels a percent in one of
    them, so a factor is computed for every bin instead of every municipality.
    """

    each: Floats
    typical: Floats
    member: Floats  # municipality × bin, 1 where it belongs

    @classmethod
    def of(cls, errors: Floats) -> _Errors:
        scale = np.log(errors)
        steps = np.round((scale - scale.min()) * (_BINS / max(float(np.ptp(scale)), 1e-12)))
        _, which = np.unique(steps, return_inverse=True)
        member = np.eye(int(which.max()) + 1)[which]
        return cls(errors, (errors @ member) / member.sum(axis=0), member)

    def counted(self, flags: Flags) -> Floats:
        """How many of the flagged municipalities of each row lie in each bin."""
        return np.asarray(flags @ self.member, dtype=np.float64)


def _marginal(errors: _Errors, rows: npt.NDArray[np.int_], standing: tuple[Floats, ...], level: float) -> Floats:
    """For each row the critical value c over the hypotheses still standing, counted by bin: both, upper, lower only.

    Given one's own error z the others are independent, so the probability that nothing exceeds c is the integral over
    z of φ(z) · Π_k P(−c ≤ t_jk ≤ c | z), with a bound left out where its hypothesis is rejected.
    """
    own = errors.each[rows, None] / errors.typical
    nodes, weights = _normal_nodes(float(np.clip(0.5 / own.max(), *_STEPS)))
    reach, shift = np.hypot(own, 1.0), nodes[:, None, None] * own
    both, only_upper, only_lower = standing

    def log_miss(critical: Floats) -> Floats:
        bound = critical[:, None] * reach
        upper, lower = ndtr(bound - shift), ndtr(bound + shift)
        log_kept = np.log(np.maximum(upper + lower - 1, 1e-300)) * both
        log_kept += np.log(np.maximum(upper, 1e-300)) * only_upper + np.log(np.maximum(lower, 1e-300)) * only_lower
        return _log_of_rest(weights @ np.exp(log_kept.sum(axis=2)))

    return _solved(log_miss, (2 * both + only_upper + only_lower).sum(axis=1), level)


def _normal_nodes(step: float) -> tuple[Floats, Floats]:
    """Nodes and weights of the trapezoid rule for a standard normal, whose error falls faster than any power."""
    nodes = step * np.arange(-np.ceil(6 / step), np.ceil(6 / step) + 1)
    return nodes, step * np.exp(-0.5 * nodes**2) / np.sqrt(2 * np.pi)


def _log_of_rest(probability: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(1 - probability, 1e-15)), dtype=np.float64)


def _solved(log_miss: Callable[[Floats], Floats], hypotheses: Floats, level: float) -> Floats:
    """Where ``log_miss`` equals log(1 − level): the secant rule, kept between one test's value and Bonferroni's."""
    target = np.log(1 - level)
    least, most = -ndtri(1 - level), -ndtri((1 - level) / np.maximum(hypotheses, 1))
    before, now = most, np.maximum(least, 0.97 * most)
    at_before, at_now = log_miss(before) - target, log_miss(now) - target
    for _ in range(_TURNS):
        if np.all(np.abs(at_now) < _EXACT):
            break
        rise = at_now - at_before
        step = np.where(rise == 0, 0.0, at_now * (now - before) / np.where(rise == 0, 1.0, rise))
        before, at_before = now, at_now
        now = np.clip(now - step, least, most)
        at_now = log_miss(now) - target
    return np.asarray(now, dtype=np.float64)
