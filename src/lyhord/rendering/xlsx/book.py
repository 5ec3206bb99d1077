"""An open workbook with its cell formats, and the table object that every sheet sets its data in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lyhord.rendering.charts.svg import clean
from lyhord.rendering.labels import labels
from lyhord.rendering.office_words import office_words
from lyhord.rendering.report import Report
from lyhord.rendering.theme import Theme, theme

FONT: Final = "Arial"
Cell = str | float | None
_LONGEST_TEXT: Final = 32_000  # Excel holds 32 767 characters in a cell
_LINE_POINTS: Final = 13.0
_NARROWEST, _WIDEST = 7.0, 46.0


@dataclass(frozen=True, slots=True)
class Data:
    """A table to be set: headings, number format for each column, rows. None is an empty cell."""

    name: str  # of the table object
    headings: tuple[str, ...]
    codes: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass
class Book:
    """A workbook being written."""

    workbook: Workbook
    report: Report
    words: Mapping[str, str]
    colours: Theme
    formats: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def format(self, **properties: object) -> Format:
        """A cell format, made once for each set of properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            face = {
                "font_name": FONT,
                "font_scheme": "none",
                "font_size": 10,
                "font_color": self.colours.ink,
                "valign": "top",
            }
            self.formats[key] = self.workbook.add_format(face | properties)
        return self.formats[key]


def open_book(workbook: Workbook, report: Report) -> Book:
    """The workbook with the words and colours of the report."""
    words = {**office_words(report.language), **labels(report.language)}
    return Book(workbook, report, words, theme(report.brand))


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write a text as a text, whatever it begins with: XlsxWriter's ``write_string`` never makes a formula."""
    sheet.write_string(row, column, plain(text), style)


def plain(text: str) -> str:
    """The text without characters a workbook cannot hold, cut to what a cell holds."""
    cleaned = clean(text)
    return cleaned if len(cleaned) <= _LONGEST_TEXT else f"{cleaned[:_LONGEST_TEXT]}…"


def write_data(book: Book, sheet: Worksheet, data: Data, top: int, left: int = 0) -> int:
    """Set the data as a table object with a heading row at ``top``; the number of the row below it comes back."""
    rows: Sequence[tuple[Cell, ...]] = data.rows or ((None,) * len(data.headings),)
    for column, code in enumerate(data.codes):
        styles = _column_styles(book, code)
        for row, cells in enumerate(rows, start=top + 1):
            _write_cell(sheet, (row, left + column), cells[column], styles)
    for offset, lines in enumerate(_lines_of_rows(data), start=1):
        if lines > 1:
            sheet.set_row(top + offset, _LINE_POINTS * lines)
    sheet.add_table(
        top,
        left,
        top + len(rows),
        left + len(data.headings) - 1,
        {
            "name": data.name,
            "style": "Table Style Light 1",
            "autofilter": len(rows) > 8,
            "columns": [
                {"header": heading, "header_format": _heading_format(book, code)}
                for heading, code in zip(_unique(data.headings), data.codes, strict=True)
            ],
        },
    )
    sheet.set_row(top, 30)
    return top + len(rows) + 1


def _heading_format(book: Book, code: str) -> Format:
    place: dict[str, object] = {"align": "right"} if code else {"align": "left", "indent": 1}
    return book.format(
        bold=True,
        font_color=book.colours.on_brand,
        bg_color=book.colours.brand,
        text_wrap=True,
        valign="vcenter",
        **place,
    )


def column_widths(data: Data) -> list[float]:
    """Widths in characters that show the data: the longest text within bounds, longer ones wrap."""
    return [min(max(_NARROWEST, _longest(data, column) * 1.05 + 2), _WIDEST) for column in range(len(data.headings))]


def _lines_of_rows(data: Data) -> list[int]:
    """How many lines each row's texts take: LibreOffice does not find the height of wrapped text by itself."""
    widths = column_widths(data)
    return [
        max(
            (
                -(-len(cell) // int(width * 0.95))
                for cell, width in zip(row, widths, strict=True)
                if isinstance(cell, str)
            ),
            default=1,
        )
        for row in data.rows
    ]


def _longest(data: Data, column: int) -> float:
    cells = (
        len(cell) if isinstance(cell, str) else 7 for cell in (row[column] for row in data.rows) if cell is not None
    )
    # A heading wraps, but never inside a word; the filter button stands beside it.
    words = (len(word) + 2 for word in data.headings[column].split())
    return max((*cells, *words), default=0)


def _column_styles(book: Book, code: str) -> tuple[Format, Format, Format]:
    """The formats of a column's cells: number, short text, and text so long that it wraps."""
    aligned: dict[str, object] = {"align": "right"} if code else {"align": "left", "indent": 1}
    number = book.format(num_format=code or "General")
    return number, book.format(text_wrap=False, **aligned), book.format(text_wrap=True, **aligned)


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, styles: tuple[Format, Format, Format]) -> None:
    if cell is None:
        return
    number, short, wrapped = styles
    if isinstance(cell, str):
        write_text(sheet, *place, cell, wrapped if len(cell) > _WIDEST else short)
    else:
        sheet.write_number(*place, cell, number)


def _unique(headings: Sequence[str]) -> list[str]:
    """The headings told apart as a table object demands: never empty, never alike."""
    taken: set[str] = set()
    result = []
    for position, heading in enumerate(headings, start=1):
        name = plain(heading) or f"({position})"
        while name.casefold() in taken:
            name = f"{name} "[:250] + str(position)
        taken.add(name.casefold())
        result.append(name)
    return result
