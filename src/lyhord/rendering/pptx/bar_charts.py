"""Native bar charts: stacked shares of 100 %, and bars from zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lyhord.rendering import numbers
from lyhord.rendering.charts.axis import step_for, zero_based_max
from lyhord.rendering.charts.spec import Bars, StackedRow, StackedShares
from lyhord.rendering.charts.svg import attribute
from lyhord.rendering.fonts import text_width
from lyhord.rendering.labels import labels
from lyhord.rendering.pptx.chart_parts import (
    ACROSS,
    LABEL_SIZE,
    UP,
    NativeChart,
    ValueAxis,
    area_look,
    categories_xml,
    category_axis,
    chart_space,
    legend,
    number_code,
    numbers_xml,
    plot_layout,
    rich_text,
    series_head,
    text_properties,
    value_axis,
)
from lyhord.rendering.pptx.embedded import Cell
from lyhord.rendering.pptx.geometry import POINTS_PER_INCH, Box
from lyhord.rendering.tokens import TONES

_SMALLEST_LABELLED: Final = 4.0  # percent; a narrower segment has no room for its number
_LABEL_SHARE: Final = 0.36  # of the width, at most, for row labels
_SHOWN: Final = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_NO_FIELD: Final = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_REACH_FOOT: Final = '<c:crosses val="max"/>'  # rows run downwards, so the largest category is at the foot


def stacked_chart(spec: StackedShares, box: Box, language: str) -> NativeChart:
    """Rows of 100 % bars; each segment says its percent, or its count where the base is too small for percent."""
    names = tuple(_row_name(row.label, row.n, row.note if not row.shares else "", language) for row in spec.rows)
    drawn = [row.counts if spec.only_counts else row.shares for row in spec.rows]
    shares = [[each[place] if place < len(each) else None for each in drawn] for place in range(len(spec.legend))]
    series = "".join(
        f"<c:ser>{series_head(place, label, place + 1)}{area_look(TONES[tone])}"
        f'<c:invertIfNegative val="0"/>{_segment_labels(spec, place)}{categories_xml(names)}'
        f"{numbers_xml('val', place + 1, shares[place])}</c:ser>"
        for place, (label, tone) in enumerate(spec.legend)
    )
    code = _percent_code(language)
    numbers = not spec.only_counts
    axis = ValueAxis(ACROSS, UP, "b", 0, 1, 0.25, numbers=numbers, lines=numbers, code=code, reach=_REACH_FOOT)
    plot = (
        f'{_layout(names, box, 0.45)}<c:barChart><c:barDir val="bar"/><c:grouping val="percentStacked"/>'
        '<c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="45"/><c:overlap val="100"/><c:axId val="{UP}"/><c:axId val="{ACROSS}"/></c:barChart>'
        f"{category_axis()}{value_axis(axis)}"
    )
    head: tuple[Cell, ...] = (labels(language)["row"], *(label for label, _tone in spec.legend))
    rows = (head, *((name, *(column[place] for column in shares)) for place, name in enumerate(names)))
    return NativeChart(chart_space(plot, legend(), language), rows)


def bar_chart(spec: Bars, box: Box, language: str) -> NativeChart:
    """Bars from zero, each saying its value."""
    names = tuple(_row_name(mark.label, mark.n, mark.note, language) for mark in spec.marks)
    values = [mark.value for mark in spec.marks]
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{area_look(TONES[mark.tone])}'
        "</c:dPt>"
        for place, mark in enumerate(spec.marks)
    )
    code = number_code(spec.decimals, spec.unit, language)
    shown = (
        f'<c:dLbls><c:numFmt formatCode="{attribute(code)}" sourceLinked="0"/>{_NO_FIELD}'
        f'{text_properties(LABEL_SIZE, bold=True)}<c:dLblPos val="outEnd"/>{_SHOWN}</c:dLbls>'
    )
    series = (
        f"<c:ser>{series_head(0, spec.title, 1)}{area_look(TONES[spec.marks[0].tone]) if spec.marks else ''}"
        f'<c:invertIfNegative val="0"/>{points}{shown}{categories_xml(names)}{numbers_xml("val", 1, values)}</c:ser>'
    )
    high = zero_based_max([value for value in values if value is not None], spec.axis_max)
    axis_code = number_code(0, spec.unit, language)
    axis = ValueAxis(ACROSS, UP, "b", 0, high, step_for(high, 5), lines=True, code=axis_code, reach=_REACH_FOOT)
    plot = (
        f'{_layout(names, box, 0.05)}<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/>'
        '<c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="45"/><c:axId val="{UP}"/><c:axId val="{ACROSS}"/></c:barChart>'
        f"{category_axis()}{value_axis(axis)}"
    )
    rows: tuple[tuple[Cell, ...], ...] = (
        (labels(language)["row"], spec.title),
        *((name, value) for name, value in zip(names, values, strict=True)),
    )
    return NativeChart(chart_space(plot, "", language), rows)


def _layout(names: Sequence[str], box: Box, top: float) -> str:
    """Where the plot stands: row labels get the width they need, up to a share of the chart, and then wrap."""
    needed = max((text_width(name, LABEL_SIZE) for name in names), default=0.0) / POINTS_PER_INCH + 0.15
    left = min(needed, box.width * _LABEL_SHARE) / box.width
    foot = 0.4 / box.height
    return plot_layout(left, top / box.height, 0.96 - left, 1 - top / box.height - foot)


def _row_name(label: str, n: int | None, note: str, language: str) -> str:
    said = [note] if note else []
    if n is not None:
        said.append(f"n{numbers.NO_BREAK_SPACE}={numbers.NO_BREAK_SPACE}{numbers.count(n, language)}")
    return f"{label} ({', '.join(said)})" if said else label


def _segment_labels(spec: StackedShares, place: int) -> str:
    look = TONES[spec.legend[place][1]]
    own = "".join(_segment_label(row, position, place, look.text) for position, row in enumerate(spec.rows))
    return (
        f'<c:dLbls>{own}<c:numFmt formatCode="0" sourceLinked="0"/>{_NO_FIELD}'
        f'{text_properties(LABEL_SIZE, look.text, bold=True)}<c:dLblPos val="ctr"/>{_SHOWN}</c:dLbls>'
    )


def _segment_label(row: StackedRow, position: int, place: int, colour: str) -> str:
    """The label of one segment where it differs from the series': none, or a count."""
    if place >= len(row.shares) or row.shares[place] < _SMALLEST_LABELLED:
        return f'<c:dLbl><c:idx val="{position}"/><c:delete val="1"/></c:dLbl>'
    if not row.counts:
        return ""
    said = rich_text((str(row.counts[place]),), LABEL_SIZE, colour, bold=True)
    return f'<c:dLbl><c:idx val="{position}"/><c:tx>{said}</c:tx><c:dLblPos val="ctr"/>{_SHOWN}</c:dLbl>'


def _percent_code(language: str) -> str:
    return "0%" if language.startswith("en") else "0\\ %"
