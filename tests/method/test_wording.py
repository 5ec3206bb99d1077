from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import measure_of
from lyhord.instruments.definition import MeasureKind
from lyhord.method.comparison import Difference, ParticipantResult, against_external, benjamini_hochberg
from lyhord.method.tally import ExternalFigure, MethodError
from lyhord.method.wording import (
    Manner,
    Reserve,
    Ruling,
    Verdict,
    judge,
    may_be_judged,
    reserve_words,
    sentence,
    smallest_difference,
    words,
)

NOT_ESTABLISHED = ", men skillnaden är inte statistiskt säkerställd"
TOO_FEW = ", men underlaget är för litet för att utesluta en tydlig skillnad"


def survey(own: float, total: float, margin: float = 3.0) -> Difference:
    """An index against the total; the printed report has no margins, 3 is that of 400 answers."""
    value = own - total
    p = 0.0001 if abs(value) > margin else 0.4
    return Difference(value, value - margin, value + margin, p, "comparison.others", total)


def mystery(counted: int, n: int, printed: float) -> Difference:
    own = ParticipantResult("0685", 100 * counted / n, n, 1, counted)
    return against_external(own, ExternalFigure("m", "snittet", printed, "rapporten"))


VASTERAS = [
    (82.7, 83.0, "kring"),
    (75.6, 73.8, "kring"),
    (86.0, 83.1, "kring"),
    (87.8, 79.4, "högre än"),
]


@pytest.mark.parametrize(("own", "total", "printed"), VASTERAS)
def test_vasteras_gets_the_words_of_its_report(own: float, total: float, printed: str) -> None:
    ruling = judge(survey(own, total), smallest_difference(measure_of(MeasureKind.INDEX)))
    assert words(ruling, manner=Manner.SURVEY) == printed
    assert ruling.reserve is Reserve.NONE


# counted, n, the printed mean of the others, the report's words, what an honest rule must add
VETLANDA = [
    (33, 54, 64, Manner.MYSTERY, "i nivå med", TOO_FEW),
    (44, 52, 89, Manner.MYSTERY, "i nivå med", TOO_FEW),
    (15, 47, 40, Manner.MYSTERY, "något under", NOT_ESTABLISHED),
    (47, 47, 90, Manner.QUALITY, "något bättre än", NOT_ESTABLISHED),
]


@pytest.mark.parametrize(("counted", "n", "others", "manner", "printed", "reserve"), VETLANDA)
def test_vetlanda_gets_the_words_of_its_report_with_the_reserve_its_few_calls_need(
    counted: int, n: int, others: float, manner: Manner, printed: str, reserve: str
) -> None:
    differences = [mystery(*row[:3]) for row in VETLANDA]
    adjusted = dict(zip(VETLANDA, benjamini_hochberg([d.p for d in differences]), strict=True))
    row = (counted, n, others, manner, printed, reserve)
    ruling = judge(mystery(counted, n, others), 6, adjusted_p=adjusted[row])
    assert words(ruling, manner=manner) == printed
    assert reserve_words(ruling) == reserve


def test_the_sum_of_rounded_parts_is_level_too() -> None:
    assert judge(Difference(84.0 - 89.0, -9, -1, 0.3, "", 89), 6).verdict is Verdict.LEVEL


def test_a_hundred_against_ninety_is_established_only_as_a_single_comparison() -> None:
    alone = judge(mystery(47, 47, 90), 6)
    assert sentence(alone, subject="Vetlanda (100 %)", reference="snittet (90 %)", manner=Manner.QUALITY) == (
        "Vetlanda (100 %) är något bättre än snittet (90 %)."
    )


@pytest.mark.parametrize(
    ("value", "p", "verdict", "reserve"),
    [
        (3.0, 0.001, Verdict.LEVEL, Reserve.NONE),
        (3.1, 0.001, Verdict.SLIGHTLY_HIGHER, Reserve.NONE),
        (-3.1, 0.001, Verdict.SLIGHTLY_LOWER, Reserve.NONE),
        (6.0, 0.001, Verdict.SLIGHTLY_HIGHER, Reserve.NONE),
        (6.1, 0.049, Verdict.HIGHER, Reserve.NONE),
        (6.1, 0.05, Verdict.HIGHER, Reserve.NOT_ESTABLISHED),
        (-9.0, 0.2, Verdict.LOWER, Reserve.NOT_ESTABLISHED),
        (0.1 + 0.2 + 2.7, 0.001, Verdict.LEVEL, Reserve.NONE),  # 3.0000000000000004
    ],
)
def test_size_gives_the_words_and_the_test_gives_the_reserve(
    value: float, p: float, verdict: Verdict, reserve: Reserve
) -> None:
    ruling = judge(Difference(value, value - 2, value + 2, p, "", 80), 3)
    assert (ruling.verdict, ruling.reserve) == (verdict, reserve)
    assert ruling.established == (verdict is not Verdict.LEVEL and reserve is Reserve.NONE)


def test_the_adjusted_p_decides() -> None:
    difference = Difference(9, 1, 17, 0.03, "", 80)
    assert judge(difference, 3).established
    assert not judge(difference, 3, adjusted_p=0.09).established


def test_level_with_a_wide_interval_says_so() -> None:
    assert judge(Difference(-2.9, -16, 9, 0.66, "", 64), 5).reserve is Reserve.TOO_FEW_TO_TELL


@pytest.mark.parametrize(("kind", "expected"), [(MeasureKind.INDEX, 4), (MeasureKind.SHARE, 6)])
def test_each_kind_has_a_smallest_difference_that_matters(kind: MeasureKind, expected: int) -> None:
    assert smallest_difference(measure_of(kind)) == expected
    assert smallest_difference(measure_of(kind, smallest_difference=Fraction(2))) == 2


def test_hours_are_judged_only_where_the_instrument_says_what_matters() -> None:
    hours = measure_of(MeasureKind.MEAN_HOURS)
    assert not may_be_judged(hours)
    assert may_be_judged(measure_of(MeasureKind.MEAN_HOURS, smallest_difference=Fraction(2)))
    with pytest.raises(MethodError, match="no words judge it"):
        smallest_difference(hours)


@pytest.mark.parametrize("limit", [2.9, 3, 4, 4.1])
def test_the_survey_reports_words_hold_for_every_limit_between_its_differences(limit: float) -> None:
    said = [words(judge(survey(own, total), limit), manner=Manner.SURVEY) for own, total, _ in VASTERAS]
    assert said == [printed for _, _, printed in VASTERAS]


@pytest.mark.parametrize("limit", [5, 6, 8])
def test_the_mystery_reports_words_hold_for_every_limit_between_its_differences(limit: float) -> None:
    said = [words(judge(mystery(*row[:3]), limit), manner=row[3]) for row in VETLANDA]
    assert said == [row[4] for row in VETLANDA]


def test_better_is_lower_where_lower_is_better() -> None:
    ruling = judge(Difference(-8, -9, -7, 0.001, "", 12), 5, higher_is_better=False)
    assert words(ruling, manner=Manner.QUALITY) == "något bättre än"
    assert words(ruling, manner=Manner.DURATION) == "något kortare än"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sv", "Ert resultat på enkelhet är kring snittet för samtliga deltagande kommuner."),
        ("en", "Ert resultat på enkelhet is around snittet för samtliga deltagande kommuner."),
        ("fi", "Ert resultat på enkelhet är kring snittet för samtliga deltagande kommuner."),
    ],
)
def test_a_sentence_is_subject_words_and_reference(language: str, expected: str) -> None:
    ruling = Ruling(Verdict.LEVEL, Reserve.NONE)
    reference = "snittet för samtliga deltagande kommuner"
    made = sentence(ruling, language, subject="Ert resultat på enkelhet", reference=reference, manner=Manner.SURVEY)
    assert made == expected


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("manner", list(Manner))
def test_every_verdict_has_its_own_words(language: str, manner: Manner) -> None:
    said = {words(Ruling(verdict, Reserve.NONE), language, manner=manner) for verdict in Verdict}
    assert len(said) == len(Verdict)


@given(st.floats(-50, 50), st.floats(0, 1), st.floats(0, 20))
def test_the_mirrored_difference_gets_the_mirrored_words(value: float, p: float, margin: float) -> None:
    here = judge(Difference(value, value - margin, value + margin, p, "", 50), 5)
    there = judge(Difference(-value, -value - margin, -value + margin, p, "", 50), 5, higher_is_better=False)
    assert words(here, manner=Manner.QUALITY) == words(there, manner=Manner.QUALITY)
    assert here.reserve == there.reserve


@given(st.floats(-50, 50), st.floats(0.05, 1))
def test_chance_is_never_called_a_difference_without_reserve(value: float, p: float) -> None:
    ruling = judge(Difference(value, value - 5, value + 5, p, "", 50), 5)
    assert ruling.verdict is Verdict.LEVEL or ruling.reserve is Reserve.NOT_ESTABLISHED
