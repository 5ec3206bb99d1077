"""What an XY plot is made of: series of points with labels, and axes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from lyhord.rendering.charts.spec import Tone
from lyhord.rendering.labels import labels


class Draw(StrEnum):
    """How a series is drawn."""

    DOTS = "dots"
    LINE = "line"  # markers and lines, broken where a y is missing
    INTERVALS = "intervals"  # lines only, one for each pair of points
    RULE = "rule"  # a dashed straight line
    TEXT = "text"  # nothing but the labels


class Side(StrEnum):
    """Where a label stands beside its point; the values are those of OOXML."""

    LEFT = "l"
    RIGHT = "r"
    ABOVE = "t"
    BELOW = "b"


@dataclass(frozen=True, slots=True)
class XySeries:
    """One series: points in order, None as y where the line breaks, and a label (or "") for each point.

    ``reaches`` says how far each point's interval lies below and above its y, None where it has none.
    """

    name: str
    draw: Draw
    tone: Tone
    xs: tuple[float, ...]
    ys: tuple[float | None, ...]
    labels: tuple[str, ...] = ()
    side: Side = Side.RIGHT
    in_legend: bool = False
    strong: bool = False
    reaches: tuple[tuple[float, float] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: ends, distance between gridlines, whether its numbers and gridlines show, title."""

    low: float
    high: float
    step: float
    numbers: bool = True
    lines: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class XyPlot:
    """A whole chart. ``row_labels`` says that text stands left of the plot, ``ends`` that it stands below it."""

    series: tuple[XySeries, ...]
    across: Axis
    up: Axis
    row_labels: bool = False
    column_labels: bool = False


def pairs(
    ends: Iterable[tuple[tuple[float, float], tuple[float, float]]],
) -> tuple[tuple[float, ...], tuple[float | None, ...]]:
    """The ends as one broken line: between two pairs stands a point without y."""
    xs: list[float] = []
    ys: list[float | None] = []
    for first, last in ends:
        if xs:
            xs.append(xs[-1])
            ys.append(None)
        xs += [first[0], last[0]]
        ys += [first[1], last[1]]
    return tuple(xs), tuple(ys)


def with_intervals_as_lines(plot: XyPlot, language: str) -> XyPlot:
    """The plot where intervals that belong to points are series of lines of their own, drawn below the points."""
    return replace(plot, series=tuple(part for series in plot.series for part in _parted(series, language)))


def _parted(series: XySeries, language: str) -> Iterator[XySeries]:
    known = [
        (x, y - reach[0], y + reach[1])
        for x, y, reach in zip(series.xs, series.ys, series.reaches, strict=False)
        if y is not None and reach is not None
    ]
    if known:
        xs, ys = pairs(((x, low), (x, high)) for x, low, high in known)
        yield XySeries(labels(language)["interval_short"], Draw.INTERVALS, series.tone, xs, ys, strong=series.strong)
    yield replace(series, reaches=())
