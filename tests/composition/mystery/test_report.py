"""What one municipality's mystery report holds, says and leaves unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from tests.composition.reading import blocks_of, judgements, prose_of, section, section_ids
from tests.reference.printed import (
    MYSTERY,
    OUTSIDE_TOTAL,
    VETLANDA,
    VETLANDA_TOTAL,
    mystery_material,
    printed_group,
    vetlanda_quotations,
)

from lyhord.composition.material import CompositionError, RoundMaterial
from lyhord.composition.mystery.municipality import mystery_report
from lyhord.files.quotations import InterviewerComment, Quotations
from lyhord.instruments import catalogue
from lyhord.method.tally import Cell, ExternalFigure, Place, Tally
from lyhord.rendering.report import Callout, Chart, KeyFigures, Report, Table
from lyhord.rendering.report import Quotations as Quoted

Total = Mapping[str, Mapping[str, int]]
CALLS: Total = {item: counts for item, counts in VETLANDA_TOTAL.items() if item.startswith("tel.")}
LETTERS: Total = {item: counts for item, counts in VETLANDA_TOTAL.items() if item.startswith("epost.")}
HUNDRED = re.compile(r"\d\s?%|procentenhet")


def composed(material: RoundMaterial | None = None, language: str = "sv") -> Report:
    return mystery_report(material or mystery_material(), VETLANDA.code, language)


def calls_only() -> RoundMaterial:
    return mystery_material(CALLS, outside={}, answer_hours=(), quotations=Quotations(), excluded=())


def letters_only() -> RoundMaterial:
    quotations = replace(vetlanda_quotations(), comments=())
    return mystery_material(LETTERS, outside={}, quotations=quotations)


@pytest.mark.parametrize("kind", [Chart, Table])
@pytest.mark.parametrize("make", [mystery_material, calls_only, letters_only])
def test_charts_and_tables_are_numbered_from_one_without_gaps(
    kind: type[Chart | Table], make: Callable[[], RoundMaterial]
) -> None:
    numbers = [block.number for block in blocks_of(composed(make()), kind)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def test_section_ids_are_unique() -> None:
    ids = section_ids(composed())
    assert len(ids) == len(set(ids))


def test_every_figure_has_n_base_rule_and_interval() -> None:
    report = composed()
    charted = [figure for chart in blocks_of(report, Chart) for figure in chart.figures]
    tiled = [tile.figure for tiles in blocks_of(report, KeyFigures) for tile in tiles.tiles]
    called = [callout.figure for callout in blocks_of(report, Callout) if callout.figure]
    figures = [*charted, *tiled, *called]
    assert len(figures) > 20
    assert all(f.n and f.base and f.rule and f.low is not None and f.high is not None for f in figures)


def test_the_contents_of_the_printed_report_are_there_in_its_order() -> None:
    factors = [each for each in section_ids(composed()) if each.startswith(("faktor-", "svarstid-", "obesvarade"))]
    assert factors == [
        "faktor-tel-kontakt",
        "faktor-tel-svar",
        "faktor-tel-information",
        "faktor-tel-intresse",
        "faktor-tel-bemotande",
        "faktor-epost-svarstid",
        "svarstid-timmar",
        "faktor-epost-avsandare",
        "faktor-epost-merinformation",
        "obesvarade-brev",
    ]
    assert {"bakgrund", "metod", "jamforelser", "kkik", "bilaga-verksamheter"} <= set(section_ids(composed()))


def test_areas_are_shown_in_counts_without_percent_or_judgement() -> None:
    areas = section(composed(), "bilaga-verksamheter")
    charts = prose_of(areas).charts
    assert len(charts) == 8
    assert all(spec.unit == "" and all(len(row.counts) == len(row.shares) for row in spec.rows) for spec in charts)
    assert not judgements(areas)
    assert not HUNDRED.search(prose_of(areas).text)


def test_comments_stand_in_quotes_without_their_area_where_calls_are_few() -> None:
    report = composed()
    quotes = [quote for block in blocks_of(section(report, "resultat-telefon"), Quoted) for quote in block.quotes]
    assert len(quotes) == 3
    assert all(quote.text.startswith("”") and quote.text.endswith("”") and not quote.attribution for quote in quotes)
    assert [what for what, _ in report.withheld if "Intervjuarnas kommentarer" in what]


def test_a_comment_keeps_its_area_where_there_are_calls_enough() -> None:
    material = mystery_material(quotations=Quotations((InterviewerComment("tel", "bygglov", "svar", "Bra.", "0685"),)))
    many = Tally.from_cells(
        [(Cell(Place(MYSTERY, MYSTERY, "0685", "tel", "area", "bygglov"), "tel.kontakt", "inom_60"), 40)]
    )
    counts = replace(material.counts, tally=material.counts.tally + many)
    (block,) = blocks_of(composed(replace(material, counts=counts)), Quoted)
    assert block.quotes[0].attribution == "Bygglov"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_example_answers_are_never_quoted(language: str) -> None:
    words = prose_of(composed(language=language)).text
    assert "Finns det kooperativ?" in words
    assert not [trace for trace in ("Kim", "Exempelsson", "0123", "ordnar") if trace in words]


def test_unanswered_letters_stand_by_area_and_moment_with_weekday_and_time() -> None:
    (table,) = blocks_of(section(composed(), "obesvarade-brev"), Table)
    rows = [(row[0].text, row[2].text.replace("\N{NO-BREAK SPACE}", " ")) for row in table.rows]
    assert rows == [
        ("Grundskola", "sön 22/10 10:35"),
        ("Grundskola", "tis 7/11 17:55"),
        ("Miljö och hälsa", "ons 18/10 20:00"),
        ("Handikappomsorg", "fre 10/11 12:50"),
        ("Kultur och fritid", "tors 9/11 19:50"),
    ]


def test_letters_answered_too_late_are_counted_beside_the_list() -> None:
    quotations = replace(vetlanda_quotations(), unanswered=vetlanda_quotations().unanswered[:3])
    words = prose_of(composed(mystery_material(quotations=quotations))).text_of("obesvarade-brev")
    assert "Dessutom räknas 2 brev som obesvarade" in words


def test_without_a_list_nobody_claims_that_all_were_answered() -> None:
    words = prose_of(composed(mystery_material(quotations=Quotations()))).text_of("obesvarade-brev")
    assert "Brev utan svar inom två veckor: 5." in words


def test_when_all_letters_were_answered_it_says_so() -> None:
    total = {**VETLANDA_TOTAL, "epost.svarstid": {"inom_1_dygn": 52}}
    words = prose_of(composed(mystery_material(total, quotations=Quotations()))).text_of("obesvarade-brev")
    assert "Alla brev besvarades inom två veckor." in words


def test_without_comparison_values_it_says_so_and_judges_nothing() -> None:
    report = composed(mystery_material(external=()))
    assert "Mätningen har inga jämförelsevärden." in prose_of(report).text_of("jamforelser")
    assert not judgements(report)


def test_an_earlier_figure_across_a_break_is_left_out_and_explained() -> None:
    earlier = ExternalFigure("tel.matt2", "förra", 50, "rapporten", round="kkik-mystery-2016", municipality="0685")
    report = composed(mystery_material(external=(earlier,)))
    assert "Mått 2 kan därför inte jämföras bakåt." in prose_of(report).text_of("jamforelser")
    assert not judgements(report)


def test_an_earlier_comparable_figure_is_judged() -> None:
    earlier = ExternalFigure("epost.matt1", "förra", 60, "rapporten", round="kkik-mystery-2016", municipality="0685")
    (judgement,) = judgements(composed(mystery_material(external=(earlier,))))
    assert judgement.text.replace("\N{NO-BREAK SPACE}", " ") == "Det är högre än förra mätningen (60 %)."


def test_another_rounds_group_is_not_this_rounds() -> None:
    other = replace(printed_group()[0], round="kkik-mystery-2015")
    assert not judgements(composed(mystery_material(external=(other,))))


def test_a_round_without_letters_is_about_calls() -> None:
    report = composed(calls_only())
    assert "resultat-e-post" not in section_ids(report)
    assert [label for label, _ in report.cover.facts] == ["Mätperiod", "Samtal"]
    assert "brev" not in prose_of(section(report, "sammanfattning")).text.lower()
    assert not [word for word in prose_of(report).text.split("\n") if "(0 av 0" in word or word == "–"]


def test_a_round_without_calls_is_about_letters() -> None:
    report = composed(letters_only())
    assert "resultat-telefon" not in section_ids(report)
    assert [label for label, _ in report.cover.facts] == ["Mätperiod", "Brev"]
    assert [row[0].text[:6] for row in blocks_of(section(report, "kkik"), Table)[0].rows] == ["Mått 1"]


def test_a_factor_with_few_cases_shows_counts_and_is_not_judged() -> None:
    total = {**VETLANDA_TOTAL, "epost.merinformation": {"ja": 1, "nej": 3}}
    part = section(composed(mystery_material(total)), "faktor-epost-merinformation")
    (chart,) = prose_of(part).charts
    assert (chart.unit, chart.rows[0].counts) == ("", (1, 3))
    assert "för litet för procent" in prose_of(part).text
    assert not judgements(part)
    assert not HUNDRED.search(prose_of(part).text)


def test_a_factor_that_nobody_graded_says_so_without_a_chart() -> None:
    total = {item: counts for item, counts in VETLANDA_TOTAL.items() if item != "tel.information"}
    part = section(composed(mystery_material(total)), "faktor-tel-information")
    assert not prose_of(part).charts
    assert "Det fanns inget att bedöma här." in prose_of(part).text


@pytest.mark.parametrize(
    ("poor", "no_contact", "words"),
    [
        (21, 21, "alla för att vi inte fick kontakt"),
        (2, 0, "alla för att den handläggare vi nådde"),
        (23, 21, "I 21 av dem"),
    ],
)
def test_the_causes_of_poor_answers_are_told_as_they_are(poor: int, no_contact: int, words: str) -> None:
    reached = 54 - no_contact
    total = {
        **VETLANDA_TOTAL,
        "tel.kontakt": {"inom_60": reached, "ingen_kontakt": no_contact},
        "tel.svar": {"god": 54 - poor, "dalig": poor},
    }
    assert words in prose_of(composed(mystery_material(total))).text_of("faktor-tel-svar")


def test_nothing_counted_is_an_error_with_a_remedy() -> None:
    with pytest.raises(CompositionError, match="Check the file and its rejects"):
        composed(mystery_material({}, outside=OUTSIDE_TOTAL, answer_hours=()))


def test_only_assumptions_behind_a_printed_figure_are_listed_the_rest_by_reference() -> None:
    words = prose_of(composed()).text_of("antaganden")
    everything = catalogue.load(MYSTERY).assumptions
    assert 5 <= sum(each.reason in words for each in everything) < len(everything)
    assert "Koladas nummer" not in words
    assert f"Alla {len(everything)} antaganden står i instrumentet {MYSTERY}" in words
    assert "Svarstider" not in prose_of(composed(calls_only())).text_of("antaganden")


@pytest.mark.parametrize("make", [mystery_material, calls_only, letters_only])
def test_swedish_and_english_have_the_same_structure(make: Callable[[], RoundMaterial]) -> None:
    swedish, english = composed(make()), composed(make(), "en")
    shape = [each for each in section_ids(swedish) if each != "antaganden"]  # stated only in the sources' language
    assert shape == section_ids(english)
    for kind in (Chart, Table, Callout, Quoted):
        assert len(blocks_of(swedish, kind)) == len(blocks_of(english, kind))
    assert [j.rule for j in judgements(swedish)] == [j.rule for j in judgements(english)]
    assert not [mark for mark in ("{", "}") if mark in prose_of(english).text]
