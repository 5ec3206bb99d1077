"""The values of a chart as a table to read beside it: one row for each row of the chart, one column for each series."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lyhord.rendering.charts.spec import StackedShares
from lyhord.rendering.labels import labels
from lyhord.rendering.numbers import ABSENT, count, count_of, interval, with_unit
from lyhord.rendering.points import Point, points_of
from lyhord.rendering.report import Chart


@dataclass(frozen=True, slots=True)
class ChartTable:
    """Headings and rows of finished text; the first column names the row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def chart_table(chart: Chart, language: str) -> ChartTable:
    """The chart's points as a table, with interval and n where the chart has them, counts where it draws counts."""
    words = labels(language)
    points = _drawn_points(chart)
    series = tuple(dict.fromkeys(point.series for point in points if point.series)) or ("",)
    has_n = any(point.n is not None for point in points)
    by_row: dict[str, list[Point]] = {}
    for point in points:
        by_row.setdefault(point.row, []).append(point)
    headings = (words["row"], *(name or words["value"] for name in series), *((words["n"],) if has_n else ()))
    rows = tuple(_row(name, of_row, series, has_n, language) for name, of_row in by_row.items())
    return ChartTable(headings, rows)


def _drawn_points(chart: Chart) -> tuple[Point, ...]:
    """The points with a count only where the chart says counts instead of percent, as it does for a small area."""
    spec = chart.spec
    counted = {row.label for row in spec.rows if row.counts} if isinstance(spec, StackedShares) else set()
    return tuple(point if point.row in counted else replace(point, count=None) for point in points_of(chart))


def _row(name: str, points: list[Point], series: tuple[str, ...], has_n: bool, language: str) -> tuple[str, ...]:
    by_series = {point.series: point for point in points}
    whole = by_series.get("")  # a withheld row says so once, under the first series
    shown = [_value(by_series.get(one) or (whole if one == series[0] else None), language) for one in series]
    bases = [point.n for point in points if point.n is not None]
    return (name, *shown, *((count(bases[0], language) if bases else ABSENT,) if has_n else ()))


def _value(point: Point | None, language: str) -> str:
    if point is None:
        return ABSENT
    if point.value is None:
        return point.note or ABSENT
    if point.count is not None and point.n is not None:
        return count_of(point.count, point.n, language)
    shown = with_unit(point.value, point.decimals, point.unit, language)
    return shown if point.low is None else f"{shown} ({interval(point.low, point.high, point.decimals, language)})"
