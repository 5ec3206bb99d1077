"""The workbook, opened again: sheets, numbers as numbers, texts as texts, charts with alternative text."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from tests.rendering.sample import sample_report

from lyhord.method.figures import Figure, Unit
from lyhord.rendering.charts.spec import Bars, Mark, StackedRow, StackedShares, Tone
from lyhord.rendering.report import Callout, Chart, Column, Cover, Report, Section, Table, TableCell
from lyhord.rendering.xlsx import render_xlsx

EVIL = ('=HYPERLINK("http://example.org";"x")', "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "=")


def opened(report: Report) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(report)))


def parts(report: Report, pattern: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(render_xlsx(report))) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if re.fullmatch(pattern, name)]


def report_of(*blocks: Chart | Table | Callout) -> Report:
    return replace(sample_report(), sections=(Section("a", "Avsnitt", blocks),), withheld=())


def test_there_is_a_sheet_for_each_chart_and_table_after_the_contents() -> None:
    assert opened(sample_report()).sheetnames == [
        *("Om rapporten", "Nyckeltal och mått", "Diagram 1", "Diagram 2", "Tabell 1", "Diagram 3", "Diagram 4"),
        *("Tabell 2", "Diagram 5", "Tabell 3", "Diagram 6", "Diagram 7"),
    ]


def test_the_contents_link_to_every_sheet_and_every_sheet_back() -> None:
    book = opened(sample_report())
    links = [cell.hyperlink.location for row in book["Om rapporten"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert all(book[name]["A4"].hyperlink.location == "'Om rapporten'!A1" for name in book.sheetnames[1:])


def test_a_charts_data_stand_with_value_n_interval_base_and_rule() -> None:
    sheet = opened(sample_report())["Diagram 1"]
    headings = [cell.value for cell in sheet[6]][:8]
    assert headings == ["Rad", "Serie", "Värde", "n", "Lägst", "Högst", "Bas", "Regel"]
    assert [cell.value for cell in sheet[7]][:8] == [
        *("Bemötande, telefon", "Exempelköping", 82.7, 388, 80.3, 85.1, "svar", "index")
    ]
    assert sheet["C7"].number_format == "#,##0.0"


def test_numbers_of_a_table_are_numbers_and_withheld_cells_are_words() -> None:
    sheet = opened(sample_report())["Tabell 1"]
    assert [sheet.cell(row, 2).value for row in range(7, 11)] == [82.7, 75.6, 86.0, "för få svar"]


def test_shares_stand_unrounded_beside_their_n() -> None:
    sheet = opened(sample_report())["Diagram 2"]
    assert [cell.value for cell in sheet[7]][:6] == ["Exempelköping 2023", 54, 51.9, 7.4, 1.9, 38.8]


def test_every_chart_has_alternative_text() -> None:
    drawings = "".join(parts(sample_report(), r"xl/drawings/drawing\d+\.xml"))
    assert drawings.count("<c:chart ") == 7
    assert len(re.findall(r'<xdr:cNvPr id="\d+" name="[^"]+" descr="[^"]{20,}"', drawings)) == 7


def test_headings_are_frozen_and_data_are_table_objects() -> None:
    book = opened(sample_report())
    for name in book.sheetnames[1:]:
        assert book[name].freeze_panes == "B7"
        assert len(book[name].tables) >= 1


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_cell_is_a_formula(language: str) -> None:
    report = sample_report(language)
    evil = tuple((TableCell(text), TableCell(text, figure=Figure(text, Unit.INDEX, 1.0, 1, text))) for text in EVIL)
    table = Table(9, EVIL[0], (Column(EVIL[0]), Column(EVIL[0])), evil, EVIL[1])
    bars = Bars(EVIL[0], EVIL[1], tuple(Mark(text, 5.0, 9) for text in EVIL))
    legend = ((EVIL[0], Tone.BEST), (EVIL[3], Tone.POOR))
    stacked = StackedShares(EVIL[0], EVIL[0], legend, (StackedRow(EVIL[0], (40.0, 60.0), 9, note=EVIL[1]),))
    blocks = (table, Chart(10, bars), Chart(11, stacked, EVIL[0]))
    cover = Cover(EVIL[0], EVIL[0], EVIL[0], EVIL[1], ((EVIL[0], EVIL[1]),))
    report = replace(report, cover=cover, sections=(*report.sections, Section("x", EVIL[0], blocks)))
    book = opened(replace(report, withheld=((EVIL[0], EVIL[1]),)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not any("<f>" in part for part in parts(report, r"xl/worksheets/sheet\d+\.xml"))


def test_headings_alike_or_empty_are_told_apart() -> None:
    table = Table(1, "T", (Column("n"), Column("N"), Column("")), (tuple(TableCell(text) for text in "abc"),))
    assert [cell.value for cell in opened(report_of(table))["Tabell 1"][6]] == ["n", "N 2", "(3)"]


def test_charts_with_the_same_number_get_sheets_of_their_own() -> None:
    chart = Chart(1, Bars("T", "d", (Mark("a", 1.0),)))
    assert opened(report_of(chart)).sheetnames[1:] == ["Diagram 1"]


def test_empty_charts_and_tables_are_written_all_the_same() -> None:
    empty = Chart(1, Bars("Tomt", "Inget att visa", ()))
    stacked = Chart(2, StackedShares("Tomt", "Inget", (("Ja", Tone.BEST),), ()))
    table = Table(3, "Tom", (Column("Fråga"), Column("n")), ())
    assert opened(report_of(empty, stacked, table)).sheetnames[1:] == ["Diagram 1", "Diagram 2", "Tabell 3"]


def test_a_text_longer_than_a_cell_holds_is_cut_and_characters_xml_forbids_are_left_out() -> None:
    table = Table(1, "T", (Column("Text"),), ((TableCell("å" * 40_000),), (TableCell("a\x00b\x0bc\ud800"),)))
    sheet = opened(report_of(table))["Tabell 1"]
    assert sheet["A7"].value.endswith("ååå…")
    assert sheet["A8"].value == "a b c"


def test_properties_come_from_the_report() -> None:
    properties = opened(sample_report()).properties
    assert properties.title == "Servicemätning 2023 – Exempelköpings kommun"
    assert str(properties.created) == "2023-06-15 00:00:00"


def test_made_up_data_are_said_on_every_sheet() -> None:
    book = opened(sample_report())
    assert "påhittade" in book["Om rapporten"]["A3"].value
    assert {book[name]["A5"].value for name in book.sheetnames[1:]} == {"Påhittade uppgifter"}
    real = opened(sample_report(fictitious=False))
    assert {real[name]["A5"].value for name in real.sheetnames[1:]} == {None}


def test_equal_reports_give_equal_bytes() -> None:
    assert render_xlsx(sample_report()) == render_xlsx(sample_report())
    assert render_xlsx(sample_report()) != render_xlsx(sample_report("en"))
