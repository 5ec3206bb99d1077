"""The presentation, opened again: titles, alternative text, native charts and tables, notes, stable bytes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from tests.rendering.sample import sample_report

from lyhord.method.figures import Figure, Unit
from lyhord.rendering.charts.spec import Bars, DotsWithIntervals, Mark, Ranked, StackedRow, StackedShares, Tone, Trend
from lyhord.rendering.errors import RenderingError
from lyhord.rendering.pptx import render_pptx
from lyhord.rendering.report import Block, Brand, Chart, Cover, Judgement, Paragraph, Report, Section

EVIL = 'a<b>&"c\x00\x0b\ud800]]>'


def opened(report: Report) -> Deck:
    return Presentation(io.BytesIO(render_pptx(report)))


def report_of(*blocks: Block) -> Report:
    return replace(sample_report(), sections=(Section("a", "Avsnitt", blocks),))


def titles(deck: Deck) -> list[str]:
    found = [slide.shapes.title for slide in deck.slides]
    return [title.text_frame.text for title in found if title is not None]


def texts(slide: Slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_slide_has_a_title_of_its_own_and_it_is_read_first(language: str) -> None:
    deck = opened(sample_report(language))
    assert len(set(titles(deck))) == len(deck.slides) == 24
    for slide in deck.slides:
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id


def test_charts_and_pictures_have_alternative_text() -> None:
    shapes = [shape for slide in opened(sample_report()).slides for shape in slide.shapes]
    charts = [shape for shape in shapes if shape.has_chart]
    assert len(charts) == 7
    pictured = charts + [shape for shape in shapes if shape.has_table or shape.shape_type == 13]
    for shape in pictured:
        assert len(shape._element.xpath(".//p:cNvPr")[0].get("descr")) > 10


def test_charts_are_native_with_their_data_inside() -> None:
    charts = [shape.chart for slide in opened(sample_report()).slides for shape in slide.shapes if shape.has_chart]
    kinds = [str(chart.chart_type).split(" ")[0] for chart in charts]
    assert kinds == [
        *("XY_SCATTER", "BAR_STACKED_100", "XY_SCATTER", "BAR_CLUSTERED", "XY_SCATTER"),
        *("BAR_STACKED_100", "BAR_STACKED_100"),
    ]
    book = openpyxl.load_workbook(io.BytesIO(charts[1].part.chart_workbook.xlsx_part.blob))
    rows = list(book["Data"].iter_rows(values_only=True))
    assert rows[0] == ("Rad", "Inom 1 minut", "1–3 minuter", "Mer än 3 minuter", "Ingen kontakt")
    assert rows[1][1:] == (51.9, 7.4, 1.9, 38.8)
    assert tuple(charts[1].plots[0].series[0].values) == (51.9, 46.0, 52.0)


def test_bars_start_at_zero() -> None:
    charts = [shape.chart for slide in opened(sample_report()).slides for shape in slide.shapes if shape.has_chart]
    assert [charts[place].value_axis.minimum_scale for place in (1, 3, 5)] == [0, 0, 0]


def test_a_segment_too_narrow_for_its_number_has_none_and_a_small_area_says_counts() -> None:
    with zipfile.ZipFile(io.BytesIO(render_pptx(sample_report()))) as archive:
        shares, counts = (archive.read(f"ppt/charts/chart{number}.xml").decode() for number in (2, 6))
    assert shares.count('<c:dLbl><c:idx val="0"/><c:delete val="1"/></c:dLbl>') == 1  # 1.9 % of the first row
    assert re.findall(r"<a:t>(\d+)</a:t>", counts)[:3] == ["3", "3", "3"]


def test_notes_hold_text_figures_and_rules_in_full() -> None:
    slides = [slide for slide in opened(sample_report()).slides if slide.has_notes_slide]
    joined = "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)
    assert "Mått 2 i KKiK: 52 %. 28 av 54 samtal; intervall 39–65 %." in joined
    assert "n = 54; 95 % intervall 39–65; Bas: samtal; Regel: andel" in joined
    assert "Bemötandet i telefon är i nivå med snittet för övriga kommuner." in joined


def test_made_up_data_are_said_on_every_slide() -> None:
    for slide in opened(sample_report()).slides:
        assert any("påhittade" in text.lower() for text in texts(slide))
    for slide in opened(sample_report(fictitious=False)).slides:
        assert not any("påhittade" in text.lower() for text in texts(slide))


def test_slides_are_numbered_and_footed() -> None:
    slides = list(opened(sample_report()).slides)
    assert texts(slides[4])[-2:] == ["Exempelköpings kommun · Servicemätning 2023", "5"]


def test_the_contents_jump_to_the_slides_they_name() -> None:
    deck = opened(sample_report())
    lines = [
        paragraph
        for shape in deck.slides[1].placeholders
        if shape.placeholder_format.idx == 1
        for paragraph in shape.text_frame.paragraphs
    ]
    for line in lines:
        number, title = (run.text.strip() for run in line.runs)
        relation = line.runs[1]._r.xpath(".//a:hlinkClick/@r:id")[0]
        assert deck.slides[1].part.related_part(relation).slide.slide_id == deck.slides[int(number) - 1].slide_id
        assert titles(deck)[int(number) - 1] == title


def test_the_language_is_said_on_every_run() -> None:
    with zipfile.ZipFile(io.BytesIO(render_pptx(sample_report("en")))) as archive:
        slides = [archive.read(name).decode() for name in archive.namelist() if name.startswith("ppt/slides/slide")]
    assert {language for slide in slides for language in re.findall(r'lang="([^"]+)"', slide)} == {"en-GB"}


def test_properties_come_from_the_report() -> None:
    properties = opened(sample_report()).core_properties
    assert properties.title == "Servicemätning 2023 – Exempelköpings kommun"
    assert str(properties.created).startswith("2023-06-15 00:00:00")
    assert properties.language == "sv-SE"


def test_equal_reports_give_equal_bytes() -> None:
    assert render_pptx(sample_report()) == render_pptx(sample_report())
    with zipfile.ZipFile(io.BytesIO(render_pptx(sample_report()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_relationship_leads_to_a_part() -> None:
    with zipfile.ZipFile(io.BytesIO(render_pptx(sample_report()))) as archive:
        names = set(archive.namelist())
        assert len(names) == len(archive.namelist())
        types = archive.read("[Content_Types].xml").decode()
    assert {f"/{name}" for name in names} >= set(re.findall(r'PartName="([^"]+)"', types))


def test_characters_xml_forbids_are_left_out_and_markup_is_text() -> None:
    spec = Bars(EVIL, EVIL, (Mark(EVIL, 5.0, 9),))
    stacked = StackedShares(EVIL, EVIL, ((EVIL, Tone.BEST),), (StackedRow(EVIL, (100.0,), 9, note=EVIL),))
    figure = Figure(EVIL, Unit.INDEX, 1.0, 9, EVIL, rule=EVIL)
    blocks = (Paragraph(EVIL), Chart(1, spec, EVIL), Chart(2, stacked, EVIL), Judgement(EVIL, EVIL, (figure,)))
    report = replace(report_of(*blocks), cover=Cover(EVIL, EVIL, EVIL, EVIL, ((EVIL, EVIL),)))
    deck = opened(replace(report, sections=(replace(report.sections[0], title=EVIL),)))
    assert titles(deck)[0] == 'a<b>&"c ]]>'


def test_charts_without_a_value_say_so() -> None:
    empty: tuple[Block, ...] = (
        Chart(1, Bars("A", "a", (Mark("x", None, 4, note="för få"),))),
        Chart(2, Ranked("B", "b", (), Mark("Totalt", None))),
        Chart(3, DotsWithIntervals("C", "c", ())),
        Chart(4, Trend("D", "d", (), ())),
        Chart(5, StackedShares("E", "e", (("Ja", Tone.BEST),), (StackedRow("x", (), 4, note="för få"),))),
    )
    slides = list(opened(report_of(*empty)).slides)[2:]
    assert all("Inga uppgifter" in texts(slide) for slide in slides)
    assert len(slides) == 5


@pytest.mark.parametrize("brand", [Brand("#ffd200"), Brand("#888888"), Brand("#000000", logo=None)])
def test_any_accent_colour_gives_readable_text(brand: Brand) -> None:
    with zipfile.ZipFile(io.BytesIO(render_pptx(sample_report(brand=brand)))) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
    colours = dict(re.findall(r'<a:(\w+)><a:srgbClr val="(\w{6})"/>', theme))
    assert contrast_of(colours["dk2"], colours["lt2"]) >= 4.5
    assert contrast_of(colours["accent1"], colours["lt1"]) >= 4.5


def contrast_of(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
        linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("logo", [b"<svg xmlns='http://www.w3.org/2000/svg'><", b"\x89PNG\r\n\x1a\n"])
def test_a_damaged_logo_is_refused_with_a_remedy(logo: bytes) -> None:
    with pytest.raises(RenderingError, match="Save it again"):
        render_pptx(sample_report(brand=Brand(logo=logo)))


def test_extremely_long_names_stay_readable_text() -> None:
    name = "Samverkansnämnden för gemensam medborgarservice och kontaktcenter i norra Exempellandskapet " * 3
    report = replace(report_of(Paragraph("Text.")), cover=Cover(name, name, name, name))
    sizes = [
        run.font.size.pt
        for paragraph in opened(report).slides[0].shapes.title.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert sizes == [20.0]
