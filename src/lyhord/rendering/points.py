"""The points of a chart as flat rows, for the data tables of XLSX, CSV and slide notes.

A point is taken from the ChartSpec, so it is exactly what the chart draws; base, measure and rule come from the figure
of the same chart that holds the same value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import singledispatch

from lyhord.method.figures import Figure
from lyhord.rendering.charts.spec import (
    Bars,
    ChartSpec,
    DotsWithIntervals,
    Mark,
    Ranked,
    StackedRow,
    StackedShares,
    Trend,
    TrendSeries,
)
from lyhord.rendering.report import Chart


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart: its row and series in the chart, unrounded, with n, interval and what says it."""

    row: str
    series: str
    value: float | None
    unit: str
    decimals: int
    n: int | None = None
    low: float | None = None
    high: float | None = None
    count: int | None = None
    note: str = ""
    figure: Figure | None = None


def points_of(chart: Chart) -> tuple[Point, ...]:
    """Every point of a chart in reading order, withheld ones included (value None, the reason in ``note``)."""
    return tuple(_with_figure(point, chart.figures) for point in _points(chart.spec))


def has_values(spec: ChartSpec) -> bool:
    """Whether the chart shows a single value; one where all are withheld has nothing to draw."""
    return any(point.value is not None for point in _points(spec))


def unmatched_figures(chart: Chart, points: Iterable[Point]) -> tuple[Figure, ...]:
    """The chart's figures that no point stands for: those that only its text mentions."""
    shown = {id(point.figure) for point in points}
    return tuple(figure for figure in chart.figures if id(figure) not in shown)


def _with_figure(point: Point, figures: tuple[Figure, ...]) -> Point:
    figure = _figure_behind(point, figures)
    if figure is None:
        return point
    return replace(
        point,
        n=figure.n,
        low=figure.low if point.low is None else point.low,
        high=figure.high if point.high is None else point.high,
        count=figure.counted if point.count is None else point.count,
        figure=figure,
    )


def _figure_behind(point: Point, figures: tuple[Figure, ...]) -> Figure | None:
    if point.value is None:
        return None
    alike = [figure for figure in figures if figure.value == point.value and point.n in (None, figure.n)]
    # Two measures may share a value (100 %): then neither is claimed.
    return alike[0] if len({(figure.measure, figure.base, figure.rule) for figure in alike}) == 1 else None


@singledispatch
def _points(spec: ChartSpec) -> Iterator[Point]:
    raise TypeError(f"No points are known for a chart of type {type(spec).__name__}.")


@_points.register
def _stacked(spec: StackedShares) -> Iterator[Point]:
    for row in spec.rows:
        if not row.shares:
            yield Point(row.label, "", None, spec.unit, 0, n=row.n, note=row.note)
        yield from _stacked_row(row, spec)


def _stacked_row(row: StackedRow, spec: StackedShares) -> Iterator[Point]:
    if row.counts:  # too few for a percentage in any face
        for (option, _tone), count in zip(spec.legend, row.counts, strict=False):
            yield Point(row.label, option, float(count), "", 0, n=row.n, count=count, note=row.note)
        return
    for (option, _tone), share in zip(spec.legend, row.shares, strict=False):
        yield Point(row.label, option, share, spec.unit, 0, n=row.n, note=row.note)


@_points.register
def _bars(spec: Bars) -> Iterator[Point]:
    for mark in spec.marks:
        yield _mark_point(mark, mark.label, "", spec)


@_points.register
def _dots(spec: DotsWithIntervals) -> Iterator[Point]:
    for row in spec.rows:
        for mark in (row.own, *row.others):
            yield _mark_point(mark, row.label, mark.label, spec)


@_points.register
def _ranked(spec: Ranked) -> Iterator[Point]:
    for place, mark in enumerate(spec.marks, start=1):
        yield _mark_point(mark, mark.label or str(place), "", spec)
    yield _mark_point(spec.total, spec.total.label, "", spec)


@_points.register
def _trend(spec: Trend) -> Iterator[Point]:
    for series in spec.series:
        for position, period in enumerate(spec.periods):
            yield _trend_point(series, position, period, spec)


def _trend_point(series: TrendSeries, position: int, period: str, spec: Trend) -> Point:
    note = "; ".join(reason for index, reason in spec.breaks if index == position)
    return Point(
        period,
        series.label,
        series.values[position],
        spec.unit,
        spec.decimals,
        low=series.lows[position] if series.lows else None,
        high=series.highs[position] if series.highs else None,
        note=note,
    )


def _mark_point(mark: Mark, row: str, series: str, spec: Bars | DotsWithIntervals | Ranked) -> Point:
    return Point(
        row, series, mark.value, spec.unit, spec.decimals, n=mark.n, low=mark.low, high=mark.high, note=mark.note
    )
