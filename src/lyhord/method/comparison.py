"""Comparison: the printed total, one's own result against it, and what may be compared at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lyhord.instruments.definition import Instrument, Measure, MeasureKind
from lyhord.method.contrast import Side, Spread, hybrid, score_test, welch
from lyhord.method.intervals import (
    LEVEL,
    SECONDS_PER_HOUR,
    cautious_error,
    hours_error,
    normal_quantile,
    score_bounds,
)
from lyhord.method.measures import measure_points
from lyhord.method.points import answers, points_mean
from lyhord.method.tally import DurationSum, ExternalFigure, MethodError, OptionCounts

OTHERS_RULE: Final = "comparison.others"
PREVIOUS_RULE: Final = "comparison.previous"
EXTERNAL_RULE: Final = "comparison.external"
TOTAL_RULE: Final = "comparison.total"

TOTAL_NEEDS_ANSWERS: Final = 30  # as Kolada: a participant with fewer has no printed value to average


@dataclass(frozen=True, slots=True)
class ParticipantResult:
    """One participant's value on one measure, with n and standard error in the measure's unit.

    ``counted`` is the numerator of a share and None for other measures; it decides which test compares the result.
    """

    municipality: str
    value: float
    n: int
    standard_error: float
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """The printed total: ``mean_of_participants``, unweighted over the ``members`` with enough answers, own included.

    ``low``-``high`` is its 95 % interval for sampling error; ``lowest``-``highest`` the members' range;
    ``mean_of_answers`` counts every one of ``n_answers`` alike.
    """

    mean_of_participants: float
    members: int
    low: float
    high: float
    lowest: float
    highest: float
    mean_of_answers: float
    n_answers: int
    rule: str = TOTAL_RULE


@dataclass(frozen=True, slots=True)
class Difference:
    """Own value minus ``reference``, its interval, and the two-sided ``p`` of no difference.

    ``members`` is how many results the reference is the mean of; ``reference_known`` is False where the reference is
    a printed figure whose own uncertainty nobody can state, so that the interval holds one's own alone.
    """

    value: float
    low: float
    high: float
    p: float
    rule: str
    reference: float
    members: int = 1
    reference_known: bool = True


@dataclass(frozen=True, slots=True)
class Comparability:
    """Whether figures of two instruments may stand in one series and, where not, why."""

    ok: bool
    reason: str = ""


def participant_result(
    municipality: str, measure: Measure, instrument: Instrument, counts: OptionCounts
) -> ParticipantResult | None:
    """A participant's index or share as the comparisons take it; None where nothing was counted."""
    points = measure_points(measure, instrument, counts)
    n = answers(points)
    if n == 0:
        return None
    counted = counts.of(*measure.counted) if measure.kind is MeasureKind.SHARE else None
    return ParticipantResult(municipality, float(points_mean(points)), n, cautious_error(points), counted)


def duration_result(municipality: str, duration: DurationSum) -> ParticipantResult | None:
    """A participant's mean hours as the comparisons take it; None with fewer than two durations."""
    if duration.n < 2:
        return None
    hours = duration.seconds / duration.n / SECONDS_PER_HOUR
    return ParticipantResult(municipality, hours, duration.n, hours_error(duration))


def printed_total(
    results: Sequence[ParticipantResult], minimum_n: int = TOTAL_NEEDS_ANSWERS, *, smallest_shown: int = 1
) -> Total | None:
    """The total of a round, own municipality included; None where no participant has ``minimum_n`` answers.

    ``smallest_shown`` leaves participants with fewer answers out of the mean of answers too, so that a withheld
    participant cannot be found by subtracting the shown ones.
    """
    members = with_answers(results, minimum_n)
    if not members:
        return None
    mean = _mean(members)
    margin = normal_quantile(LEVEL) * _error_of_mean(members)
    shown = with_answers(results, smallest_shown)
    n_answers = sum(result.n for result in shown)
    return Total(
        mean,
        len(members),
        mean - margin,
        mean + margin,
        min(result.value for result in members),
        max(result.value for result in members),
        math.fsum(result.value * result.n for result in shown) / n_answers,
        n_answers,
    )


def with_answers(results: Sequence[ParticipantResult], minimum_n: int) -> tuple[ParticipantResult, ...]:
    """The results on at least ``minimum_n`` answers."""
    return tuple(result for result in results if result.n >= max(minimum_n, 1))


def against_others(
    own: ParticipantResult,
    others: Sequence[ParticipantResult],
    minimum_n: int = TOTAL_NEEDS_ANSWERS,
    *,
    level: float = LEVEL,
) -> Difference | None:
    """Own value minus the unweighted mean of the others with ``minimum_n`` answers; None where there are none.

    The variance is own se² + Σse²/k². A mean is tested by Student's t with Welch-Satterthwaite degrees of freedom, a
    share by Newcombe's hybrid score method. MethodError when own municipality is among the others: the total it is
    judged against would then partly be itself.
    """
    if any(other.municipality == own.municipality for other in others):
        raise MethodError(f"{own.municipality} cannot be compared with itself. Leave it out of the others.")
    members = with_answers(others, minimum_n)
    if not members:
        return None
    return _difference(own, members, OTHERS_RULE, level)


def against_previous(own: ParticipantResult, previous: ParticipantResult, *, level: float = LEVEL) -> Difference:
    """Own value minus one's own value in an earlier round, as two independent samples.

    Ask ``comparable`` first: a series broken by a new question is never bridged.
    """
    return _difference(own, (previous,), PREVIOUS_RULE, level)


def against_external(own: ParticipantResult, external: ExternalFigure, *, level: float = LEVEL) -> Difference:
    """Own value minus a printed figure without counts; only one's own uncertainty is in the interval and the test.

    A share is tested by the score test (the one Wilson's interval inverts), a mean by Student's t.
    """
    value = own.value - external.value
    if own.counted is None:
        low, high, p = welch(value, (Spread(own.standard_error, own.n),), level)
    else:
        own_low, own_high = score_bounds(own.value, own.n, normal_quantile(level))
        low, high = own_low - external.value, own_high - external.value
        p = score_test(own.value, own.n, external.value)
    members = external.members or 1
    return Difference(value, low, high, p, EXTERNAL_RULE, external.value, members, reference_known=False)


def benjamini_hochberg(ps: Sequence[float]) -> tuple[float, ...]:
    """The p-values adjusted for being several, in the order given.

    Calling a difference established when its adjusted p < 0.05 keeps the expected share of false ones under 5 %.
    Source: Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    if any(not 0 <= p <= 1 for p in ps):
        raise MethodError("A p-value lies between 0 and 1. Leave comparisons without one out of the list.")
    adjusted = [1.0] * len(ps)
    least = 1.0
    for rank, place in sorted(enumerate(sorted(range(len(ps)), key=lambda i: ps[i]), start=1), reverse=True):
        least = min(least, ps[place] * (len(ps) / rank))
        adjusted[place] = least
    return tuple(adjusted)


def comparable(
    instrument: Instrument, measure_id: str, other_instrument_id: str, *, language: str = "sv"
) -> Comparability:
    """Whether a measure's figure may stand in one series with another instrument's, and otherwise the reason.

    Only what the instrument lists as comparable is; a break is shown with its reason, never bridged. KeyError for a
    measure that the instrument does not have.
    """
    instrument.measure(measure_id)
    listed = instrument.comparable_with.get(measure_id, ())
    if other_instrument_id == instrument.id or other_instrument_id in listed:
        return Comparability(ok=True)
    reason = instrument.breaks.get(other_instrument_id)
    if reason:
        return Comparability(ok=False, reason=reason.in_language(language))
    unlisted = {
        "sv": "Instrumentet anger inte att måttet går att jämföra med den mätningen.",
        "en": "The instrument does not state that the measure is comparable with that measurement.",
    }
    return Comparability(ok=False, reason=unlisted.get(language, unlisted["sv"]))


def _difference(own: ParticipantResult, members: Sequence[ParticipantResult], rule: str, level: float) -> Difference:
    reference, k = _mean(members), len(members)
    value = own.value - reference
    if own.counted is None:
        parts = [Spread(own.standard_error, own.n), *(Spread(m.standard_error / k, m.n) for m in members)]
        contrast = welch(value, parts, level)
    else:
        other = Side(reference, members[0].n) if k == 1 else Side(reference, error=_error_of_mean(members))
        contrast = hybrid(Side(own.value, own.n), other, level)
    return Difference(value, contrast.low, contrast.high, contrast.p, rule, reference, k)


def _mean(members: Sequence[ParticipantResult]) -> float:
    return math.fsum(result.value for result in members) / len(members)


def _error_of_mean(members: Sequence[ParticipantResult]) -> float:
    """sqrt(Σse²) / k."""
    return math.sqrt(math.fsum(result.standard_error**2 for result in members)) / len(members)
