"""The figures of the printed mystery report (Vetlanda, January 2018), from counts, through the whole composition."""

from __future__ import annotations

import json
import math
import statistics
from pathlib import Path
from typing import Final

import pytest
from tests.composition.reading import blocks_of, cover_fact, judgements, prose_of, section
from tests.reference.printed import VETLANDA, mystery_material

from lyhord.composition.draft import Draft
from lyhord.composition.mystery.municipality import mystery_report
from lyhord.composition.mystery.results import MysteryResults, mystery_results, shown_interval, shown_value
from lyhord.composition.prose import Prose
from lyhord.method.figures import Figure
from lyhord.rendering.report import Callout, Report

Z: Final = 1.959963984540054  # the normal distribution's 97.5th percentile
T_30: Final = 2.042272456301238  # Student's t, 30 degrees of freedom, 97.5th percentile (R: qt(0.975, 30))
T_46: Final = 2.012895598919430  # 46 degrees of freedom
ALL_CALLS: Final = "alla samtal utom till kommunledningskontoret"
ALL_LETTERS: Final = "alla brev utom till kommunledningskontoret"
ANSWERED: Final = "besvarade brev utom till kommunledningskontoret"
WITH_ANSWER: Final = "samtal där frågan fick svar"
TOO_FEW: Final = ", men underlaget är för litet för att utesluta en tydlig skillnad"
NOT_ESTABLISHED: Final = ", men skillnaden är inte statistiskt säkerställd"
R_WILSON: Final = {
    (case["counted"], case["n"]): (case["low"], case["high"])
    for case in json.loads(Path(__file__).with_name("values.json").read_text())["wilson"]
}


def results() -> MysteryResults:
    return mystery_results(Draft(Prose("mystery", "sv")), mystery_material(), VETLANDA.code)


def figure(measure: str) -> Figure:
    return results().figures[measure]


def report() -> Report:
    return mystery_report(mystery_material(), VETLANDA.code)


def wilson_by_hand(counted: int, n: int) -> tuple[float, float]:
    """The two shares p, in percent, with (k/n - p)² = z²·p(1 - p)/n: the roots of a quadratic."""
    share = counted / n
    a, b, c = 1 + Z**2 / n, -(2 * share + Z**2 / n), share**2
    root = math.sqrt(b**2 - 4 * a * c)
    return 100 * (-b - root) / (2 * a), 100 * (-b + root) / (2 * a)


@pytest.mark.parametrize(("counted", "n"), [(33, 54), (44, 52), (15, 47)])
def test_the_hand_formula_is_that_of_r(counted: int, n: int) -> None:
    assert wilson_by_hand(counted, n) == pytest.approx(R_WILSON[counted, n], abs=1e-9)


SHARES: Final = [
    ("tel.kontakt.andel", 33, 54, ALL_CALLS, "61 %", "48–73 %"),
    ("tel.matt2", 28, 54, ALL_CALLS, "52 %", "39–65 %"),
    ("epost.matt1", 44, 52, ALL_LETTERS, "85 %", "72–92 %"),
    ("epost.obesvarade", 5, 52, ALL_LETTERS, "10 %", "4–21 %"),
    ("epost.merinformation.andel", 15, 47, ANSWERED, "32 %", "20–46 %"),
    ("epost.avsandare.fullstandig", 47, 47, ANSWERED, "100 %", "92–100 %"),
]


@pytest.mark.parametrize(("measure", "counted", "n", "base", "shown", "interval"), SHARES)
def test_every_printed_share_comes_out_with_n_base_and_interval(
    measure: str, counted: int, n: int, base: str, shown: str, interval: str
) -> None:
    found = figure(measure)
    assert (found.counted, found.n, found.base) == (counted, n, base)
    assert found.value == pytest.approx(100 * counted / n)
    assert (found.low, found.high) == pytest.approx(wilson_by_hand(counted, n))
    assert found.rule == "measures.share"
    assert shown_value(results(), measure, "sv").replace("\N{NO-BREAK SPACE}", " ") == shown
    assert shown_interval(results(), measure, "sv").replace("\N{NO-BREAK SPACE}", " ") == interval


def test_matt_3_is_69_of_93_points_with_students_interval() -> None:
    points = [100.0] * 15 + [200 / 3] * 9 + [100 / 3] * 6 + [0.0]
    margin = T_30 * statistics.stdev(points) / math.sqrt(31)
    found = figure("tel.matt3")
    assert found.value == pytest.approx(100 * 69 / 93)
    assert (found.low, found.high) == pytest.approx((100 * 69 / 93 - margin, 100 * 69 / 93 + margin))
    assert (found.n, found.base, found.rule) == (31, WITH_ANSWER, "measures.index")
    assert shown_value(results(), "tel.matt3", "sv") == "74\N{NO-BREAK SPACE}%"


def test_the_mean_answer_time_is_seven_working_hours_of_47_letters() -> None:
    lengths = [4.0] * 37 + [12.0] * 7 + [30.0, 30.0, 36.0]
    margin = T_46 * statistics.stdev(lengths) / math.sqrt(47)
    found = figure("epost.svarstid.timmar")
    assert found.value == pytest.approx(statistics.mean(lengths))
    assert (found.low, found.high) == pytest.approx(
        (statistics.mean(lengths) - margin, statistics.mean(lengths) + margin)
    )
    assert (found.n, found.base, found.rule) == (47, ANSWERED, "measures.mean_hours")
    assert shown_value(results(), "epost.svarstid.timmar", "sv") == "7\N{NO-BREAK SPACE}timmar"


def test_contact_is_28_and_4_and_1_of_54_which_prints_as_52_and_7_and_2() -> None:
    chart = next(chart for chart in prose_of(report()).charts if chart.title.startswith("Tillgänglighet"))
    (row,) = chart.rows
    assert row.n == 54
    assert [round(share) for share in row.shares] == [52, 7, 2, 39]


def test_matt_1_says_that_adding_rounded_parts_would_give_84() -> None:
    callout = next(c for c in blocks_of(report(), Callout) if c.label.startswith("Mått 1"))
    assert callout.value == "85\N{NO-BREAK SPACE}%"
    assert "44 av 52" in callout.note
    assert "(71 + 13) blir 84\N{NO-BREAK SPACE}%" in callout.note


def test_the_poor_answers_are_21_without_contact_and_2_others() -> None:
    words = prose_of(report()).text_of("faktor-tel-svar")
    assert "23 samtal fick betyget dålig. I 21 av dem" in words
    assert "I 2 nådde vi" in words


def test_kommunledningskontoret_is_counted_beside_the_total() -> None:
    assert cover_fact(report(), "Samtal") == "54 i totalen, 6 till kommunledningskontoret"
    assert cover_fact(report(), "Brev") == "52 i totalen, 6 till kommunledningskontoret"
    areas = section(report(), "bilaga-verksamheter")
    assert "Kommunledningskontoret ingår inte i totalen." in prose_of(areas).text


def test_the_two_letters_left_out_are_stated_with_their_reason() -> None:
    method = prose_of(report()).text_of("metod")
    assert "2 brev" in method
    assert "oklart" in method


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("faktor-tel-kontakt", f"i nivå med snittet för likvärdiga kommuner (64 %){TOO_FEW}."),
        ("faktor-epost-svarstid", f"i nivå med snittet för likvärdiga kommuner (89 %){TOO_FEW}."),
        ("faktor-epost-merinformation", f"något under snittet för likvärdiga kommuner (40 %){NOT_ESTABLISHED}."),
        ("faktor-epost-avsandare", f"något bättre än snittet för likvärdiga kommuner (90 %){NOT_ESTABLISHED}."),
    ],
)
def test_the_reports_own_words_with_the_reserve_that_few_cases_call_for(part: str, words: str) -> None:
    (judgement,) = judgements(section(report(), part))
    assert judgement.text.replace("\N{NO-BREAK SPACE}", " ").endswith(words)
    assert judgement.rule == "wording.judge"


def test_seven_hours_stand_beside_the_printed_five_and_seven_without_a_judgement() -> None:
    part = section(report(), "svarstid-timmar")
    words = prose_of(part).text.replace("\N{NO-BREAK SPACE}", " ")
    assert not judgements(part)
    assert "förra mätningen" in words.lower()
    assert "5 timmar" in words
    assert "mellan 1 timme och 12 timmar" in words
