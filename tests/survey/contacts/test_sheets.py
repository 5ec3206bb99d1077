"""Workbooks are read a row at a time, and say what the reader of whole workbooks says."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lyhord.files.errors import DamagedFileError
from lyhord.files.workbook import rows_of
from lyhord.survey.contacts.sheets import Sheet

CELLS = st.one_of(
    st.none(),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=9
    ),
    st.integers(-(10**12), 10**12),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 3)),
    st.booleans(),
    st.datetimes(datetime(1950, 1, 1), datetime(2050, 1, 1)).map(lambda one: one.replace(microsecond=0)),  # noqa: DTZ001 - a sheet's dates have no zone
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def written(path: Path, rows: list[list[Any]], **options: object) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm:ss", **options}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def by_hand(path: Path, sheet: str, strings: str = "") -> Path:
    """The least that is a workbook, around what stands in its sheet."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{LINKED}"><x:sheets><x:sheet name="A" sheetId="1" r:id="r1"/>'
            "</x:sheets></x:workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="u"><Relationship Id="r1" Target="/xl/worksheets/a.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/a.xml", sheet)
        if strings:
            archive.writestr("xl/sharedStrings.xml", strings)
    return path


def filled(rows: list[list[str | None]]) -> list[tuple[int, list[str]]]:
    """Rows of the whole reader as the other gives them: numbered, without empty rows and empty cells at the end."""
    found: list[tuple[int, list[str]]] = []
    for number, row in enumerate(rows, 1):
        cells = [cell or "" for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.append((number, cells))
    return found


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6), whole=st.booleans())
def test_rows_are_those_of_the_reader_of_whole_workbooks(rows: list[list[Any]], whole: bool, tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [["rubrik"], *rows], in_memory=True, constant_memory=not whole)
    assert list(Sheet(path).rows()) == filled(rows_of(path))


def test_a_workbook_of_another_program_is_read_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["telefon", "datum"])
    sheet.append([701740605, datetime(2026, 3, 14)])  # noqa: DTZ001 - a sheet's dates have no zone
    book.save(tmp_path / "a.xlsx")
    assert list(Sheet(tmp_path / "a.xlsx").rows()) == [(1, ["telefon", "datum"]), (2, ["701740605", "2026-03-14"])]


def test_the_first_sheet_that_holds_anything_is_the_one(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("tom")
        book.add_worksheet("full").write_row(2, 1, ["telefon"])
    assert list(Sheet(tmp_path / "a.xlsx").rows()) == [(3, ["", "telefon"])]


def test_parts_of_a_text_are_one_and_reading_aids_none(tmp_path: Path) -> None:
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c>'
    sheet += '<x:c t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    strings = f'<sst xmlns="{MAIN}"><si><r><t>a</t></r><r><t>z</t></r><rPh><t>no</t></rPh></si></sst>'
    assert list(Sheet(by_hand(tmp_path / "a.xlsx", sheet, strings)).rows()) == [(1, ["az", "b"])]


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet><sheetData><row>",
        '<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>',
        '<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>',
        '<worksheet><sheetData><row r="x"><c><v>1</v></c></row></sheetData></worksheet>',
        '<worksheet><sheetData><row><c s="0"><v>en</v></c></row></sheetData></worksheet>',
    ],
    ids=["cut short", "document type", "no such text", "no row number", "no number"],
)
def test_a_damaged_sheet_is_refused(sheet: str, tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError):
        list(Sheet(by_hand(tmp_path / "a.xlsx", sheet)).rows())


def test_dates_may_count_from_1904(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 14, 9, 30)  # noqa: DTZ001 - a sheet's dates have no zone
    path = written(tmp_path / "a.xlsx", [["tid"], [moment]], date_1904=True)
    assert list(Sheet(path).rows())[1] == (2, ["2026-03-14 09:30:00"])
