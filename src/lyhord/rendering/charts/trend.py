"""Values over rounds; a line breaks where a value is missing and where rounds are not comparable.

Under the plot each series has a row with its marker, its name and its values, each below its round: legend and labels
in one, so that no value hides another however close the lines run.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lyhord.rendering.charts.axis import Scale, ticks, widened
from lyhord.rendering.charts.frame import GRID, LABEL_SHARE, LEADING, Drawn, Frame, axis_note
from lyhord.rendering.charts.labels import spread, wrap
from lyhord.rendering.charts.marks import marker
from lyhord.rendering.charts.spec import Tone, Trend, TrendSeries
from lyhord.rendering.charts.svg import SMALL, TEXT_SIZE, line, path, stroke, text
from lyhord.rendering.charts.wording import word
from lyhord.rendering.fonts import Weight, text_width
from lyhord.rendering.numbers import with_unit
from lyhord.rendering.tokens import COLOURS, TONES

_PLOT_HEIGHT: Final = 180.0
_AXIS_ROOM: Final = 40.0  # for the tick labels left of the plot
_KEY: Final = 16.0  # for the marker before a series' name
_DODGE: Final = 7.0  # between the dots of one round, so that intervals stand beside each other
_ROW_GAP: Final = 8.0


@dataclass(frozen=True, slots=True)
class _Plot:
    spec: Trend
    frame: Frame
    left: float  # where the gridlines start
    pitch: float  # from round to round
    upright: Scale
    names: tuple[tuple[str, ...], ...]

    def x(self, index: int) -> float:
        """The middle of a round."""
        return self.left + self.pitch * (index + 0.5)

    def dodged(self, order: int, index: int) -> float:
        """Where a series' dot stands within its round."""
        step = min(_DODGE, self.pitch * 0.5 / max(len(self.spec.series), 1))
        return self.x(index) + (order - (len(self.spec.series) - 1) / 2) * step

    def shown(self, value: float | None) -> str:
        """A value as printed."""
        return with_unit(value, self.spec.decimals, self.spec.unit, self.frame.language)


def draw(spec: Trend, frame: Frame) -> Drawn:
    """The chart's body and height."""
    if not spec.periods or not any(value is not None for series in spec.series for value in series.values):
        return Drawn(text(0, 16, word("no_data", frame.language), fill=COLOURS.muted), 24)
    room = frame.width * LABEL_SHARE - _KEY
    names = tuple(wrap(series.label, room, weight=_weight(series)) for series in spec.series)
    widest = max((text_width(part, TEXT_SIZE, Weight.SEMIBOLD) for lines in names for part in lines), default=0.0)
    left = max(_AXIS_ROOM, _KEY + widest + 12)
    pitch = (frame.width - left) / len(spec.periods)
    reasons = _reasons(spec, frame, left)
    top = max((len(lines) for lines in reasons), default=0) * LEADING + 14
    low, high = widened(spec.axis_min, spec.axis_max, _values(spec))
    plot = _Plot(spec, frame, left, pitch, Scale(low, high, top + _PLOT_HEIGHT, top), names)
    bottom = top + _PLOT_HEIGHT
    drawn = [_grid(plot), *_breaks(plot, reasons)]
    order = sorted(range(len(spec.series)), key=lambda index: spec.series[index].tone is Tone.OWN)
    drawn += [part for index in order for part in _series(plot, index)]
    periods, height = _periods(plot, bottom)
    table, height = _table(plot, height)
    note = axis_note(frame, plot.upright, 0, 0, height + 16)
    return Drawn("".join(drawn) + periods + table + note, height + (24 if note else 4))


def _grid(plot: _Plot) -> str:
    drawn = []
    shown = ticks(plot.upright.low, plot.upright.high)
    decimals = 0 if all(value == int(value) for value in shown) else 1
    for value in shown:
        y = plot.upright.at(value)
        drawn.append(line(plot.left, y, plot.frame.width, y, GRID))
        label = with_unit(value, decimals, "%" if plot.spec.unit == "%" else "", plot.frame.language)
        drawn.append(text(plot.left - 8, y + 4, label, anchor="end", size=SMALL, fill=COLOURS.muted))
    return "".join(drawn)


def _periods(plot: _Plot, bottom: float) -> tuple[str, float]:
    """The rounds' names under the plot, and where the table beneath them starts."""
    lines = [wrap(period, plot.pitch - 4, size=SMALL, weight=Weight.SEMIBOLD) for period in plot.spec.periods]
    drawn = [
        text(plot.x(index), bottom + 17 + row * LEADING, part, anchor="middle", size=SMALL, weight=Weight.SEMIBOLD)
        for index, parts in enumerate(lines)
        for row, part in enumerate(parts)
    ]
    return "".join(drawn), bottom + 10 + LEADING * max(len(parts) for parts in lines)


def _table(plot: _Plot, top: float) -> tuple[str, float]:
    """A row for each series: marker, name, and every value below its round; staggered where rounds stand close."""
    shown = [[plot.shown(value) for value in series.values] for series in plot.spec.series]
    widest = max(text_width(value, TEXT_SIZE, Weight.BOLD) for values in shown for value in values)
    levels = max(1, math.ceil((widest + 4) / plot.pitch))
    y, drawn = top, []
    for series, values, name in zip(plot.spec.series, shown, plot.names, strict=True):
        height = max(levels, len(name)) * LEADING + _ROW_GAP
        drawn.append(line(0, y, plot.frame.width, y, GRID))
        middle = y + height / 2
        drawn += _row(plot, series, values, (middle, levels))
        for row, part in enumerate(name):
            baseline = middle + TEXT_SIZE * 0.36 + (row - (len(name) - 1) / 2) * LEADING
            drawn.append(text(_KEY, baseline, part, weight=_weight(series)))
        y += height
    return "".join(drawn), y


def _row(plot: _Plot, series: TrendSeries, values: list[str], place: tuple[float, int]) -> Iterator[str]:
    """The marker on its piece of line, and the values."""
    middle, levels = place
    yield line(0, middle, 12, middle, stroke(TONES[series.tone].stroke, 2))
    yield marker(series.tone, 6, middle, 4.4)
    weight = Weight.BOLD if series.tone is Tone.OWN else Weight.REGULAR
    for index, value in enumerate(values[: len(plot.spec.periods)]):
        level = index % levels - (levels - 1) / 2
        baseline = middle + TEXT_SIZE * 0.36 + level * LEADING
        half = text_width(value, TEXT_SIZE, weight) / 2
        x = min(max(plot.x(index), plot.left + half), plot.frame.width - half)
        yield text(x, baseline, value, anchor="middle", weight=weight)


def _reasons(spec: Trend, frame: Frame, left: float) -> list[tuple[str, ...]]:
    """Each break's words, wrapped to the room that breaks have between them."""
    room = (frame.width - left) / max(len(spec.breaks), 1) - 10
    return [
        wrap(reason or word("break", frame.language), min(room, 210.0), size=SMALL, lines=4)
        for _, reason in spec.breaks
    ]


def _breaks(plot: _Plot, reasons: list[tuple[str, ...]]) -> Iterator[str]:
    """A dashed upright before each round that cannot be compared with the one before, and why."""
    widths = [max((text_width(part, SMALL) for part in lines), default=0.0) + 8 for lines in reasons]
    wanted = [plot.x(index) - plot.pitch / 2 for index, _ in plot.spec.breaks]
    centres = spread(wanted, widths, plot.left, plot.frame.width)
    for x, centre, lines in zip(wanted, centres, reasons, strict=True):
        yield line(x, plot.upright.end - 8, x, plot.upright.start, stroke(COLOURS.muted, 1.2, "4 3"))
        for row, part in enumerate(lines):
            y = plot.upright.end - 12 - (len(lines) - 1 - row) * LEADING
            yield text(centre, y, part, anchor="middle", size=SMALL, fill=COLOURS.muted)


def _series(plot: _Plot, order: int) -> Iterator[str]:
    """A series' intervals, line and dots."""
    series = plot.spec.series[order]
    style, own = TONES[series.tone], series.tone is Tone.OWN
    for index, (low, high) in enumerate(zip(series.lows, series.highs, strict=False)):
        if low is not None and high is not None and series.values[index] is not None:
            x = plot.dodged(order, index)
            yield line(x, plot.upright.at(low), x, plot.upright.at(high), stroke(style.stroke, 1.4))
    for run in _runs(plot.spec, series):
        if len(run) > 1:
            data = "L".join(f"{plot.dodged(order, index):.1f} {plot.upright.at(value):.1f}" for index, value in run)
            yield path(f"M{data}", stroke(style.stroke, 2.4 if own else 1.6, style.dash))
        for index, value in run:
            yield marker(series.tone, plot.dodged(order, index), plot.upright.at(value), 5.0 if own else 4.2)


def _runs(spec: Trend, series: TrendSeries) -> list[list[tuple[int, float]]]:
    """Stretches of rounds that one line may join."""
    broken = {index for index, _ in spec.breaks}
    runs: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(series.values):
        if value is None or index in broken:
            runs.append([])
        if value is not None:
            runs[-1].append((index, value))
    return [run for run in runs if run]


def _weight(series: TrendSeries) -> Weight:
    return Weight.SEMIBOLD if series.tone is Tone.OWN else Weight.REGULAR


def _values(spec: Trend) -> list[float]:
    return [value for series in spec.series for value in series.values if value is not None]
