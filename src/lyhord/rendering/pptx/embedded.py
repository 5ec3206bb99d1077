"""The small workbook inside a native chart: the cells that PowerPoint opens when a reader edits the chart's data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lyhord.rendering.charts.svg import attribute
from lyhord.rendering.pptx.package import OFFICE, Package

Cell = str | float | None
SHEET: Final = "Data"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def embedded_workbook(rows: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet, "Data", with the rows from A1; texts are stored as texts, never as formulas."""
    package = Package()
    package.add(
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>",
        f"{_TYPE}.sheet.main+xml",
    )
    lines = "".join(_row(number, cells) for number, cells in enumerate(rows, start=1))
    package.add(
        "xl/worksheets/sheet1.xml",
        f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>',
        f"{_TYPE}.worksheet+xml",
    )
    package.relate("", "xl/workbook.xml", "officeDocument")
    package.relate("xl/workbook.xml", "xl/worksheets/sheet1.xml", "worksheet")
    return package.bytes()


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def reference(column: int, first: int, last: int) -> str:
    """Rows ``first`` to ``last`` (counted from 1) of a column, as charts refer to them: ``Data!$B$2:$B$9``."""
    letters = column_letters(column)
    start = f"{SHEET}!${letters}${first}"
    return start if first == last else f"{start}:${letters}${last}"


def _row(number: int, cells: Sequence[Cell]) -> str:
    inner = "".join(_cell(f"{column_letters(column)}{number}", cell) for column, cell in enumerate(cells))
    return f'<row r="{number}">{inner}</row>'


def _cell(place: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = attribute(cell)
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{place}"><v>{float(cell):.15g}</v></c>'
