"""Charts and tables as one slide holds them: cut into even parts, framed by caption and small print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lyhord.rendering.charts.spec import Bars, ChartSpec, DotsWithIntervals, StackedShares
from lyhord.rendering.pptx.geometry import CONTENT, VISUAL, Box
from lyhord.rendering.pptx.items import Caption, ChartPart, Placed, TablePart
from lyhord.rendering.pptx.measure import Role, Scale, fitted_widths, height_of, natural_widths, row_heights
from lyhord.rendering.report import Chart, Table

_CAPTION: Final = 0.34
_MOST_ROWS: Final = 14  # of a bar chart on one slide
_BALANCING: Final = 12  # halvings in the search for even slices
_DOTS_AROUND: Final = 1.1  # legend and axis of a dot chart, in inches


def chart_parts(chart: Chart) -> list[ChartPart]:
    """The chart whole, or its rows in as many slides as they need."""
    spec = chart.spec
    if isinstance(spec, StackedShares):
        cuts = _cuts(len(spec.rows), _MOST_ROWS)
        specs: list[ChartSpec] = [replace(spec, rows=spec.rows[first:end]) for first, end in cuts]
    elif isinstance(spec, Bars):
        specs = [replace(spec, marks=spec.marks[first:end]) for first, end in _cuts(len(spec.marks), _MOST_ROWS)]
    elif isinstance(spec, DotsWithIntervals):
        most = int((CONTENT.height - _CAPTION - _DOTS_AROUND) / _dot_row(spec))
        specs = [replace(spec, rows=spec.rows[first:end]) for first, end in _cuts(len(spec.rows), most)]
    else:
        specs = [spec]
    return [ChartPart(chart, one, part, len(specs)) for part, one in enumerate(specs, start=1)]


def _cuts(count: int, most: int) -> list[tuple[int, int]]:
    """Even slices of at most ``most`` rows."""
    parts = max(1, -(-count // most))
    size = -(-count // parts) if count else 0
    return [(start, min(start + size, count)) for start in range(0, max(count, 1), size or 1)]


def is_small(table: Table) -> bool:
    """Whether the table leaves room for text beside it, on one slide."""
    natural = natural_widths(table)
    if sum(natural) > VISUAL.width:
        return False
    heights = row_heights(table, fitted_widths(natural, VISUAL.width))
    return sum(heights) + _CAPTION + _note_height(table.note, VISUAL.width) <= VISUAL.height


def table_parts(table: Table, area: Box) -> list[TablePart]:
    """The table in as many slides as its rows need, each with the heading row."""
    natural = natural_widths(table)
    widths = fitted_widths(natural, min(area.width, max(VISUAL.width, sum(natural) * 1.5)))
    heights = row_heights(table, widths)
    room = area.height - _CAPTION - heights[0] - _note_height(table.note, area.width)
    cuts = _balanced(heights[1:], room)
    return [TablePart(table, widths, heights, *one, part, len(cuts)) for part, one in enumerate(cuts, start=1)]


def _balanced(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """As few slices as fit the room, and as even as the rows allow: no slide is left with the last two rows."""
    fewest = _filled(heights, room)
    low, high = sum(heights) / len(fewest), room
    if len(fewest) == 1 or low >= high:
        return fewest
    found = fewest
    for _step in range(_BALANCING):
        middle = (low + high) / 2
        tried = _filled(heights, middle)
        if len(tried) > len(fewest):
            low = middle
        else:
            high, found = middle, tried
    return found


def _filled(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """Slices filled one after the other; a row taller than the room stands alone."""
    cuts: list[tuple[int, int]] = []
    first = 0
    while first < len(heights) or not cuts:
        end, used = first, 0.0
        while end < len(heights) and (end == first or used + heights[end] <= room):
            used += heights[end]
            end += 1
        cuts.append((first, end))
        first = end
    return cuts


def _note_height(note: str, width: float) -> float:
    return height_of(Role.NOTE, note, width, Scale.SIDE) + 0.1 if note else 0.0


def framed(part: ChartPart | TablePart, area: Box) -> list[Placed]:
    """A chart or table with its caption above and small print below."""
    note = part.chart.note if isinstance(part, ChartPart) else part.table.note
    below = _note_height(note, area.width)
    top = area.y + _CAPTION
    room = area.height - _CAPTION - below
    if isinstance(part, ChartPart):
        body = Box(area.x, top, area.width, min(room, _chart_height(part.spec)))
    else:
        body = Box(area.x, top, sum(part.widths), part.height)
    placed = [Placed(Box(area.x, area.y, area.width, _CAPTION), Caption("")), Placed(body, part)]
    if note:
        placed.append(Placed(Box(area.x, body.bottom + 0.06, area.width, below - 0.06), Caption(note, note=True)))
    return placed


def _chart_height(spec: ChartSpec) -> float:
    """As tall as the chart's rows need; a bar as thick as a hand helps nobody."""
    if isinstance(spec, StackedShares):
        return 1.1 + 0.7 * len(spec.rows)
    if isinstance(spec, Bars):
        return 0.7 + 0.6 * len(spec.marks)
    if isinstance(spec, DotsWithIntervals):
        return _DOTS_AROUND + _dot_row(spec) * len(spec.rows)
    return CONTENT.height


def _dot_row(spec: DotsWithIntervals) -> float:
    """The height of a row: one's own dot with its number above, and each of the others below."""
    others = max((len(row.others) for row in spec.rows), default=0)
    return 0.5 + 0.24 * max(others, 1)
