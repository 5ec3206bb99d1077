"""Every figure of a report as flat CSV rows: ``;`` between fields, UTF-8 with a mark, decimal comma in Swedish.

One row for each place a figure stands in, with its n, base, interval and rule, so that a row can be read alone. Values
are given with at most four decimals beside the value as printed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from typing import Final

from lyhord.method.figures import Figure
from lyhord.method.rounding import round_half_away
from lyhord.rendering import numbers
from lyhord.rendering.formula_safety import as_plain_text
from lyhord.rendering.labels import labels
from lyhord.rendering.points import Point, points_of, unmatched_figures
from lyhord.rendering.report import Block, Callout, Chart, Judgement, KeyFigures, Report, Section, Table

_HEADINGS: Final = {
    "sv": (
        *("rapport", "mätning", "kommun", "instrument", "avsnitt", "plats", "rad", "serie", "mått", "enhet"),
        *("värde", "redovisat", "antal", "n", "bas", "lägst", "högst", "regel", "anmärkning", "källa"),
    ),
    "en": (
        *("report", "round", "municipality", "instrument", "section", "place", "row", "series", "measure", "unit"),
        *("value", "shown", "count", "n", "base", "low", "high", "rule", "note", "source"),
    ),
}
_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """One figure where it stands."""

    place: str
    row: str
    series: str = ""
    value: float | None = None
    shown: str = ""
    unit: str = ""
    count: int | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
    figure: Figure | None = None


def render_csv(report: Report) -> bytes:
    """Every figure of the report, in reading order, as CSV bytes that a Swedish Excel opens by double-click."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADINGS["en" if report.language == "en" else "sv"])
    head = (report.id, report.round, report.municipality, report.instrument)
    for _depth, section in report.walk():
        for row in _section_rows(section, report.language):
            writer.writerow([as_plain_text(cell) for cell in (*head, section.title)] + _cells(row, report.language))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def plain_number(value: float | None, language: str, decimals: int = _DECIMALS) -> str:
    """The number for a machine: no thousands mark, trailing zeros cut, decimal comma unless English; empty for None."""
    if value is None:
        return ""
    digits = f"{float(round_half_away(value, decimals)):.{decimals}f}".rstrip("0").rstrip(".")
    digits = "0" if digits == "-0" else digits
    return digits if language == "en" else digits.replace(".", ",")


def _cells(row: _Row, language: str) -> list[str]:
    figure = row.figure
    unit = row.unit or (figure.unit.value if figure else "")
    return [
        as_plain_text(row.place),
        as_plain_text(row.row),
        as_plain_text(row.series),
        as_plain_text(figure.measure if figure else ""),
        as_plain_text(unit),
        plain_number(row.value, language),
        as_plain_text(row.shown),
        "" if row.count is None else str(row.count),
        "" if row.n is None else str(row.n),
        as_plain_text(figure.base if figure else ""),
        plain_number(row.low, language),
        plain_number(row.high, language),
        as_plain_text(figure.rule if figure else ""),
        as_plain_text(row.note),
        as_plain_text(figure.source if figure else ""),
    ]


def _section_rows(section: Section, language: str) -> Iterator[_Row]:
    for block in section.blocks:
        yield from _block_rows(block, language)


@singledispatch
def _block_rows(block: Block, language: str) -> Iterator[_Row]:  # noqa: ARG001 - the signature of every case below
    yield from ()


@_block_rows.register
def _judgement_rows(block: Judgement, language: str) -> Iterator[_Row]:
    for figure in block.figures:
        yield _figure_row(figure, "text", block.text, language)


@_block_rows.register
def _key_figure_rows(block: KeyFigures, language: str) -> Iterator[_Row]:
    for tile in block.tiles:
        yield _figure_row(tile.figure, labels(language)["key_figures"], tile.label, language)


@_block_rows.register
def _callout_rows(block: Callout, language: str) -> Iterator[_Row]:
    if block.figure is not None:
        yield _figure_row(block.figure, labels(language)["key_figures"], block.label, language)


@_block_rows.register
def _chart_rows(block: Chart, language: str) -> Iterator[_Row]:
    place = f"{labels(language)['chart']} {block.number}"
    points = points_of(block)
    for point in points:
        yield _point_row(point, place, language)
    for figure in unmatched_figures(block, points):
        yield _figure_row(figure, place, block.spec.title, language)


@_block_rows.register
def _table_rows(block: Table, language: str) -> Iterator[_Row]:
    place = f"{labels(language)['table']} {block.number}"
    for cells in block.rows:
        for column, cell in zip(block.columns[1:], cells[1:], strict=True):
            if cell.figure is not None:
                yield _figure_row(cell.figure, place, cells[0].text, language, series=column.heading, shown=cell.text)
            elif cell.number is not None:
                yield _Row(place, cells[0].text, column.heading, cell.number, cell.text)


def _figure_row(  # the row's label and series are told apart by name
    figure: Figure, place: str, row: str, language: str, *, series: str = "", shown: str = ""
) -> _Row:
    return _Row(
        place,
        row,
        series,
        figure.value,
        shown or numbers.decimal(figure.value, figure.decimals, language),
        count=figure.counted,
        n=figure.n,
        low=figure.low,
        high=figure.high,
        note=_withheld(figure, language),
        figure=figure,
    )


def _withheld(figure: Figure, language: str) -> str:
    if figure.withheld is None:
        return ""
    words = labels(language)
    return words["not_asked"] if figure.withheld.value == "not_asked" else words["too_few"]


def _point_row(point: Point, place: str, language: str) -> _Row:
    return _Row(
        place,
        point.row,
        point.series,
        point.value,
        numbers.decimal(point.value, point.decimals, language),
        unit=point.unit or (point.figure.unit.value if point.figure else ""),
        count=point.count,
        n=point.n,
        low=point.low,
        high=point.high,
        note=point.note,
        figure=point.figure,
    )
