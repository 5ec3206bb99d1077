"""Native XY charts: dots with intervals, ranked participants, and trends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lyhord.rendering.charts.labels import wrap
from lyhord.rendering.contrast import TEXT_MINIMUM, contrast
from lyhord.rendering.fonts import text_width
from lyhord.rendering.pptx.chart_parts import (
    ACROSS,
    LABEL_SIZE,
    SMALL_SIZE,
    UP,
    NativeChart,
    ValueAxis,
    chart_space,
    legend,
    line_look,
    number_code,
    numbers_xml,
    plot_layout,
    rich_text,
    series_head,
    value_axis,
)
from lyhord.rendering.pptx.drawing import colour_xml
from lyhord.rendering.pptx.embedded import Cell
from lyhord.rendering.pptx.geometry import POINTS_PER_INCH, Box
from lyhord.rendering.tokens import COLOURS, TONES, Marker, ToneStyle
from lyhord.rendering.xy_series import Axis, Draw, XyPlot, XySeries, with_intervals_as_lines

_MARKERS: Final[Mapping[Marker, str]] = {
    Marker.CIRCLE: "circle",
    Marker.DIAMOND: "diamond",
    Marker.SQUARE: "square",
    Marker.TRIANGLE: "triangle",
    Marker.RING: "x",
    Marker.DOT: "circle",
}
_LABEL_SHARE: Final = 0.30  # of the chart's width, at most, for row labels
_SHOWN: Final = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_HIDDEN: Final = _SHOWN.replace('<c:showVal val="1"/>', '<c:showVal val="0"/>')


def xy_chart(plot: XyPlot, box: Box, language: str) -> NativeChart:
    """The plot as a native chart that fills the box, in inches; the box decides how row labels wrap."""
    plot = with_intervals_as_lines(plot, language)
    left = _label_share(plot, box) if plot.row_labels else 0.55 / box.width
    plot = replace(plot, series=_longest_first(plot.series))
    series = "".join(_series(one, place, box, left) for place, one in enumerate(plot.series))
    top, foot = 0.45 / box.height, (0.62 if plot.across.title else 0.42) / box.height
    layout = plot_layout(left, top, 0.985 - left, 1 - top - foot)
    body = (
        f'{layout}<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}'
        f'<c:axId val="{ACROSS}"/><c:axId val="{UP}"/></c:scatterChart>'
        f"{value_axis(_axis(plot.across, (ACROSS, UP, 'b'), language))}"
        f"{value_axis(_axis(plot.up, (UP, ACROSS, 'l'), language))}"
    )
    hidden = [place for place, one in enumerate(plot.series) if not one.in_legend]
    return NativeChart(chart_space(body, legend(hidden), language), _rows(plot))


def _longest_first(series: tuple[XySeries, ...]) -> tuple[XySeries, ...]:
    """The series with the longest one first: LibreOffice loses those that stand before a longer one."""
    first = max(range(len(series)), key=lambda place: len(series[place].xs), default=0)
    return (*series[first : first + 1], *series[:first], *series[first + 1 :])


def _label_share(plot: XyPlot, box: Box) -> float:
    """The share of the width that the row labels need, wrapped within the largest share."""
    most = box.width * _LABEL_SHARE * POINTS_PER_INCH
    texts = [line for one in plot.series if one.draw is Draw.TEXT for label in one.labels for line in label.split("\n")]
    needed = max((min(text_width(text, LABEL_SIZE), most) for text in texts), default=0.0)
    return (needed / POINTS_PER_INCH + 0.2) / box.width


def _rows(plot: XyPlot) -> tuple[tuple[Cell, ...], ...]:
    """Two columns for each series: x, then y under the series' name."""
    head: list[Cell] = [part for one in plot.series for part in ("x", one.name)]
    deepest = max((len(one.xs) for one in plot.series), default=0)
    rows: list[tuple[Cell, ...]] = [tuple(head)]
    for place in range(deepest):
        cells: list[Cell] = []
        for one in plot.series:
            cells += [one.xs[place], one.ys[place]] if place < len(one.xs) else [None, None]
        rows.append(tuple(cells))
    return tuple(rows)


def _series(one: XySeries, place: int, box: Box, left: float) -> str:
    column = 2 * place
    return (
        f"<c:ser>{series_head(place, one.name, column + 1)}{_line(one)}<c:marker>{_marker(one)}</c:marker>"
        f"{_labels(one, box, left)}{numbers_xml('xVal', column, one.xs)}{numbers_xml('yVal', column + 1, one.ys)}"
        '<c:smooth val="0"/></c:ser>'
    )


def _line(one: XySeries) -> str:
    look = TONES[one.tone]
    if one.draw in (Draw.LINE, Draw.INTERVALS):
        return line_look(look.stroke, 2.5 if one.strong else 1.25)
    if one.draw is Draw.RULE:
        return line_look(look.stroke, 1.5, "dash")
    return line_look("", 0)


def _marker(one: XySeries) -> str:
    if one.draw not in (Draw.DOTS, Draw.LINE):
        return '<c:symbol val="none"/>'
    look = TONES[one.tone]
    size = 11 if one.strong else 5 if look.marker is Marker.DOT else 9
    return (
        f'<c:symbol val="{_MARKERS[look.marker]}"/><c:size val="{size}"/><c:spPr>{colour_xml(look.stroke)}'
        f'<a:ln w="12700">{colour_xml(look.stroke)}</a:ln></c:spPr>'
    )


def _labels(one: XySeries, box: Box, left: float) -> str:
    if not any(one.labels):
        return ""
    own = "".join(_label(one, place, text, box.width * left - 0.15) for place, text in enumerate(one.labels) if text)
    return f"<c:dLbls>{own}{_HIDDEN}</c:dLbls>"


def _label(one: XySeries, place: int, text: str, room: float) -> str:
    parts = text.split("\n")
    if one.draw is Draw.TEXT and one.side.value == "l":
        parts = [line for part in parts for line in wrap(part, room * POINTS_PER_INCH, size=LABEL_SIZE)]
    size = SMALL_SIZE if one.draw is Draw.RULE else LABEL_SIZE
    said = rich_text(parts, size, _label_colour(one, TONES[one.tone]), bold=one.strong)
    return f'<c:dLbl><c:idx val="{place}"/><c:tx>{said}</c:tx><c:dLblPos val="{one.side.value}"/>{_SHOWN}</c:dLbl>'


def _label_colour(one: XySeries, look: ToneStyle) -> str:
    if one.draw is Draw.RULE or contrast(look.stroke, COLOURS.paper) < TEXT_MINIMUM:
        return COLOURS.ink
    return look.stroke


def _axis(axis: Axis, ends: tuple[int, int, str], language: str) -> ValueAxis:
    # Zero on the axis of places is no place: it is not written.
    code = "0;;" if axis.title else number_code(0 if axis.step == int(axis.step) else 1, "", language)
    number, crosses, position = ends
    return ValueAxis(
        number, crosses, position, axis.low, axis.high, axis.step, axis.numbers, axis.lines, axis.title, code
    )
