from __future__ import annotations

import pytest
from tests.composition.rounds import GRADES, blocks, country, standing

from lyhord.composition.survey.national import NATIONAL
from lyhord.rendering.alphabet import in_swedish_order
from lyhord.rendering.charts.spec import Ranked
from lyhord.rendering.report import Bullets, Chart, KeyFigures, Section, Table


def only_table(section_id: str, language: str = "sv") -> Table:
    (table,) = (block for block in section(section_id, language).blocks if isinstance(block, Table))
    return table


def section(section_id: str, language: str = "sv") -> Section:
    return next(each for _, each in country(language).walk() if each.id == section_id)


def test_it_belongs_to_the_country() -> None:
    assert country().municipality == NATIONAL
    assert country().id == "skr-servicematning-2023-riket-sv"


def test_all_participants_over_the_threshold_stand_named_in_order() -> None:
    (chart, _) = (block for block in section("i-ordning").blocks if isinstance(block, Chart))
    assert isinstance(chart.spec, Ranked)
    values = [mark.value or 0 for mark in chart.spec.marks]
    assert values == sorted(values, reverse=True)
    assert all(mark.label for mark in chart.spec.marks)
    assert all((mark.n or 0) >= 100 for mark in chart.spec.marks)
    assert chart.spec.rank_low is None


def test_every_participant_stands_in_the_table_with_n_and_small_ones_without_figures() -> None:
    rows = {row[0].text: row for row in only_table("alla-kommuner").rows}
    assert len(rows) == len(GRADES)
    assert rows["Provort 9912"][1].text == "för få svar"
    assert rows["Provort 9912"][1].number is None
    assert rows["Exempelköping"][1].text == "78,8 (200)"
    assert rows["Provort 9911"][3].text == "–"


def test_a_kind_of_municipality_with_fewer_than_five_large_enough_members_is_not_shown() -> None:
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in only_table("kommuntyper").rows}
    assert rows["Städer"][0].endswith("(9)")
    assert set(rows["Lågpendlings- och landsbygdskommuner"]) == {"för få kommuner"}


def test_the_tiles_show_the_printed_totals_and_how_many_municipalities_they_are_the_mean_of() -> None:
    (tiles,) = (block.tiles for block in blocks(country()) if isinstance(block, KeyFigures))
    assert [tile.figure.measure for tile in tiles] == list(standing().totals)
    for tile in tiles:
        total = standing().totals[tile.figure.measure]
        assert tile.figure.value == total.mean_of_participants
        assert tile.figure.n == total.members


def test_a_range_is_not_set_by_a_participant_with_few_answers() -> None:
    """9911 has the lowest courtesy of all, on 29 answers."""
    measure = standing().instrument.measure("tel.bemotande.index")
    lowest, _ = standing().spread(measure)
    assert lowest == pytest.approx(67.5)
    (tiles,) = (block.tiles for block in section("sammanfattning").blocks if isinstance(block, KeyFigures))
    assert tiles[0].comparison.startswith("Spridning 67,5–")


def test_the_summary_tells_what_changed_and_what_stands_out_in_cases_and_comments() -> None:
    (found,) = (block for block in section("det-har-visar").blocks if isinstance(block, Bullets))
    assert any("jämfört med 82,0 år 2022" in item for item in found.items)
    assert any(item.startswith("Enkelhet, telefoni: högst resultat har") for item in found.items)
    assert any("negativa omnämnanden" in item for item in found.items)


def test_both_languages_have_the_same_sections_and_kinds_of_blocks() -> None:
    swedish, english = ([s.id for _, s in country(language).walk()] for language in ("sv", "en"))
    assert swedish == english
    kinds = [[type(block) for block in blocks(country(language))] for language in ("sv", "en")]
    assert kinds[0] == kinds[1]


def test_charts_and_tables_are_numbered_in_reading_order() -> None:
    for kind in (Chart, Table):
        numbers = [block.number for block in blocks(country()) if isinstance(block, kind)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_kolada_rows_of_all_are_those_with_thirty_answers_in_the_channel() -> None:
    by_phone = {row.municipality for row in country().kolada if row.kpi == "N00671"}
    assert by_phone == {code for code, grades in GRADES.items() if sum(grades) >= 30}


def test_swedish_letters_come_last_in_their_own_order() -> None:
    assert sorted(["Örby", "Ärla", "Åby", "Zinkby", "alby"], key=in_swedish_order) == [
        "alby",
        "Zinkby",
        "Åby",
        "Ärla",
        "Örby",
    ]
