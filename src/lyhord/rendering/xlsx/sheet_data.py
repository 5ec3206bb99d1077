"""What each sheet holds: a chart's or table's data as rows, and the figures behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lyhord.method.figures import Figure, Unit
from lyhord.rendering.charts.spec import StackedShares
from lyhord.rendering.points import Point, points_of, unmatched_figures
from lyhord.rendering.report import Callout, Chart, Judgement, KeyFigures, Report, Table, TableCell
from lyhord.rendering.xlsx.book import Cell, Data

COUNT_CODE: Final = "#,##0"
_PERCENT_UNITS: Final = ("%", Unit.PERCENT.value)


def number_code(decimals: int, unit: str) -> str:
    """An Excel number format: ``0.0`` shows as 82,7 in a Swedish Excel, and percent (0–100) as ``74 %``."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{digits}" %"' if unit in _PERCENT_UNITS else digits


def chart_data(chart: Chart, words: Mapping[str, str]) -> Data:
    """The chart's data: one row a bar where shares are stacked, else one row a point."""
    name = f"diagram_{chart.number}"
    if isinstance(chart.spec, StackedShares):
        return _stacked_data(chart.spec, name, words)
    return _point_data(_series_by_series(points_of(chart)), name, words)


def _series_by_series(points: tuple[Point, ...]) -> list[Point]:
    order = {name: place for place, name in enumerate(dict.fromkeys(point.series for point in points))}
    return sorted(points, key=lambda point: order[point.series])


def _stacked_data(spec: StackedShares, name: str, words: Mapping[str, str]) -> Data:
    options = [label for label, _tone in spec.legend]
    if spec.only_counts:
        return _counted_data(spec, name, words)
    headings = (words["row"], words["n"], *options, *(f"{label} ({words['count'].lower()})" for label in options))
    rows: list[tuple[Cell, ...]] = []
    for row in spec.rows:
        shares: tuple[Cell, ...] = row.shares or (None,) * len(options)
        counts: tuple[Cell, ...] = row.counts or (None,) * len(options)
        rows.append((row.label, row.n, *shares, *counts, row.note or None))
    # Shares to one decimal: the sheet is where a reader checks the rounding.
    codes = ("", COUNT_CODE, *[number_code(1, "%")] * len(options), *[COUNT_CODE] * len(options), "")
    data = Data(name, (*headings, words["note"]), codes, tuple(rows))
    return _without_empty_columns(data, kept=range(2, 2 + len(options)))


def _counted_data(spec: StackedShares, name: str, words: Mapping[str, str]) -> Data:
    """Bars of counts alone: the chart stacks the counts themselves, and no share stands in any cell."""
    options = [label for label, _tone in spec.legend]
    empty: tuple[Cell, ...] = (None,) * len(options)
    rows = tuple((row.label, row.n, *(row.counts or empty), row.note or None) for row in spec.rows)
    codes = ("", COUNT_CODE, *[COUNT_CODE] * len(options), "")
    data = Data(name, (words["row"], words["n"], *options, words["note"]), codes, rows)
    return _without_empty_columns(data, kept=range(2, 2 + len(options)))


def _point_data(points: Iterable[Point], name: str, words: Mapping[str, str]) -> Data:
    known = list(points)
    code = number_code(known[0].decimals, known[0].unit) if known else ""
    keys = ("row", "series", "value", "count", "n", "lower", "upper", "base", "rule", "note")
    headings = tuple(words[key] for key in keys)
    codes = ("", "", code, COUNT_CODE, COUNT_CODE, code, code, "", "", "")
    return _without_empty_columns(Data(name, headings, codes, tuple(_point_row(point) for point in known)))


def _point_row(point: Point) -> tuple[Cell, ...]:
    figure = point.figure
    said = (figure.base or None, figure.rule or None) if figure else (None, None)
    return (
        *(point.row, point.series or None, point.value, point.count, point.n, point.low, point.high),
        *(*said, point.note or None),
    )


def table_data(table: Table) -> Data:
    """The table as printed, its numbers as numbers."""
    codes = tuple(
        column.number_format or _column_code(row[position] for row in table.rows)
        for position, column in enumerate(table.columns)
    )
    rows = tuple(tuple(_table_cell(cell) for cell in row) for row in table.rows)
    return Data(f"tabell_{table.number}", tuple(column.heading for column in table.columns), codes, rows)


def _column_code(cells: Iterable[TableCell]) -> str:
    known = list(cells)
    for cell in known:
        if cell.figure is not None:
            return number_code(cell.figure.decimals, cell.figure.unit.value)
    return "General" if any(cell.number is not None for cell in known) else ""


def _table_cell(cell: TableCell) -> Cell:
    return cell.text if cell.number is None else cell.number


def chart_figures(chart: Chart, words: Mapping[str, str]) -> Data | None:
    """The figures that the chart rests on and that no point shows, or None."""
    figures = unmatched_figures(chart, points_of(chart)) if chart.figures else ()
    rows = [(chart.spec.title, "", figure) for figure in figures]
    return figure_data(rows, f"diagram_{chart.number}_siffror", words) if rows else None


def table_figures(table: Table, words: Mapping[str, str]) -> Data | None:
    """The figures in the table's cells with n, base, interval and rule, or None where no cell holds a figure."""
    rows = [
        (row[0].text, column.heading, cell.figure)
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if cell.figure is not None
    ]
    return figure_data(rows, f"tabell_{table.number}_siffror", words) if rows else None


def measures_data(report: Report, words: Mapping[str, str]) -> Data | None:
    """Every figure of tiles, callouts and judgements, with the section it stands in."""
    rows: list[tuple[str, str, Figure]] = []
    for _depth, section in report.walk():
        for block in section.blocks:
            if isinstance(block, KeyFigures):
                rows += [(tile.label, section.title, tile.figure) for tile in block.tiles]
            elif isinstance(block, Callout) and block.figure is not None:
                rows.append((block.label, section.title, block.figure))
            elif isinstance(block, Judgement):
                rows += [(block.text, section.title, figure) for figure in block.figures]
    return figure_data(rows, "nyckeltal", words) if rows else None


def figure_data(rows: Iterable[tuple[str, str, Figure]], name: str, words: Mapping[str, str]) -> Data:
    """Figures with what each rests on; ``rows`` gives (what, where, figure)."""
    keys = ("what", "place", "measure", "value", "count", "n", "lower", "upper", "base", "rule", "note", "source")
    known = list(rows)
    code = _common_code([figure for _what, _where, figure in known])
    codes = ("", "", "", code, COUNT_CODE, COUNT_CODE, code, code, "", "", "", "")
    cells = tuple(_figure_row(what, where, figure, words) for what, where, figure in known)
    return _without_empty_columns(Data(name, tuple(words[key] for key in keys), codes, cells), kept=(3,))


def _common_code(figures: list[Figure]) -> str:
    units = {figure.unit for figure in figures}
    decimals = max((figure.decimals for figure in figures), default=0)
    return number_code(decimals, units.pop().value if len(units) == 1 else "")


def _figure_row(what: str, where: str, figure: Figure, words: Mapping[str, str]) -> tuple[Cell, ...]:
    withheld = None
    if figure.withheld is not None:
        withheld = words["not_asked"] if figure.withheld.value == "not_asked" else words["too_few"]
    return (
        *(what, where or None, figure.measure, figure.value, figure.counted, figure.n, figure.low, figure.high),
        *(figure.base or None, figure.rule or None, withheld, figure.source or None),
    )


def _without_empty_columns(data: Data, kept: Sequence[int] = (2,)) -> Data:
    """The data without columns that hold nothing; the first and the ``kept`` ones, which charts draw, always stay."""
    columns = [
        column
        for column in range(len(data.headings))
        if column == 0 or column in kept or any(row[column] is not None for row in data.rows)
    ]
    return Data(
        data.name,
        tuple(data.headings[column] for column in columns),
        tuple(data.codes[column] for column in columns),
        tuple(tuple(row[column] for column in columns) for row in data.rows),
    )
