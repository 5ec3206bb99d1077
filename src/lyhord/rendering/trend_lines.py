"""A trend as XY series: lines broken where rounds cannot be compared, intervals, values written clear of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lyhord.rendering import numbers
from lyhord.rendering.charts.axis import step_for, widened
from lyhord.rendering.charts.spec import Tone, Trend, TrendSeries
from lyhord.rendering.labels import labels
from lyhord.rendering.xy_series import Axis, Draw, Side, XyPlot, XySeries, pairs

_ASIDE: Final = 0.05  # of the distance between two rounds


def trend_plot(spec: Trend, language: str) -> XyPlot:
    """The trend with its rounds written below the plot and each break as a dashed line that says why."""
    count = len(spec.periods)
    values = [value for line in spec.series for value in (*line.values, *line.lows, *line.highs) if value is not None]
    low, high = widened(spec.axis_min, spec.axis_max, values)
    up = Axis(low, high, step_for(high - low, 6), lines=True)
    foot = XySeries(
        labels(language)["round"],
        Draw.TEXT,
        Tone.NEUTRAL,
        tuple(float(x) for x in range(count)),
        (low,) * count,
        spec.periods,
        Side.BELOW,
    )
    series = (
        foot,
        *(_break_rule(up, index, reason) for index, reason in spec.breaks),
        *(_intervals(line, language) for line in spec.series),
        *(_line(spec, line) for line in spec.series),
        *_values(spec, language),
    )
    across = Axis(-0.5, count - 0.5, 1, numbers=False)
    return XyPlot(tuple(part for part in series if part.xs), across, up, column_labels=True)


def _break_rule(axis: Axis, index: int, reason: str) -> XySeries:
    where = index - 0.5
    return XySeries(reason, Draw.RULE, Tone.NEUTRAL, (where, where), (axis.low, axis.high), ("", reason), Side.RIGHT)


def _intervals(line: TrendSeries, language: str) -> XySeries:
    ends = [
        (float(x), low, high)
        for x, (low, high) in enumerate(zip(line.lows, line.highs, strict=False))
        if low is not None and high is not None
    ]
    xs, ys = pairs(((x, low), (x, high)) for x, low, high in ends)
    return XySeries(labels(language)["interval_short"], Draw.INTERVALS, line.tone, xs, ys)


def _line(spec: Trend, line: TrendSeries) -> XySeries:
    breaks = {index for index, _reason in spec.breaks}
    xs: list[float] = []
    ys: list[float | None] = []
    for x, value in enumerate(line.values):
        if x in breaks:
            xs.append(x - 0.5)
            ys.append(None)
        xs.append(float(x))
        ys.append(value)
    return XySeries(
        line.label, Draw.LINE, line.tone, tuple(xs), tuple(ys), in_legend=True, strong=line.tone is Tone.OWN
    )


def _values(spec: Trend, language: str) -> Iterator[XySeries]:
    """The values of one's own line and of the first other one, the higher above and the lower below.

    Any further line says its last value only: more numbers between the lines than two a round nobody can read.
    """
    main = sorted(spec.series, key=lambda line: line.tone is not Tone.OWN)[:2]
    found: dict[tuple[int, Side], list[tuple[float, float, str]]] = {}
    for x in range(len(spec.periods)):
        known = [(line.values[x], place) for place, line in enumerate(main)]
        shown = sorted((value, place) for value, place in known if value is not None)
        for rank, (value, place) in enumerate(shown):
            side = Side.BELOW if rank == 0 and len(shown) > 1 else Side.ABOVE
            text = numbers.decimal(value, spec.decimals, language)
            found.setdefault((place, side), []).append((float(x), _clear(main, x, value, side), text))
    for (place, side), points in sorted(found.items()):
        yield _texts(main[place], side, points)
    for line in spec.series:
        last = [(float(x), value) for x, value in enumerate(line.values) if value is not None][-1:]
        points = [(x + _ASIDE, value, numbers.decimal(value, spec.decimals, language)) for x, value in last]
        if line not in main and points:
            yield _texts(line, Side.RIGHT, points)


def _texts(line: TrendSeries, side: Side, points: list[tuple[float, float, str]]) -> XySeries:
    xs, ys, texts = zip(*points, strict=True)
    return XySeries(line.label, Draw.TEXT, line.tone, xs, ys, texts, side, strong=line.tone is Tone.OWN)


def _clear(main: Sequence[TrendSeries], x: int, value: float, side: Side) -> float:
    """Where the value is written: past the ends of both lines' intervals."""
    above = side is Side.ABOVE
    ends = [(line.highs if above else line.lows)[x : x + 1] for line in main]
    known = [value, *(end for one in ends for end in one if end is not None)]
    return max(known) if above else min(known)
