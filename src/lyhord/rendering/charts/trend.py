"""Values over rounds; a line breaks where a value is missing and where rounds are not comparable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lyhord.rendering.charts.axis import Scale, ticks, widened
from lyhord.rendering.charts.frame import GRID, LEADING, Drawn, Frame, axis_note
from lyhord.rendering.charts.labels import spread, wrap
from lyhord.rendering.charts.marks import marker
from lyhord.rendering.charts.spec import Tone, Trend, TrendSeries
from lyhord.rendering.charts.svg import SMALL, line, path, stroke, text
from lyhord.rendering.charts.wording import word
from lyhord.rendering.fonts import Weight, text_width
from lyhord.rendering.numbers import with_unit
from lyhord.rendering.tokens import COLOURS, TONES

_PLOT_HEIGHT: Final = 190.0
_NAME_SHARE: Final = 0.24  # of the width, at most, for the series' names at the right
_VALUE_HEIGHT: Final = 13.0


@dataclass(frozen=True, slots=True)
class _Plot:
    spec: Trend
    frame: Frame
    top: float
    across: Scale
    upright: Scale

    def x(self, index: int) -> float:
        """The middle of a round."""
        return self.across.at(index)


def draw(spec: Trend, frame: Frame) -> Drawn:
    """The chart's body and height."""
    if not spec.periods or not any(value is not None for series in spec.series for value in series.values):
        return Drawn(text(0, 16, word("no_data", frame.language), fill=COLOURS.muted), 24)
    names = max(
        (text_width(part, SMALL, Weight.SEMIBOLD) for series in spec.series for part in _name(series, frame)),
        default=0.0,
    )
    start, end = 44.0, frame.width - names - 16
    inset = min((end - start) / (len(spec.periods) * 2), 60.0)
    last = max(len(spec.periods) - 1, 1)
    across = Scale(0, last, start + inset, end - inset - 8)
    reasons = _reasons(spec, frame, across)
    top = max((len(lines) for lines in reasons), default=0) * LEADING + 16
    low, high = widened(spec.axis_min, spec.axis_max, _values(spec))
    plot = _Plot(spec, frame, top, across, Scale(low, high, top + _PLOT_HEIGHT, top))
    return _draw(plot, reasons, (start, end))


def _draw(plot: _Plot, reasons: list[tuple[str, ...]], ends: tuple[float, float]) -> Drawn:
    bottom = plot.upright.start
    drawn = [_grid(plot, ends), *_breaks(plot, reasons), *_periods(plot, bottom)]
    drawn += [part for series in plot.spec.series for part in _series(plot, series)]
    drawn += _value_labels(plot)
    drawn += _names(plot, ends[1] + 10)
    lines = max(len(_period_lines(plot, period)) for period in plot.spec.periods)
    height = bottom + 8 + lines * LEADING
    note = axis_note(plot.frame, plot.upright, 0, 0, height + 16)
    return Drawn("".join(drawn) + note, height + (24 if note else 6))


def _grid(plot: _Plot, ends: tuple[float, float]) -> str:
    drawn = []
    shown = ticks(plot.upright.low, plot.upright.high, 5)
    decimals = 0 if all(value == int(value) for value in shown) else 1
    for value in shown:
        y = plot.upright.at(value)
        drawn.append(line(ends[0] - 4, y, ends[1], y, GRID))
        label = with_unit(value, decimals, plot.spec.unit, plot.frame.language)
        drawn.append(text(ends[0] - 9, y + 4, label, anchor="end", size=SMALL, fill=COLOURS.muted))
    return "".join(drawn)


def _period_lines(plot: _Plot, period: str) -> tuple[str, ...]:
    return wrap(period, _pitch(plot) - 6, size=SMALL, lines=2)


def _pitch(plot: _Plot) -> float:
    """The distance between two rounds."""
    rounds = len(plot.spec.periods)
    return (plot.across.end - plot.across.start) / (rounds - 1) if rounds > 1 else 200.0


def _periods(plot: _Plot, bottom: float) -> Iterator[str]:
    for index, period in enumerate(plot.spec.periods):
        for row, part in enumerate(_period_lines(plot, period)):
            yield text(plot.x(index), bottom + 16 + row * LEADING, part, anchor="middle", size=SMALL)


def _reasons(spec: Trend, frame: Frame, across: Scale) -> list[tuple[str, ...]]:
    """Each break's words, wrapped to the room that breaks have between them."""
    room = (across.end - across.start) / max(len(spec.breaks), 1) - 10
    return [wrap(reason or word("break", frame.language), min(room, 200.0), size=SMALL) for _, reason in spec.breaks]


def _breaks(plot: _Plot, reasons: list[tuple[str, ...]]) -> Iterator[str]:
    """A dashed upright before each round that cannot be compared with the one before, and why."""
    widths = [max(text_width(part, SMALL) for part in lines) + 8 for lines in reasons]
    wanted = [plot.x(index) - _pitch(plot) / 2 for index, _ in plot.spec.breaks]
    centres = spread(wanted, widths, plot.across.start - 30, plot.frame.width)
    for x, centre, lines in zip(wanted, centres, reasons, strict=True):
        yield line(x, plot.top - 8, x, plot.upright.start, stroke(COLOURS.muted, 1.2, "4 3"))
        for row, part in enumerate(lines):
            y = plot.top - 12 - (len(lines) - 1 - row) * LEADING
            yield text(centre, y, part, anchor="middle", size=SMALL, fill=COLOURS.muted)


def _series(plot: _Plot, series: TrendSeries) -> Iterator[str]:
    """A series' intervals, line and dots."""
    style, own = TONES[series.tone], series.tone is Tone.OWN
    for index, (low, high) in enumerate(zip(series.lows, series.highs, strict=False)):
        if low is not None and high is not None and series.values[index] is not None:
            x = plot.x(index)
            yield line(x, plot.upright.at(low), x, plot.upright.at(high), stroke(style.stroke, 1.4))
    for run in _runs(plot.spec, series):
        if len(run) > 1:
            data = "L".join(f"{plot.x(index):.1f} {plot.upright.at(value):.1f}" for index, value in run)
            yield path(f"M{data}", stroke(style.stroke, 2.6 if own else 1.8, style.dash))
        for index, value in run:
            yield marker(series.tone, plot.x(index), plot.upright.at(value), 5.0 if own else 4.2)


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


def _value_labels(plot: _Plot) -> Iterator[str]:
    """Every value beside its dot, kept apart from the others of the round."""
    for index in range(len(plot.spec.periods)):
        here = [
            (plot.upright.at(value), series, value)
            for series in plot.spec.series
            if index < len(series.values) and (value := series.values[index]) is not None
        ]
        here.sort(key=lambda entry: entry[0])
        wanted = [y - 8 if order < (len(here) + 1) // 2 else y + 10 for order, (y, _, _) in enumerate(here)]
        placed = spread(wanted, [_VALUE_HEIGHT] * len(here), plot.top - 10, plot.upright.start)
        for (_, series, value), y in zip(here, placed, strict=True):
            label = with_unit(value, plot.spec.decimals, plot.spec.unit, plot.frame.language)
            weight = Weight.BOLD if series.tone is Tone.OWN else Weight.REGULAR
            x = plot.x(index) + 8
            yield text(x, y + 4, label, size=SMALL, weight=weight, fill=TONES[series.tone].stroke)


def _name(series: TrendSeries, frame: Frame) -> tuple[str, ...]:
    return wrap(series.label, frame.width * _NAME_SHARE, size=SMALL, weight=Weight.SEMIBOLD)


def _names(plot: _Plot, x: float) -> Iterator[str]:
    """Each series' name at the height of its last value."""
    ended = []
    for series in plot.spec.series:
        last = next((value for value in reversed(series.values) if value is not None), None)
        if last is not None:
            ended.append((plot.upright.at(last), series))
    ended.sort(key=lambda entry: entry[0])
    lines = [_name(series, plot.frame) for _, series in ended]
    heights = [len(parts) * LEADING + 3 for parts in lines]
    centres = spread([y for y, _ in ended], heights, 0, plot.upright.start + 20)
    for (_, series), parts, centre in zip(ended, lines, centres, strict=True):
        for row, part in enumerate(parts):
            y = centre + 4 + (row - (len(parts) - 1) / 2) * LEADING
            yield text(x, y, part, size=SMALL, weight=Weight.SEMIBOLD, fill=TONES[series.tone].stroke)


def _values(spec: Trend) -> list[float]:
    return [value for series in spec.series for value in series.values if value is not None]
