"""The whole workbook: about and contents, the measures, then a sheet for each chart and table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from lyhord.rendering.charts.spec import ChartSpec
from lyhord.rendering.report import Chart, Report, Table
from lyhord.rendering.xlsx.book import FONT, Book, Data, column_widths, open_book, plain, write_data, write_text
from lyhord.rendering.xlsx.native_charts import Spot, add_chart
from lyhord.rendering.xlsx.sheet_data import (
    chart_data,
    chart_figures,
    measures_data,
    table_data,
    table_figures,
)
from lyhord.rendering.xlsx.sheet_names import sheet_name

_TOP: Final = 5  # the heading row of the data


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet to be made: its name, what stands on it, and the figures behind that."""

    name: str
    title: str
    note: str
    data: Data
    figures: Data | None = None
    spec: ChartSpec | None = None


def render_xlsx(report: Report) -> bytes:
    """The report's data as an Excel workbook; equal reports give equal bytes.

    Every text is stored as text, whatever it begins with, and every number as a number, so that a reader's own Excel
    shows it with the decimal mark of the country.
    """
    file = BytesIO()
    workbook = Workbook(file, _options())
    book = open_book(workbook, report)
    _set_properties(book)
    sheets = list(_sheets(book))
    _write_contents(book, sheets)
    for sheet in sheets:
        _write_sheet(book, sheet)
    workbook.close()
    return file.getvalue()


def _options() -> dict[str, object]:
    """XlsxWriter's options, made anew each time since it takes out what it has read."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": 10, "font_scheme": "none"},
    }


def _set_properties(book: Book) -> None:
    report = book.report
    book.workbook.set_properties(
        {
            "title": plain(f"{report.cover.title} – {report.cover.organisation}"),
            "subject": plain(report.cover.kind),
            "author": plain(report.cover.organisation),
            "company": plain(report.cover.organisation),
            "comments": book.words["fictitious_long"] if report.fictitious else "",
            "language": report.language,
            "created": datetime.fromisoformat(report.issued).replace(tzinfo=None),
        }
    )


def _sheets(book: Book) -> Iterator[_Sheet]:
    words = book.words
    taken: set[str] = {words["about"].casefold()}
    measures = measures_data(book.report, words)
    if measures is not None:
        yield _Sheet(sheet_name(words["measures"], taken), words["measures"], "", measures)
    for _depth, section in book.report.walk():
        for block in section.blocks:
            if isinstance(block, Chart):
                name = sheet_name(f"{words['chart']} {block.number}", taken)
                title = f"{words['chart']} {block.number}. {block.spec.title}"
                data, figures = chart_data(block, words), chart_figures(block, words)
                yield _Sheet(name, title, block.note, data, figures, block.spec)
            elif isinstance(block, Table):
                name = sheet_name(f"{words['table']} {block.number}", taken)
                title = f"{words['table']} {block.number}. {block.title}"
                yield _Sheet(name, title, block.note, table_data(block), table_figures(block, words))


def _write_contents(book: Book, sheets: list[_Sheet]) -> None:
    words, cover = book.words, book.report.cover
    page = _new_sheet(book, words["about"])
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 90)
    write_text(page, 0, 0, cover.title, book.format(bold=True, font_size=20, font_color=book.colours.accent))
    page.set_row(0, 30)
    write_text(page, 1, 0, f"{cover.kind} · {cover.organisation}", book.format(font_size=12))
    row = 2
    if book.report.fictitious:
        warning = book.format(bold=True, bg_color=book.colours.warning)
        write_text(page, row, 0, words["fictitious_long"], warning)
        page.write_blank(row, 1, None, warning)
        row += 1
    facts = ((words["published"], cover.date), *cover.facts)
    row = _write_pairs(book, page, facts, row + 1)
    row = _heading(book, page, words["contents"], row + 1)
    link = book.format(font_color=book.colours.accent, underline=1)
    for sheet in sheets:
        page.write_url(row, 0, _internal(sheet.name), link, sheet.name)
        write_text(page, row, 1, sheet.title, book.format(text_wrap=True))
        row += 1
    if book.report.withheld:
        row = _heading(book, page, words["withheld"], row + 1)
        _write_pairs(book, page, book.report.withheld, row)


def _heading(book: Book, page: Worksheet, text: str, row: int) -> int:
    write_text(page, row, 0, text, book.format(bold=True, font_size=13, font_color=book.colours.accent))
    page.set_row(row, 22)
    return row + 1


def _write_pairs(book: Book, page: Worksheet, pairs: tuple[tuple[str, str], ...], row: int) -> int:
    for label, value in pairs:
        write_text(page, row, 0, label, book.format(font_color=book.colours.muted, text_wrap=True))
        write_text(page, row, 1, value, book.format(text_wrap=True))
        row += 1
    return row


def _write_sheet(book: Book, sheet: _Sheet) -> None:
    page = _new_sheet(book, sheet.name)
    write_text(page, 0, 0, sheet.title, book.format(bold=True, font_size=14, font_color=book.colours.accent))
    page.set_row(0, 22)
    description = sheet.spec.description if sheet.spec else ""
    write_text(page, 1, 0, description, book.format(font_color=book.colours.muted))
    write_text(page, 2, 0, sheet.note, book.format(font_color=book.colours.muted))
    link = book.format(font_color=book.colours.accent, underline=1)
    page.write_url(3, 0, _internal(book.words["about"]), link, book.words["back_to_contents"])
    if book.report.fictitious:
        write_text(page, 4, 0, book.words["fictitious"], book.format(bold=True, bg_color=book.colours.warning))
    below = write_data(book, page, sheet.data, _TOP)
    widths = column_widths(sheet.data)
    if sheet.figures is not None:
        write_text(page, below + 1, 0, book.words["data_for"], book.format(bold=True, font_size=11))
        below = write_data(book, page, sheet.figures, below + 2)
        widths = _widest(widths, column_widths(sheet.figures))
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.freeze_panes(_TOP + 1, 1)
    page.repeat_rows(_TOP)
    if sheet.spec is not None:
        spot = Spot(page, sheet.name, _TOP, _TOP + 1, len(widths) + 1)
        right, foot = add_chart(book, sheet.spec, sheet.data, spot)
        page.print_area(0, 0, max(below, foot), right)


def _widest(first: list[float], second: list[float]) -> list[float]:
    length = max(len(first), len(second))
    padded = [widths + [0.0] * (length - len(widths)) for widths in (first, second)]
    return [max(pair) for pair in zip(*padded, strict=True)]


def _new_sheet(book: Book, name: str) -> Worksheet:
    page = book.workbook.add_worksheet(name)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    # The code &P is Excel's page number, &N the number of pages, && an ampersand.
    organisation = plain(book.report.cover.organisation).replace("&", "&&")
    page.set_footer(f"&L{organisation}&R&P / &N")
    return page


def _internal(name: str) -> str:
    quoted = name.replace("'", "''")
    return f"internal:'{quoted}'!A1"
