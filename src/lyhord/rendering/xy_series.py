"""What an XY plot is made of: series of points with labels, and axes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lyhord.rendering.charts.spec import Tone


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
    """One series: points in order, None as y where the line breaks, and a label (or "") for each point."""

    name: str
    draw: Draw
    tone: Tone
    xs: tuple[float, ...]
    ys: tuple[float | None, ...]
    labels: tuple[str, ...] = ()
    side: Side = Side.RIGHT
    in_legend: bool = False
    strong: bool = False


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
