"""Excel's own charts for every kind of ChartSpec, drawn from the cells of the sheet they stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.chart import Chart as ExcelChart
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_formula
from xlsxwriter.worksheet import Worksheet

from lyhord.rendering.charts.axis import zero_based_max
from lyhord.rendering.charts.spec import Bars, ChartSpec, Mark, StackedShares, Tone
from lyhord.rendering.formula_safety import as_plain_text
from lyhord.rendering.points import has_values
from lyhord.rendering.scatter import xy_plot
from lyhord.rendering.tokens import COLOURS, TONES, Marker
from lyhord.rendering.xlsx.book import FONT, Book, Data, plain, write_text
from lyhord.rendering.xlsx.sheet_data import number_code
from lyhord.rendering.xy_series import Axis, Draw, Side, XyPlot, XySeries

WIDTH: Final = 820  # pixels
_ROW_HEIGHT: Final = 30
_COLUMN_PIXELS, _ROW_PIXELS = 64, 20  # of a column and row left as they are
_CHART_COLUMNS: Final = WIDTH // _COLUMN_PIXELS + 1
_CROWDED: Final = 100  # more points than this are drawn small and thin
_REACH_DECIMALS: Final = 6  # of an error bar's length, so that subtraction leaves no tail of digits
_SMALLEST_LABELLED: Final = 4.0  # percent; a narrower segment has no room for its number
_MARKERS: Final[Mapping[Marker, str]] = {
    Marker.CIRCLE: "circle",
    Marker.DIAMOND: "diamond",
    Marker.SQUARE: "square",
    Marker.TRIANGLE: "triangle",
    Marker.RING: "x",
    Marker.DOT: "circle",
}
_SIDES: Final = {Side.LEFT: "left", Side.RIGHT: "right", Side.ABOVE: "above", Side.BELOW: "below"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a chart's data lie and where the chart goes: sheet, its name, heading row, and the chart's cell."""

    sheet: Worksheet
    name: str
    top: int
    row: int
    column: int


def add_chart(book: Book, spec: ChartSpec, data: Data, spot: Spot) -> tuple[int, int]:
    """Draw the chart beside its data, with title and alternative text; its last column and row come back.

    A chart without a single value is left out: its data say why.
    """
    if not has_values(spec):
        return spot.column, spot.row
    chart, height = _native(book, spec, data, spot)
    chart.set_title({"name": _said(spec.title), "overlay": False, "name_font": _font(book, 12, bold=True)})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": WIDTH, "height": height})
    description = plain(f"{spec.title}. {spec.description}")
    spot.sheet.insert_chart(spot.row, spot.column, chart, {"description": description, "object_position": 3})
    return spot.column + _CHART_COLUMNS, spot.row + height // _ROW_PIXELS + 1


def _native(book: Book, spec: ChartSpec, data: Data, spot: Spot) -> tuple[ExcelChart, int]:
    """The chart and its height in pixels."""
    if isinstance(spec, StackedShares):
        return _stacked(book, spec, data, spot), 190 + _ROW_HEIGHT * len(spec.rows)
    if isinstance(spec, Bars):
        return _bars(book, spec, data, spot), 130 + _ROW_HEIGHT * len(spec.marks)
    plot = xy_plot(spec, book.report.language)
    if plot is None:
        raise TypeError(f"No native chart is known for {type(spec).__name__}.")
    return _scatter(book, plot, spot), _scatter_height(plot)


def _scatter_height(plot: XyPlot) -> int:
    rows = plot.up.high - plot.up.low
    groups = sum(1 for series in plot.series if series.draw is Draw.DOTS)
    return int(150 + (30 + 24 * max(groups - 1, 1)) * rows) if plot.row_labels else 430


def _stacked(book: Book, spec: StackedShares, data: Data, spot: Spot) -> ExcelChart:
    chart = book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    first, last = spot.top + 1, spot.top + max(1, len(spec.rows))
    for place, (label, tone) in enumerate(spec.legend):
        column = data.headings.index(label) if label in data.headings else None
        if column is None:
            continue
        chart.add_series(
            {
                "name": [spot.name, spot.top, column],
                "categories": [spot.name, first, 0, last, 0],
                "values": [spot.name, first, column, last, column],
                "fill": {"color": TONES[tone].fill},
                "border": {"color": COLOURS.paper, "width": 1} if _dark(tone) else {"color": TONES[tone].stroke},
                "gap": 45,
                "data_labels": {
                    "value": True,
                    "num_format": "0",
                    "font": {"name": FONT, "size": 9, "bold": True, "color": TONES[tone].text},
                    "custom": [_segment_label(spec, row, place) for row in range(len(spec.rows))],
                },
            }
        )
    chart.set_y_axis({"reverse": True, "num_font": _font(book, 9), "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis(
        {
            "num_format": "0\\ %",  # the axis of shares runs from 0 to 1
            "num_font": _font(book, 9),
            "major_gridlines": {"visible": True, "line": {"color": COLOURS.line}},
            "major_unit": 0.25,
            "line": {"none": True},
            "label_position": "none"
            if spec.only_counts
            else "high",  # the categories run downwards, so the far end is the foot
        }
    )
    chart.set_legend({"position": "top", "font": _font(book, 9)})
    return chart


def _dark(tone: Tone) -> bool:
    return TONES[tone].text == COLOURS.paper


def _segment_label(spec: StackedShares, row: int, place: int) -> dict[str, object]:
    shares, counts = spec.rows[row].shares, spec.rows[row].counts
    if place >= len(shares) or shares[place] < _SMALLEST_LABELLED:
        return {"delete": True}
    tone = spec.legend[place][1]
    font = {"name": FONT, "size": 9, "bold": True, "color": TONES[tone].text}
    return {"value": str(counts[place]), "font": font} if counts else {"font": font}


def _bars(book: Book, spec: Bars, data: Data, spot: Spot) -> ExcelChart:
    chart = book.workbook.add_chart({"type": "bar"})
    first, last = spot.top + 1, spot.top + max(1, len(spec.marks))
    value = data.headings.index(book.words["value"]) if book.words["value"] in data.headings else 0
    chart.add_series(
        {
            "name": _said(spec.title),
            "categories": [spot.name, first, 0, last, 0],
            "values": [spot.name, first, value, last, value],
            "gap": 45,
            "points": [_bar_point(mark) for mark in spec.marks],
            "data_labels": {"value": True, "num_format": number_code(spec.decimals, spec.unit), "font": _font(book, 9)},
        }
    )
    known = [mark.value for mark in spec.marks if mark.value is not None]
    chart.set_y_axis({"reverse": True, "num_font": _font(book, 9), "major_tick_mark": "none"})
    chart.set_x_axis(
        {
            "min": 0,
            "max": zero_based_max(known, spec.axis_max),
            "num_font": _font(book, 9),
            "num_format": number_code(0, spec.unit),
            "major_gridlines": {"visible": True, "line": {"color": COLOURS.line}},
            "line": {"none": True},
            "label_position": "high",  # the categories run downwards, so the far end is the foot
        }
    )
    chart.set_legend({"none": True})
    return chart


def _bar_point(mark: Mark) -> dict[str, object]:
    look = TONES[mark.tone]
    return {"fill": {"color": look.fill}, "border": {"color": look.stroke}}


def _scatter(book: Book, plot: XyPlot, spot: Spot) -> ExcelChart:
    chart = book.workbook.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    hidden = []
    # The underlay stands right of the chart: every empty column between would cost time in each row.
    column = spot.column + _CHART_COLUMNS + 2
    write_text(spot.sheet, spot.top - 1, column, book.words["chart_lines"], _muted(book))
    for place, series in enumerate(plot.series):
        ranges = _write_underlay(book, series, spot, column)
        column += 4 if any(series.reaches) else 2
        chart.add_series(ranges | {"name": _said(series.name)} | _look(book, series))
        if not series.in_legend:
            hidden.append(place)
    chart.show_blanks_as("gap")
    chart.set_x_axis(_axis(book, plot.across, crossing=plot.up))
    chart.set_y_axis(_axis(book, plot.up, crossing=plot.across))
    chart.set_legend({"position": "top", "delete_series": hidden, "font": _font(book, 9)})
    left = 0.26 if plot.row_labels else 0.07
    chart.set_plotarea({"layout": {"x": left, "y": 0.2, "width": 0.96 - left, "height": 0.64}})
    return chart


def _muted(book: Book) -> Format:
    return book.format(font_color=book.colours.muted)


def _write_underlay(book: Book, series: XySeries, spot: Spot, column: int) -> dict[str, object]:
    """The series' points from ``column`` on, a column each for x, y and the reach down and up; the ranges they fill."""
    first, last = spot.top + 1, spot.top + len(series.xs)
    _write_numbers(book, spot, column, (f"{series.name}, x", series.xs))
    _write_numbers(book, spot, column + 1, (f"{series.name}, y", series.ys))
    ranges: dict[str, object] = {
        "categories": [spot.name, first, column, last, column],
        "values": [spot.name, first, column + 1, last, column + 1],
    }
    if not any(series.reaches):
        return ranges
    down, up = (_reaches(series, end) for end in (0, 1))
    _write_numbers(book, spot, column + 2, (f"{series.name}, {book.words['lower'].lower()}", down))
    _write_numbers(book, spot, column + 3, (f"{series.name}, {book.words['upper'].lower()}", up))
    bars: dict[str, object] = {
        "type": "custom",
        "minus_values": xl_range_formula(spot.name, first, column + 2, last, column + 2),
        "plus_values": xl_range_formula(spot.name, first, column + 3, last, column + 3),
        "minus_data": down,
        "plus_data": up,
        "end_style": 0,
        "line": {"color": TONES[series.tone].stroke, "width": 2.25 if series.strong else _others_width(series)},
    }
    return ranges | {"y_error_bars": bars}


def _reaches(series: XySeries, end: int) -> list[float]:
    return [0.0 if reach is None else round(reach[end], _REACH_DECIMALS) for reach in series.reaches]


def _write_numbers(book: Book, spot: Spot, column: int, named: tuple[str, Sequence[float | None]]) -> None:
    """A column of the underlay below its heading."""
    heading, values = named
    muted = _muted(book)
    write_text(spot.sheet, spot.top, column, heading, muted)
    for row, value in enumerate(values, start=spot.top + 1):
        if value is not None:
            spot.sheet.write_number(row, column, value, muted)


def _look(book: Book, series: XySeries) -> dict[str, object]:
    look = TONES[series.tone]
    marker: dict[str, object] = {"type": "none"}
    line: dict[str, object] = {"none": True}
    if series.draw in (Draw.DOTS, Draw.LINE):
        marker = {
            "type": _MARKERS[look.marker],
            "size": 9 if series.strong else _dot_size(series),
            "fill": {"color": look.stroke},
            "border": {"color": look.stroke},
        }
    if series.draw is Draw.LINE or series.draw is Draw.INTERVALS:
        line = {"color": look.stroke, "width": 2.25 if series.strong else 1}
    if series.draw is Draw.RULE:
        line = {"color": look.stroke, "width": 1.5, "dash_type": "dash"}
    labels = {"data_labels": _point_labels(book, series)} if any(series.labels) else {}
    return {"marker": marker, "line": line, **labels}


def _dot_size(series: XySeries) -> int:
    if TONES[series.tone].marker is not Marker.DOT:
        return 8
    return 3 if len(series.xs) > _CROWDED else 5


def _others_width(series: XySeries) -> float:
    """Points of an error bar's line: LibreOffice always draws caps, so that many close together must be thin."""
    return 0.25 if len(series.xs) > _CROWDED else 1


def _point_labels(book: Book, series: XySeries) -> dict[str, object]:
    bold = series.strong and series.draw is not Draw.INTERVALS
    font = _font(book, 9, bold=bold)
    return {
        "value": True,
        "position": _SIDES[series.side],
        "font": font,
        "custom": [{"value": _said(text), "font": font} if text else {"delete": True} for text in series.labels],
    }


def _axis(book: Book, axis: Axis, *, crossing: Axis) -> dict[str, object]:
    return {
        "min": axis.low,
        "max": axis.high,
        "major_unit": axis.step,
        "crossing": crossing.low if axis.low < 0 or crossing.low < 0 else "min",
        "name": axis.title,
        "name_font": _font(book, 9),
        "num_font": _font(book, 9),
        "num_format": "0;;",
        "label_position": "low" if axis.numbers else "none",
        "major_tick_mark": "none",
        "major_gridlines": {"visible": axis.lines, "line": {"color": COLOURS.line}},
        "line": {"color": COLOURS.edge} if axis.numbers else {"none": True},
    }


def _font(book: Book, size: int, *, bold: bool = False) -> dict[str, object]:
    return {"name": FONT, "size": size, "bold": bold, "color": book.colours.ink}


def _said(text: str) -> str:
    """A text in a chart; one that begins with an equals sign would be taken for a reference to a cell."""
    return as_plain_text(plain(text.replace("\n", ", "))) or " "
