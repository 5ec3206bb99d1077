from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest
from tests.builders import EXEMPELKOPING
from tests.composition.rounds import (
    AT_EXTERNAL,
    FEW,
    GRADES,
    NEWCOMER,
    PREVIOUS,
    UNDER_COMPARE,
    UNDER_EXTERNAL,
    UNDER_PUBLISH,
    WAITING,
    blocks,
    country,
    halved,
    material,
    report,
    standing,
)

from lyhord.composition.composing import composer_for
from lyhord.composition.material import CompositionError
from lyhord.composition.standing import standing_of
from lyhord.composition.survey.municipality import municipality_report
from lyhord.method.comparison import against_others
from lyhord.method.figures import Figure, Unit
from lyhord.method.ranking import RankSet
from lyhord.method.tally import Counts, Place, Tally
from lyhord.rendering.charts.spec import Ranked, StackedShares
from lyhord.rendering.report import Chart, Judgement, KeyFigures, Paragraph, Report, Section, Table

METHOD_PAGES = Path(__file__).resolve().parents[2] / "docs" / "method"
TELLING = (EXEMPELKOPING, WAITING, NEWCOMER, UNDER_COMPARE, AT_EXTERNAL, UNDER_EXTERNAL, UNDER_PUBLISH)
EVERY_REPORT = [(code, language) for code in TELLING for language in ("sv", "en")]
FEW_BY_EMAIL = ("9901", "9902", "9903", "9904", UNDER_COMPARE, AT_EXTERNAL)  # six by phone, four by e-mail
# Words that are Swedish and nothing else; names of the field (bemötande) may stand in brackets.
SWEDISH_WORDS = ("och", "inte", "kommuner", "svar", "frågan", "för få", "minst", "andel", "telefoni", "procent", "där")


def index_of(grades: tuple[int, ...]) -> float:
    """The mean of 0/25/50/75/100, by hand."""
    return sum(25 * step * count for step, count in enumerate(grades)) / sum(grades)


def values_in(value: object, kind: type) -> Iterator[object]:
    """Every value of one type anywhere inside a report."""
    if isinstance(value, kind):
        yield value
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from values_in(getattr(value, field.name), kind)
    elif isinstance(value, tuple):
        for each in value:
            yield from values_in(each, kind)


def figures_among(value: object) -> list[Figure]:
    return [figure for figure in values_in(value, Figure) if isinstance(figure, Figure)]


def figures_in(composed: Report) -> list[Figure]:
    return figures_among(composed.sections)


def texts_in(value: object) -> list[str]:
    return [text for text in values_in(value, str) if isinstance(text, str)]


def charts_in(composed: Report) -> list[Chart]:
    return [block for block in blocks(composed) if isinstance(block, Chart)]


def tables_in(composed: Report) -> list[Table]:
    return [block for block in blocks(composed) if isinstance(block, Table)]


def section_of(composed: Report, section_id: str) -> Section:
    return next(section for _, section in composed.walk() if section.id == section_id)


def section_ids(composed: Report) -> list[tuple[int, str]]:
    return [(depth, section.id) for depth, section in composed.walk()]


def comparisons(composed: Report, question: str) -> Table:
    return next(table for table in tables_in(composed) if table.title == f"{question}: jämförelser")


def tile_values(composed: Report) -> dict[str, str]:
    tiles = (tile for block in blocks(composed) if isinstance(block, KeyFigures) for tile in block.tiles)
    return {tile.figure.measure: tile.value for tile in tiles}


# The totals and what one's own is judged against


def test_the_printed_total_is_the_plain_mean_of_those_with_thirty_answers_own_included() -> None:
    members = [index_of(grades) for grades in GRADES.values() if sum(grades) >= 30]
    total = standing().totals["tel.bemotande.index"]
    assert total.members == len(members) == 10
    assert total.mean_of_participants == pytest.approx(sum(members) / 10)


def test_the_mean_of_answers_leaves_out_a_municipality_too_small_to_show() -> None:
    shown = [grades for grades in GRADES.values() if sum(grades) >= 7]
    pooled = tuple(sum(each) for each in zip(*shown, strict=True))
    assert standing().totals["tel.bemotande.index"].mean_of_answers == pytest.approx(index_of(pooled))


def test_one_s_own_is_judged_against_the_others_alone() -> None:
    measure = standing().instrument.measure("tel.bemotande.index")
    own = standing().result_of(measure, EXEMPELKOPING)
    assert own is not None
    others = [index_of(grades) for code, grades in GRADES.items() if code != EXEMPELKOPING and sum(grades) >= 30]
    expected = against_others(own, standing().others(measure, EXEMPELKOPING))
    assert expected is not None
    assert expected.reference == pytest.approx(sum(others) / len(others))
    table = comparisons(report(), "Bemötande, telefoni")
    assert table.rows[0][1].number == len(others)
    assert table.rows[0][2].number == pytest.approx(sum(others) / len(others))
    assert table.rows[0][3].number == pytest.approx(own.value - sum(others) / len(others))


def test_a_group_with_fewer_than_five_others_is_named_but_not_shown() -> None:
    table = comparisons(report(UNDER_COMPARE), "Bemötande, telefoni")
    group = next(row for row in table.rows if row[0].text.startswith("Kommungruppen"))
    assert [cell.number for cell in group] == [None] * 6
    assert group[-1].text == "för få kommuner"


# Thresholds


def test_a_municipality_under_a_hundred_answers_is_not_ranked_and_the_note_says_so() -> None:
    chart = next(chart for chart in charts_in(report(UNDER_COMPARE)) if isinstance(chart.spec, Ranked))
    assert isinstance(chart.spec, Ranked)
    assert chart.spec.rank_low is None
    assert len(chart.spec.marks) == 8
    assert "har 99 svar och rangordnas därför inte" in chart.note


def test_a_ranked_municipality_is_told_between_which_places_it_lies() -> None:
    chart = next(chart for chart in charts_in(report()) if isinstance(chart.spec, Ranked))
    assert isinstance(chart.spec, Ranked)
    low, high = chart.spec.rank_low, chart.spec.rank_high
    assert low is not None
    assert high is not None
    assert 1 <= low <= high <= 8
    assert f"den kan vara vilken som helst mellan {low} och {high}" in chart.note


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (2, 2, "ligger på plats 2, och det är statistiskt säkerställt"),
        (1, 8, "platsen kan vara vilken som helst i listan"),
        (1, 5, "den kan vara vilken som helst mellan 1 och 5"),
    ],
)
def test_a_place_is_said_as_surely_as_its_set_allows(low: int, high: int, said: str) -> None:
    measure = "tel.bemotande.index"
    ranks = {**standing().ranks, measure: {EXEMPELKOPING: RankSet(EXEMPELKOPING, 2, low, high, 8)}}
    composed = municipality_report(replace(standing(), ranks=ranks), EXEMPELKOPING)
    chart = next(chart for chart in charts_in(composed) if isinstance(chart.spec, Ranked))
    assert said in chart.note


def test_the_others_stay_unnamed_in_a_rank_chart() -> None:
    chart = next(chart for chart in charts_in(report()) if isinstance(chart.spec, Ranked))
    assert isinstance(chart.spec, Ranked)
    assert sorted({mark.label for mark in chart.spec.marks}) == ["", "Exempelköping"]


def test_under_seven_answers_nothing_is_shown_and_the_report_says_what_is_withheld() -> None:
    composed = report(UNDER_PUBLISH)
    assert tile_values(composed) == {"tel.bemotande.index": "för få svar", "tel.enkelhet.index": "för få svar"}
    own = [
        section for _, section in composed.walk() if section.id.startswith(("sammanfattning", "eget", "egna", "tal"))
    ]
    shown = {figure.measure for figure in figures_among(tuple(own)) if figure.value is not None}
    assert shown == {"tel.antal"}
    assert ("Resultat för Provort 9912 kommun: telefoni", "för få svar") in composed.withheld
    section = section_of(composed, "eget-resultat-tel")
    assert not section.sections
    assert [type(block) for block in section.blocks] == [Paragraph]


def test_few_answers_are_shown_with_a_word_of_caution() -> None:
    texts = texts_in(section_of(report(UNDER_EXTERNAL), "eget-resultat-tel").blocks)
    assert any("färre än 30 svar och ska läsas med försiktighet" in text for text in texts)


def test_four_who_wait_are_not_shown_and_their_table_is_listed_as_withheld() -> None:
    section = section_of(report(), "vantetid")
    rows = [row.label for chart in section.blocks if isinstance(chart, Chart) for row in stacked(chart).rows]
    assert "Exempelköping kommun" not in rows
    assert ("Väntetid på e\N{NON-BREAKING HYPHEN}post, Exempelköping kommun", "för få svar") in report().withheld


def test_twenty_who_wait_are_shown() -> None:
    section = section_of(report(WAITING), "vantetid")
    first = next(block for block in section.blocks if isinstance(block, Chart))
    assert stacked(first).rows[0].label == "Provort 9902 kommun"
    assert stacked(first).rows[0].shares == pytest.approx((10, 15, 25, 50))


def test_five_of_them_who_answered_the_next_question_are_not() -> None:
    (_, second, *_) = (block for block in section_of(report(WAITING), "vantetid").blocks if isinstance(block, Chart))
    assert [row.label for row in stacked(second).rows] == ["Alla deltagande kommuner"]


def stacked(chart: Chart) -> StackedShares:
    assert isinstance(chart.spec, StackedShares)
    return chart.spec


@pytest.mark.parametrize("code", TELLING[:-1])
def test_no_category_can_be_had_by_subtracting_the_others(code: str) -> None:
    """What is hidden, rest included, is never one small cell: the total minus what is shown leaves at least seven."""
    section = section_of(report(code), "egna-kategorier")
    shown: dict[str, int] = {}
    for figure in figures_among(section):
        shown.setdefault(figure.measure, 0)
        if figure.value is not None:
            assert (figure.n or 0) >= 7
            shown[figure.measure] += figure.n or 0
    own = {m.id: standing().own_counts(m.item, code).n for m in standing().headline}
    for measure, n in shown.items():
        left = own[measure] - n
        assert left == 0 or left >= 7, (measure, left)


def test_a_category_that_only_guards_another_is_listed_as_withheld() -> None:
    withheld = dict(report().withheld)
    title = "Resultat per ärendekategori i Exempelköping kommun"
    assert withheld[f"{title}: Bygglov"] == "för få svar"


def test_a_theme_with_fewer_than_ten_comments_is_withheld_and_listed() -> None:
    (chart,) = (block for block in section_of(report(), "egna-teman").blocks if isinstance(block, Chart))
    assert [row.label for row in stacked(chart).rows] == ["Bemötande"]
    assert ("Teman i kommentarerna till Exempelköping kommun: Svarstid", "för få svar") in report().withheld


# A municipality alone, or a channel with too few


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_municipality_among_fewer_than_six_gets_no_totals_ranks_or_national_sections(language: str) -> None:
    composed = report(EXEMPELKOPING, language, FEW)
    ids = {section.id for _, section in composed.walk()}
    assert not ids & {"alla-deltagande", "alla-deltagande-tel", "arendekategori", "kommentarer"}
    assert not any(isinstance(chart.spec, Ranked) for chart in charts_in(composed))
    said = " ".join(text for _, s in composed.walk() if s.id != "sa-har-vi-raknat" for text in texts_in(s.blocks))
    for word in ("Totalsnitt", "Overall mean", "Alla deltagande kommuner", "All participating municipalities"):
        assert word not in said


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_municipality_alone_is_told_nothing_of_totals_ranks_or_others_to_compare_with(language: str) -> None:
    composed = report(EXEMPELKOPING, language, (EXEMPELKOPING,))
    said = " ".join(texts_in((composed.sections, composed.cover)))
    assert "100" in said
    words = ("otalsnitt", "verall mean", "lacering", "ranked", "kommuner deltog", "took part", "jämförelsen mellan")
    assert not [word for word in words if word in said]


def test_a_municipality_alone_has_no_chart_of_comparisons_where_nothing_earlier_was_measured() -> None:
    section = section_of(report(EXEMPELKOPING, "sv", (EXEMPELKOPING,)), "eget-resultat-epost")
    assert not [block for block in section.blocks if isinstance(block, Chart)]


def test_a_municipality_alone_does_not_get_the_others_waiting_times_as_a_sum() -> None:
    section = section_of(report(EXEMPELKOPING, "sv", FEW), "vantetid")
    assert not [block for block in section.blocks if isinstance(block, Chart)]


def test_a_round_of_few_has_no_national_report() -> None:
    assert not composer_for(material(FEW)).national
    assert composer_for(material()).national


def test_a_channel_with_too_few_participants_is_not_summed_although_the_other_is() -> None:
    composed = report(EXEMPELKOPING, "sv", FEW_BY_EMAIL)
    ids = {section.id for _, section in composed.walk()}
    assert "alla-deltagande-tel" in ids
    assert "alla-deltagande-epost" not in ids
    columns = [column.heading for table in tables_in(composed) if "kanal" in table.title for column in table.columns]
    assert columns
    assert not [heading for heading in columns if "e-post" in heading]
    assert not [chart for chart in section_of(composed, "vantetid").blocks if isinstance(chart, Chart)]


def test_a_municipality_that_measured_e_mail_alone_is_not_said_to_have_been_telephoned() -> None:
    by_place = {
        (place, item): counts
        for (place, item), counts in material().counts.tally.by_place.items()
        if (place.municipality, place.channel) != (EXEMPELKOPING, "tel")
    }
    given = replace(material(), counts=replace(material().counts, tally=Tally(by_place)))
    composed = municipality_report(standing_of(given), EXEMPELKOPING)
    lead = section_of(composed, "sammanfattning").blocks[0]
    assert isinstance(lead, Paragraph)
    assert lead.text.startswith("100 invånare har berättat hur det var att få svar på e")
    assert lead.text.endswith("Kommunen mätte inte telefoni.")
    assert not [text for text in texts_in(composed.sections) if text.startswith("0 invånare") or " 0 invånare" in text]
    assert dict(composed.cover.facts)["Svar i kommunen"].startswith("100 om e")
    (table,) = (block for block in section_of(composed, "egna-kategorier").blocks if isinstance(block, Table))
    assert not [column.heading for column in table.columns if "telefoni" in column.heading]


# Earlier rounds


def test_one_s_own_earlier_result_is_compared_with() -> None:
    table = comparisons(report(), "Bemötande, telefoni")
    row = table.rows[-1]
    assert row[0].text == "Egen kommun 2022"
    assert row[2].number == pytest.approx(index_of(halved(GRADES[EXEMPELKOPING])))


@pytest.mark.parametrize("counted_before", [False, True])
def test_a_first_time_participant_shows_no_earlier_year(counted_before: bool) -> None:
    given = material()
    if counted_before:
        earlier = {
            (place._replace(municipality=NEWCOMER), item): counts
            for (place, item), counts in given.counts.tally.by_place.items()
            if place == Place(PREVIOUS, PREVIOUS, EXEMPELKOPING, "tel")
        }
        tally = Tally({**given.counts.tally.by_place, **earlier})
        given = replace(given, counts=replace(given.counts, tally=tally))
    composed = municipality_report(standing_of(given), NEWCOMER, "sv")
    texts = texts_in(composed.sections)
    assert "Egen kommun 2022" not in texts
    assert any("deltar för första gången" in text for text in texts)


# What holds for every report


@pytest.mark.parametrize(("code", "language"), EVERY_REPORT)
def test_charts_and_tables_are_numbered_from_one_in_reading_order(code: str, language: str) -> None:
    composed = report(code, language)
    assert [chart.number for chart in charts_in(composed)] == list(range(1, len(charts_in(composed)) + 1))
    assert [table.number for table in tables_in(composed)] == list(range(1, len(tables_in(composed)) + 1))


@pytest.mark.parametrize("code", TELLING)
def test_every_judgement_has_a_documented_rule_and_figures_with_their_n(code: str) -> None:
    judgements = [block for block in blocks(report(code)) if isinstance(block, Judgement)]
    assert bool(judgements) == (sum(GRADES[code]) >= 7)
    for judgement in judgements:
        assert (METHOD_PAGES / f"{judgement.rule.split('.')[0]}.md").is_file(), judgement.rule
        assert judgement.figures
        assert all(figure.n for figure in judgement.figures)


@pytest.mark.parametrize(("code", "language"), [*EVERY_REPORT, ("riket", "sv"), ("riket", "en")])
def test_every_figure_with_a_value_has_n_base_rule_and_interval(code: str, language: str) -> None:
    composed = country(language) if code == "riket" else report(code, language)
    shown = [figure for figure in figures_in(composed) if figure.value is not None]
    assert shown
    for figure in shown:
        assert figure.n, figure
        assert figure.base, figure
        assert (METHOD_PAGES / f"{figure.rule.split('.')[0]}.md").is_file(), figure.rule
        if figure.unit is not Unit.COUNT:
            assert figure.low is not None, figure
            assert figure.high is not None, figure
            assert figure.low <= (figure.value or 0) <= figure.high


@pytest.mark.parametrize("code", TELLING)
def test_a_withheld_figure_has_no_value_interval_or_numerator_left_in_it(code: str) -> None:
    for figure in figures_in(report(code)):
        if figure.withheld:
            assert (figure.value, figure.low, figure.high, figure.counted) == (None, None, None, None)


@pytest.mark.parametrize("code", TELLING)
def test_no_chart_draws_fewer_than_seven_answers(code: str) -> None:
    drawn = [
        row for chart in charts_in(report(code)) if isinstance(chart.spec, StackedShares) for row in chart.spec.rows
    ]
    assert not [row for row in drawn if row.shares and (row.n or 0) < 7]


@pytest.mark.parametrize("code", TELLING)
def test_kolada_gets_rows_on_thirty_answers_with_one_decimal(code: str) -> None:
    rows = report(code).kolada
    by_phone, by_email = sum(GRADES[code]), sum(halved(GRADES[code])) if code <= "9908" else 0
    expected = {"N00671", "N00672", "N00675"} if by_phone >= 30 else set()
    expected |= {"N00673", "N00674", "N00676"} if by_email >= 30 else set()
    assert {row.kpi for row in rows} == expected
    assert all(row.value == round(row.value, 1) and row.period == 2023 for row in rows)


def test_kolada_gets_the_index_rounded_half_away_from_zero() -> None:
    rows = {row.kpi: row.value for row in report().kolada}
    assert index_of(GRADES[EXEMPELKOPING]) == 78.75
    assert rows["N00671"] == 78.8
    assert rows["N00675"] == 200


def test_the_two_measures_of_ease_are_told_apart_in_the_kolada_table() -> None:
    (table,) = (block for block in section_of(report(), "kolada").blocks if isinstance(block, Table))
    names = [row[1].text for row in table.rows]
    assert "Enkelhet, telefoni" in names
    assert len(names) == len(set(names)) == 6


def test_a_report_without_kolada_rows_says_why() -> None:
    texts = texts_in(section_of(report(UNDER_EXTERNAL), "kolada"))
    assert "Kommunen har färre än 30 svar i båda kanalerna. Därför lämnas inga värden till Kolada." in texts


@pytest.mark.parametrize("code", TELLING)
def test_both_languages_have_the_same_sections_charts_tables_and_numbers(code: str) -> None:
    swedish, english = report(code, "sv"), report(code, "en")
    assert section_ids(swedish) == section_ids(english)
    kinds = [[type(block) for block in blocks(each)] for each in (swedish, english)]
    assert kinds[0] == kinds[1]
    numbers = [list(values_in(each.sections, float)) for each in (swedish, english)]
    assert numbers[0] == numbers[1]
    assert [row.value for row in swedish.kolada] == [row.value for row in english.kolada]
    assert len(swedish.withheld) == len(english.withheld)


@pytest.mark.parametrize("code", [*TELLING, "riket"])
def test_the_english_report_holds_no_swedish_outside_names(code: str) -> None:
    composed = country("en") if code == "riket" else report(code, "en")
    spoken = [text for text in texts_in((composed.sections, composed.cover, composed.withheld)) if " " in text]
    words = {word.strip(".,:()”“") for text in spoken for word in text.replace("\N{NO-BREAK SPACE}", " ").split(" ")}
    assert not words & set(SWEDISH_WORDS)
    assert not [text for text in spoken if any(phrase in text for phrase in SWEDISH_WORDS if " " in phrase)]


def test_english_quotes_open_and_close_each_their_way() -> None:
    crooked = [text for text in texts_in(report(EXEMPELKOPING, "en").sections) if text.count("“") != text.count("”")]
    assert not crooked


def test_composing_twice_gives_equal_reports() -> None:
    again = municipality_report(standing_of(material()), EXEMPELKOPING, "sv")
    assert again == report()
    assert again is not report()


def test_sections_have_ids_of_their_own() -> None:
    ids = [section_id for _, section_id in section_ids(report())]
    assert len(ids) == len(set(ids))
    assert all(one != other for one, other in pairwise(ids))


def test_a_fictitious_round_says_so_in_the_report_and_its_method() -> None:
    assert report().fictitious
    assert any("påhittade" in text for text in texts_in(section_of(report(), "sa-har-vi-raknat").blocks))


# What cannot be composed


def test_an_unknown_municipality_is_named_with_the_remedy() -> None:
    with pytest.raises(CompositionError, match="Municipality 0000 is not in the register"):
        municipality_report(standing(), "0000")


def test_a_round_without_answers_is_refused() -> None:
    with pytest.raises(CompositionError, match="has no counted answers"):
        standing_of(replace(material(), counts=Counts(Tally({}))))


def test_an_instrument_without_reports_is_refused() -> None:
    instrument = replace(material().instrument, method="interview")
    with pytest.raises(CompositionError, match="reports exist for survey and mystery"):
        composer_for(replace(material(), instrument=instrument))
