"""Our figures against R's: intervals, tests, adjusted p-values, kappa, alpha, standardisation, shrinkage and range.

``reference.R`` makes ``values.json``; both are kept, with the versions of R and its packages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from lyhord.method.agreement import Distance, Weights, krippendorff_alpha, weighted_kappa
from lyhord.method.case_mix import standardised
from lyhord.method.comparison import ParticipantResult, against_external, against_previous, benjamini_hochberg
from lyhord.method.intervals import index_interval, normal_quantile, wilson
from lyhord.method.points import Points, answers, points_mean, standard_error
from lyhord.method.ranking import simultaneous_critical_value
from lyhord.method.shrinkage import Between, smoothed
from lyhord.method.tally import ExternalFigure

REFERENCE: dict[str, Any] = json.loads(Path(__file__).with_name("values.json").read_text())


def same(expected: float | Sequence[float]) -> Any:
    """Equal as far as both compute in double precision."""
    return pytest.approx(expected, rel=1e-7, abs=1e-7)


def graded(counts: Sequence[int]) -> Points:
    """Counts on five grades worth 0, 25, 50, 75, 100."""
    return tuple((Fraction(25 * grade), int(count)) for grade, count in enumerate(counts))


def participant(name: str, counts: Sequence[int]) -> ParticipantResult:
    points = graded(counts)
    return ParticipantResult(name, float(points_mean(points)), answers(points), standard_error(points))


@pytest.mark.parametrize("case", REFERENCE["wilson"], ids=lambda case: f"{case['counted']} of {case['n']}")
def test_wilson_is_prop_test_without_correction(case: dict[str, Any]) -> None:
    found = wilson(case["counted"], case["n"])
    assert (found.low, found.high) == (same(case["low"]), same(case["high"]))


@pytest.mark.parametrize("case", REFERENCE["index"])
def test_an_index_interval_is_that_of_t_test_and_the_mean_and_error_those_of_svymean(case: dict[str, Any]) -> None:
    points = graded(case["counts"])
    found = index_interval(points)
    assert (found.low, found.high) == (same(case["low"]), same(case["high"]))
    assert float(points_mean(points)) == same(case["mean"]) == same(case["survey_mean"])
    assert standard_error(points) == same(case["se"]) == same(case["survey_se"])


@pytest.mark.parametrize("case", REFERENCE["welch"])
def test_two_indices_differ_as_by_welchs_test(case: dict[str, Any]) -> None:
    found = against_previous(participant("own", case["first"]), participant("before", case["second"]))
    assert (found.value, found.low, found.high) == (same(case["difference"]), same(case["low"]), same(case["high"]))
    assert found.p == same(case["p"])


@pytest.mark.parametrize("case", REFERENCE["score"])
def test_a_share_against_a_printed_one_is_the_score_test(case: dict[str, Any]) -> None:
    share = 100 * case["counted"] / case["n"]
    own = ParticipantResult("own", share, case["n"], 1.0, case["counted"])
    assert against_external(own, ExternalFigure("m", "", case["against"], "R")).p == same(case["p"])


@pytest.mark.parametrize("case", REFERENCE["bh"])
def test_several_comparisons_are_adjusted_as_by_p_adjust(case: dict[str, Any]) -> None:
    ps, adjusted = (value if isinstance(value, list) else [value] for value in (case["p"], case["adjusted"]))
    assert benjamini_hochberg(ps) == same(tuple(adjusted))


@pytest.mark.parametrize("weights", list(Weights))
@pytest.mark.parametrize("case", REFERENCE["kappa"])
def test_kappa_and_its_error_are_those_of_vcd(case: dict[str, Any], weights: Weights) -> None:
    grades = [str(grade) for grade in range(len(case["table"]))]
    counts = {(a, b): n for a, row in zip(grades, case["table"], strict=True) for b, n in zip(grades, row, strict=True)}
    found = weighted_kappa(counts, grades, weights)
    assert found.value == same(case[weights]["value"])
    assert found.low is not None
    assert found.value is not None
    assert (found.value - found.low) / normal_quantile(0.95) == same(case[weights]["se"])


@pytest.mark.parametrize("distance", list(Distance))
def test_alpha_is_that_of_its_definition_pair_by_pair(distance: Distance) -> None:
    case = REFERENCE["alpha"]
    patterns = {
        tuple(None if grade is None else str(grade) for grade in thing): 0
        for thing in zip(*case["ratings"], strict=True)
    }
    for thing in zip(*case["ratings"], strict=True):
        patterns[tuple(None if grade is None else str(grade) for grade in thing)] += 1
    scale = ("1", "2", "3", "4", "5")
    found = krippendorff_alpha(patterns, scale, distance, {grade: float(grade) for grade in scale}, draws=10)
    assert found.value == same(case[distance])


def test_a_standardised_mean_is_that_of_survey() -> None:
    case = REFERENCE["standardised"]
    found = standardised({category: graded(counts) for category, counts in case["categories"].items()}, case["mix"])
    assert found.value == same(case["value"]) == same(case["stratified_value"])
    assert found.standard_error == same(case["se"])


@pytest.mark.parametrize("method", list(Between))
@pytest.mark.parametrize("case", REFERENCE["between"])
def test_shrinkage_is_that_of_metafor(case: dict[str, Any], method: Between) -> None:
    pairs = zip(case["value"], case["se"], strict=True)
    found = smoothed([ParticipantResult(str(i), value, 100, se) for i, (value, se) in enumerate(pairs)], method)
    expected = case[method]
    assert (found.between, found.mean) == (same(expected["tau2"]), same(expected["mean"]))
    assert [member.value for member in found.members] == same(expected["shrunk"])
    errors = [(member.high - member.value) / normal_quantile(0.95) for member in found.members]
    assert errors == same(expected["se"])


@pytest.mark.parametrize("case", REFERENCE["range"], ids=lambda case: str(case["count"]))
def test_the_simultaneous_value_is_that_of_qtukey(case: dict[str, Any]) -> None:
    assert simultaneous_critical_value(case["count"]) == pytest.approx(case["critical"], abs=1e-5)
