"""Rows of 100 % bars: shares or, for a few calls, counts of graded options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lyhord.rendering.charts.axis import Scale
from lyhord.rendering.charts.frame import Columns, Drawn, Frame, area_legend, columns, value_axis
from lyhord.rendering.charts.labels import shorten, spread
from lyhord.rendering.charts.marks import area, patterned, repeated
from lyhord.rendering.charts.spec import StackedRow, StackedShares
from lyhord.rendering.charts.svg import SMALL, line, rect, stroke, text
from lyhord.rendering.charts.wording import word
from lyhord.rendering.fonts import Weight, text_width
from lyhord.rendering.numbers import count, count_of, decimal
from lyhord.rendering.tokens import COLOURS, TONES

_BAR: Final = 24.0
_ROW_GAP: Final = 11.0
_OUTSIDE: Final = 15.0  # the lane above a bar for values that do not fit in it
_INNER: Final = 11.5


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a bar: which option, where it lies, and its value as text."""

    option: int
    left: float
    right: float
    value: str
    long_value: str

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    def label(self) -> str:
        """The longest of its texts that fits inside, or nothing."""
        for shown in (self.long_value, self.value):
            if text_width(shown, _INNER, Weight.SEMIBOLD) + 7 <= self.right - self.left:
                return shown
        return ""


@dataclass(frozen=True, slots=True)
class _Plot:
    """What the rows share."""

    spec: StackedShares
    frame: Frame
    columns: Columns
    scale: Scale
    again: tuple[bool, ...]


def draw(spec: StackedShares, frame: Frame) -> Drawn:
    """The chart's body and height."""
    again = tuple(repeated(tone for _, tone in spec.legend))
    legend = area_legend(frame.width, spec.legend, again)
    left = columns(
        frame,
        [row.label for row in spec.rows],
        [row.emphasis for row in spec.rows],
        [row.n for row in spec.rows],
    )
    scale = Scale(0.0, 100.0, left.plot_start, frame.width - 1)
    plot = _Plot(spec, frame, left, scale, again)
    top = legend.height + 8
    y, drawn = top, []
    for index in range(len(spec.rows)):
        row, height = _row(plot, index, y)
        drawn.append(row)
        y += height
    axis, axis_height = _axis(plot, top, y)
    return Drawn(legend.body + axis + "".join(drawn), y + axis_height)


def _axis(plot: _Plot, top: float, bottom: float) -> tuple[str, float]:
    """The percent axis; where every row shows counts there is none, since six calls make no percentage."""
    if plot.spec.only_counts:
        return "", 2.0
    return value_axis(plot.frame, plot.scale, top, bottom, plot.spec.unit), 22.0


def _row(plot: _Plot, index: int, y: float) -> tuple[str, float]:
    row = plot.spec.rows[index]
    segments = list(_segments(plot, row))
    outside = [segment for segment in segments if not segment.label()]
    lane = _OUTSIDE if outside else 0.0
    height = max(_BAR + lane, plot.columns.row_height(index)) + _ROW_GAP
    bar = y + (height - _BAR + lane) / 2
    drawn = [plot.columns.draw(index, bar + _BAR / 2)]
    if not row.shares:
        drawn.append(_withheld(plot, row, bar))
    drawn += [_area(plot, segment, bar) for segment in segments]
    drawn += _outside(plot, outside, bar)
    return "".join(drawn), height


def _segments(plot: _Plot, row: StackedRow) -> Iterator[_Segment]:
    """The row's parts that are larger than nothing, from left to right."""
    language, total = plot.frame.language, sum(row.counts)
    reached = 0.0
    for option, share in enumerate(row.shares):
        before, reached = reached, reached + share
        if share <= 0:
            continue
        value = count(row.counts[option], language) if row.counts else decimal(share, 0, language)
        long_value = count_of(row.counts[option], total, language) if row.counts else value
        yield _Segment(option, plot.scale.at(before), plot.scale.at(reached), value, long_value)


def _area(plot: _Plot, segment: _Segment, bar: float) -> str:
    """The filled part and its value, on a cleared patch where the fill is patterned."""
    tone = plot.spec.legend[segment.option][1]
    style, again = TONES[tone], plot.again[segment.option]
    width = max(segment.right - segment.left - 2, 0.4)
    drawn = area(tone, (segment.left + 1, bar), (width, _BAR), again=again)
    label = segment.label()
    if not label:
        return drawn
    if patterned(tone, again=again):
        patch = text_width(label, _INNER, Weight.SEMIBOLD) + 6
        drawn += rect(segment.centre - patch / 2, bar + 4, patch, _BAR - 8, f'rx="3" fill="{style.fill}"')
    baseline = bar + _BAR / 2 + _INNER * 0.36
    return drawn + text(
        segment.centre, baseline, label, anchor="middle", size=_INNER, weight=Weight.SEMIBOLD, fill=style.text
    )


def _outside(plot: _Plot, segments: list[_Segment], bar: float) -> list[str]:
    """Values of narrow parts in the lane above the bar, kept apart, each with a thin line to its part."""
    widths = [text_width(segment.value, SMALL) + 7 for segment in segments]
    placed = spread([segment.centre for segment in segments], widths, plot.scale.start, plot.frame.width)
    drawn = []
    for segment, x in zip(segments, placed, strict=True):
        drawn.append(line(x, bar - 4.5, segment.centre, bar - 0.5, stroke(COLOURS.edge, 0.9)))
        drawn.append(text(x, bar - 6, segment.value, anchor="middle", size=SMALL))
    return drawn


def _withheld(plot: _Plot, row: StackedRow, bar: float) -> str:
    """An empty, dashed track that says why nothing is shown."""
    width = plot.scale.end - plot.scale.start
    look = f'rx="2" fill="{COLOURS.paper}" stroke="{COLOURS.edge}" stroke-width="1" stroke-dasharray="3 3"'
    words = shorten(row.note or word("too_few", plot.frame.language), width - 20, size=SMALL)
    baseline = bar + _BAR / 2 + SMALL * 0.36
    return rect(plot.scale.start + 0.8, bar, width - 1.6, _BAR, look) + text(
        plot.scale.start + 10, baseline, words, size=SMALL, fill=COLOURS.muted
    )
