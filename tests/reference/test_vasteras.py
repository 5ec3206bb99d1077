"""The figures of the printed survey report (Västerås 2023), from counts, through the whole composition."""

from __future__ import annotations

from functools import cache

import pytest
from tests.composition.reading import blocks_of, chart_specs, judgements, prose_of, section
from tests.reference.printed import VASTERAS, first_timer, index_of, steered, survey_material

from lyhord.composition.draft import Draft
from lyhord.composition.own_standing import own_standing
from lyhord.composition.prose import Prose
from lyhord.composition.standing import standing_of
from lyhord.composition.survey.municipality import municipality_report
from lyhord.rendering import numbers
from lyhord.rendering.report import KeyFigures, Report, Table

PRINTED = [
    ("tel.bemotande", "82,7", "83,0", "kring snittet"),
    ("tel.enkelhet", "75,6", "73,8", "kring snittet"),
    ("epost.tydlighet", "86,0", "83,1", "kring snittet"),
    ("epost.enkelhet", "87,8", "79,4", "högre än snittet"),
]


@cache
def report(language: str = "sv") -> Report:
    return municipality_report(standing_of(survey_material()), VASTERAS.code, language)


@pytest.mark.parametrize(("item", "own", "total", "words"), PRINTED)
def test_the_index_the_total_and_the_words_are_the_reports(item: str, own: str, total: str, words: str) -> None:
    standing = standing_of(survey_material())
    found = own_standing(Draft(Prose("survey", "sv")), standing, VASTERAS.code)
    measure = standing.instrument.measure(f"{item}.index")
    assert numbers.decimal(found.figures[measure.id].value, 1, "sv") == own
    assert numbers.decimal(standing.totals[measure.id].mean_of_participants, 1, "sv") == total
    comparison = found.against(measure, "all")
    assert comparison is not None
    assert f" är {words} för övriga deltagande kommuner." in comparison.sentence


def test_with_only_a_hundred_letters_the_same_words_come_with_an_honest_reserve() -> None:
    found = municipality_report(standing_of(survey_material(email_answers=100)), VASTERAS.code)
    said = [judgement.text for judgement in judgements(section(found, "det-har-visar"))]
    assert " är kring snittet" in said[2]
    assert said[2].endswith(", men underlaget är för litet för att utesluta en tydlig skillnad.")
    assert said[3].endswith(" är högre än snittet för övriga deltagande kommuner.")


@pytest.mark.parametrize(("item", "own", "total", "words"), PRINTED)
def test_the_summary_shows_them(item: str, own: str, total: str, words: str) -> None:
    tile = next(
        tile
        for tiles in blocks_of(section(report(), "sammanfattning"), KeyFigures)
        for tile in tiles.tiles
        if tile.figure.measure == f"{item}.index"
    )
    assert tile.value == own
    assert total in tile.comparison
    assert any(f" är {words}" in judgement.text for judgement in judgements(section(report(), "det-har-visar")))


def test_three_results_are_around_the_total_and_one_is_above() -> None:
    said = [judgement.text for judgement in judgements(section(report(), "det-har-visar"))]
    assert ["kring" if " är kring snittet" in text else "högre" for text in said] == ["kring"] * 3 + ["högre"]
    assert all("statistiskt säkerställd" not in text for text in said)


def test_the_table_of_four_people_is_withheld_and_named() -> None:
    waiting = section(report(), "vantetid")
    assert "4" in prose_of(waiting).text
    assert all(VASTERAS.formal_name not in [row.label for row in chart.rows] for chart in prose_of(waiting).charts)
    assert not any(
        "75\N{NO-BREAK SPACE}%" in words for words in prose_of(waiting).text.split("\n") if "Västerås" in words
    )
    assert any(VASTERAS.formal_name in what and why for what, why in report().withheld)


def test_the_table_is_shown_once_seven_have_answered() -> None:
    seven = {"epost.vantat": {"3_5_dagar": 2, "over_5_dagar": 5}, "epost.skalig_tid": {"1_2_dagar": 7}}
    found = municipality_report(standing_of(survey_material(seven)), VASTERAS.code)
    assert any(row.label == VASTERAS.formal_name for row in prose_of(section(found, "vantetid")).charts[0].rows)
    assert not [what for what, _ in found.withheld if VASTERAS.formal_name in what]


def test_a_first_time_participant_has_no_previous_year() -> None:
    found = municipality_report(standing_of(first_timer(survey_material(), VASTERAS.code)), VASTERAS.code)
    labels = {cell.text for table in blocks_of(found, Table) for row in table.rows for cell in row}
    assert not [label for label in labels if label.startswith("Egen kommun 2022")]
    assert "deltar för första gången" in prose_of(found).text
    assert len(chart_specs(found)) == len(chart_specs(report())) + 1  # the totals of both years are still shown


def test_the_steered_participants_have_the_mean_and_the_range_asked_for() -> None:
    own = {"1": 10, "2": 0, "3": 20, "4": 70, "5": 300}
    members = steered(own, members=67, answers=18396, total=83, lowest=73, highest=91.5)
    indices = [index_of(each) for each in members]
    assert sum(indices) / 67 == pytest.approx(83, abs=0.005)
    assert (min(indices), max(indices)) == pytest.approx((73, 91.5), abs=0.05)
    assert sum(sum(each.values()) for each in members) == 18396
