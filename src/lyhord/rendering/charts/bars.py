"""Horizontal bars from zero, each with its value beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lyhord.rendering.charts.axis import Scale, zero_based_max
from lyhord.rendering.charts.frame import GAP, Columns, Drawn, Frame, columns, value_axis
from lyhord.rendering.charts.labels import shorten
from lyhord.rendering.charts.marks import area
from lyhord.rendering.charts.spec import Bars, Mark, Tone
from lyhord.rendering.charts.svg import SMALL, TEXT_SIZE, path, rect, stroke, text
from lyhord.rendering.charts.wording import word
from lyhord.rendering.fonts import Weight, text_width
from lyhord.rendering.numbers import with_unit
from lyhord.rendering.tokens import COLOURS

_BAR: Final = 20.0
_ROW_GAP: Final = 9.0
_NARROWEST: Final = 24.0  # that the bars are squeezed to by long labels on a narrow page
_NOTE_SHARE: Final = 0.3  # of the width, at most, for a note beside a value


@dataclass(frozen=True, slots=True)
class _Plot:
    spec: Bars
    frame: Frame
    columns: Columns
    scale: Scale


def draw(spec: Bars, frame: Frame) -> Drawn:
    """The chart's body and height."""
    strong = [mark.tone is Tone.OWN for mark in spec.marks]
    left = columns(frame, [mark.label for mark in spec.marks], strong, [mark.n for mark in spec.marks])
    reserved = max((_beside_width(spec, mark, frame) for mark in spec.marks), default=0.0)
    reached = [bound for mark in spec.marks for bound in (mark.value, mark.high) if bound is not None]
    end = max(frame.width - reserved, left.plot_start + _NARROWEST)
    scale = Scale(0.0, zero_based_max(reached, spec.axis_max), left.plot_start, end)
    plot = _Plot(spec, frame, left, scale)
    y, drawn = 4.0, []
    for index, mark in enumerate(spec.marks):
        height = max(_BAR, left.row_height(index)) + _ROW_GAP
        drawn.append(_row(plot, index, mark, y + height / 2))
        y += height
    axis = value_axis(frame, scale, 0, y, spec.unit)
    return Drawn(axis + "".join(drawn), y + 22)


def _row(plot: _Plot, index: int, mark: Mark, middle: float) -> str:
    """One bar with label, interval and value."""
    drawn = [plot.columns.draw(index, middle)]
    reached = plot.scale.start
    if mark.value is not None:
        reached = plot.scale.at(mark.value)
        width = reached - plot.scale.start
        if width > 0:
            drawn.append(area(mark.tone, (plot.scale.start, middle - _BAR / 2), (width, _BAR)))
        drawn.append(_whisker(plot.scale, mark, middle))
        reached = max(reached, plot.scale.at(mark.high if mark.high is not None else mark.value))
    drawn.append(_beside(plot, mark, reached + 7, middle + TEXT_SIZE * 0.36))
    return "".join(drawn)


def _whisker(scale: Scale, mark: Mark, middle: float) -> str:
    """The interval over the bar's end: dark on a light edge, so that it shows on bar and paper alike."""
    if mark.low is None or mark.high is None:
        return ""
    low, high = scale.at(mark.low), scale.at(mark.high)
    data = f"M{low:.1f} {middle - 4:.1f}v8M{low:.1f} {middle:.1f}H{high:.1f}M{high:.1f} {middle - 4:.1f}v8"
    return path(data, stroke(COLOURS.paper, 3.6)) + path(data, stroke(COLOURS.ink, 1.4))


def _beside(plot: _Plot, mark: Mark, x: float, baseline: float) -> str:
    """The value and its note to the right of the bar."""
    value, note = _texts(plot.spec, mark, plot.frame)
    drawn = ""
    if value:
        weight = Weight.BOLD if mark.tone is Tone.OWN else Weight.SEMIBOLD
        width = text_width(value, TEXT_SIZE, Weight.BOLD)
        cleared = rect(x - 2, baseline - 11, width + 4, 14, f'fill="{COLOURS.paper}"')
        drawn = cleared + text(x, baseline, value, weight=weight)
        x += width + 6
    note = shorten(note, plot.frame.width - x, size=SMALL) if note else ""
    return drawn + (text(x, baseline, note, size=SMALL, fill=COLOURS.muted) if len(note) > 1 else "")


def _beside_width(spec: Bars, mark: Mark, frame: Frame) -> float:
    """The room that value and note need to the right of the bar's end."""
    value, note = _texts(spec, mark, frame)
    needed = GAP + text_width(value, TEXT_SIZE, Weight.BOLD)
    if note and mark.value is not None:
        needed += 6 + text_width(note, SMALL)
    return needed


def _texts(spec: Bars, mark: Mark, frame: Frame) -> tuple[str, str]:
    """The value and the note as shown; a withheld value has a note alone."""
    if mark.value is None:
        return "", shorten(mark.note or word("too_few", frame.language), frame.width * _NOTE_SHARE, size=SMALL)
    note = shorten(mark.note, frame.width * _NOTE_SHARE, size=SMALL) if mark.note else ""
    return with_unit(mark.value, spec.decimals, spec.unit, frame.language), note
