"""Dot, rank and trend charts as XY series, the one native chart form that every office program draws alike.

The intervals of ranked participants belong to their points: a workbook shows them as error bars. LibreOffice leaves out
error bars with values of their own in a presentation, so there, and wherever an interval bears a label, it is a line
between its two ends. All such lines of one look are one series, with a point without y as the gap between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import singledispatch

from lyhord.rendering import numbers
from lyhord.rendering.charts.axis import step_for, widened
from lyhord.rendering.charts.spec import (
    ChartSpec,
    DotsWithIntervals,
    IntervalRow,
    Mark,
    Ranked,
    Tone,
    Trend,
)
from lyhord.rendering.labels import labels
from lyhord.rendering.office_words import office_words
from lyhord.rendering.trend_lines import trend_plot
from lyhord.rendering.xy_series import Axis, Draw, Side, XyPlot, XySeries, pairs

_LOWERED = 0.24  # how far below its row the first of the others stands, in rows


@singledispatch
def xy_plot(spec: ChartSpec, language: str) -> XyPlot | None:  # noqa: ARG001 - the signature of every case below
    """The chart as XY series, or None for bar charts, which are native charts of their own."""
    return None


@xy_plot.register
def _dots(spec: DotsWithIntervals, language: str) -> XyPlot:
    count = len(spec.rows)
    ups = [float(count - position) for position in range(count)]
    groups = _mark_groups(spec, ups)
    across = _value_axis(spec, [mark for _lowered, marks in groups for mark, _up in marks])
    head = XySeries(
        labels(language)["row"],
        Draw.TEXT,
        Tone.NEUTRAL,
        (across.low,) * count,
        tuple(ups),
        tuple(_row_label(row, language) for row in spec.rows),
        Side.LEFT,
    )
    bars = [_across_intervals(spec, lowered, marks, language) for lowered, marks in groups]
    dots = [_dot_series(spec, lowered, marks, language) for lowered, marks in groups]
    kept = [series for series in (*bars, *dots) if series.xs]
    return XyPlot((head, *kept), across, Axis(0.2, count + 0.6, 1, numbers=False), row_labels=True)


def _row_label(row: IntervalRow, language: str) -> str:
    return row.label if row.own.n is None else f"{row.label}\nn = {numbers.count(row.own.n, language)}"


_Group = tuple[bool, list[tuple[Mark, float]]]


def _mark_groups(spec: DotsWithIntervals, ups: Sequence[float]) -> list[_Group]:
    """The marks by label, own first, each with its height; the others stand a little below their row's own mark."""
    own = [(row.own, up) for row, up in zip(spec.rows, ups, strict=True)]
    lowered: dict[str, list[tuple[Mark, float]]] = {}
    for row, up in zip(spec.rows, ups, strict=True):
        for mark in row.others:
            lowered.setdefault(mark.label, []).append((mark, up))
    step = _LOWERED if len(lowered) < 3 else 0.6 / len(lowered)
    moved = [
        (True, [(mark, up - step * place) for mark, up in marks])
        for place, marks in enumerate(lowered.values(), start=1)
    ]
    return [(False, own), *moved]


def _dot_series(spec: DotsWithIntervals, lowered: bool, marks: list[tuple[Mark, float]], language: str) -> XySeries:
    shown = [(mark, mark.value, up) for mark, up in marks if mark.value is not None]
    return XySeries(
        marks[0][0].label if marks else "",
        Draw.DOTS,
        marks[0][0].tone if marks else Tone.OTHER,
        tuple(value for _mark, value, _up in shown),
        tuple(up for _mark, _value, up in shown),
        tuple("" if lowered and _has_interval(mark) else _said(spec, mark, language) for mark, _value, _up in shown),
        Side.RIGHT if lowered else Side.ABOVE,
        in_legend=True,
        strong=not lowered,
    )


def _across_intervals(
    spec: DotsWithIntervals, lowered: bool, marks: list[tuple[Mark, float]], language: str
) -> XySeries:
    """The intervals of one group; those of the others bear their values at the end, clear of the line."""
    ends = [(mark, mark.low, mark.high, up) for mark, up in marks if mark.low is not None and mark.high is not None]
    xs, ys = pairs(((low, up), (high, up)) for _mark, low, high, up in ends)
    texts: list[str] = []
    for mark, _low, _high, _up in ends:
        texts += ["", *([""] if texts else []), _said(spec, mark, language) if lowered else ""]
    tone = marks[0][0].tone if marks else Tone.OTHER
    name = labels(language)["interval_short"]
    return XySeries(name, Draw.INTERVALS, tone, xs, ys, tuple(texts), strong=not lowered)


def _has_interval(mark: Mark) -> bool:
    return mark.low is not None and mark.high is not None


def _said(spec: DotsWithIntervals, mark: Mark, language: str) -> str:
    return numbers.decimal(mark.value, spec.decimals, language)


@xy_plot.register
def _ranked(spec: Ranked, language: str) -> XyPlot:
    places = list(enumerate(spec.marks, start=1))
    own = [(place, mark) for place, mark in places if mark.tone is Tone.OWN]
    rest = [(place, mark) for place, mark in places if mark.tone is not Tone.OWN]
    words = office_words(language)
    count = len(spec.marks)
    up = _value_axis(spec, spec.marks)
    series = (
        _place_dots(rest, labels(language)["comparison"], Tone.OTHER),
        *_total_rule(spec, language),
        *_rank_set(spec, up, language),
        _own_dot(own),
        _own_names(spec, up, own, language),
    )
    across = Axis(0, count + 1, 10 if count > 20 else 5 if count > 8 else 1, title=words["place_axis"])
    return XyPlot(tuple(part for part in series if part.xs), across, up)


def _place_dots(marks: list[tuple[int, Mark]], name: str, tone: Tone) -> XySeries:
    shown = [(float(place), mark, mark.value) for place, mark in marks if mark.value is not None]
    return XySeries(
        name,
        Draw.DOTS,
        tone,
        tuple(place for place, _mark, _value in shown),
        tuple(value for _place, _mark, value in shown),
        reaches=tuple(_reach(mark, value) for _place, mark, value in shown),
    )


def _reach(mark: Mark, value: float) -> tuple[float, float] | None:
    """How far the mark's interval lies below and above its value."""
    return None if mark.low is None or mark.high is None else (value - mark.low, mark.high - value)


def _own_dot(own: list[tuple[int, Mark]]) -> XySeries:
    named = next((mark.label for _place, mark in own if mark.value is not None), "")
    return replace(_place_dots(own, named, Tone.OWN), in_legend=True, strong=True)


def _own_names(spec: Ranked, axis: Axis, own: list[tuple[int, Mark]], language: str) -> XySeries:
    """One's own name and value, above the intervals of the neighbours so that no line crosses the text."""
    shown = [(place, mark.value, mark.label) for place, mark in own if mark.value is not None]
    margin = (axis.high - axis.low) * 0.02
    reach = max(6, len(spec.marks) // 7)
    heights = [
        max(
            mark.value if mark.high is None else mark.high
            for mark in spec.marks[max(0, place - reach) : place + reach]
            if mark.value is not None
        )
        + margin
        for place, _value, _label in shown
    ]
    return XySeries(
        labels(language)["value"],
        Draw.TEXT,
        Tone.OWN,
        tuple(float(place) for place, _, _ in shown),
        tuple(heights),
        tuple(f"{label} {numbers.decimal(value, spec.decimals, language)}" for _, value, label in shown),
        Side.ABOVE,
        strong=True,
    )


def _total_rule(spec: Ranked, language: str) -> Iterator[XySeries]:
    value = spec.total.value
    if value is None:
        return
    end = float(len(spec.marks)) + 1
    text = f"{spec.total.label} {numbers.decimal(value, spec.decimals, language)}"
    # The label stands where the dots are lower than the line: at the right end.
    yield XySeries(
        spec.total.label,
        Draw.RULE,
        Tone.TOTAL,
        (0.0, end * 0.9, end),
        (value, value, value),
        ("", text, ""),
        Side.ABOVE,
        in_legend=True,
    )


def _rank_set(spec: Ranked, axis: Axis, language: str) -> Iterator[XySeries]:
    if spec.rank_low is None or spec.rank_high is None:
        return
    low, high = float(spec.rank_low), float(spec.rank_high)
    up = axis.low + (axis.high - axis.low) * 0.05
    text = office_words(language)["place_range"].format(low=spec.rank_low, high=spec.rank_high, total=len(spec.marks))
    yield XySeries(
        labels(language)["interval"],
        Draw.INTERVALS,
        Tone.OWN,
        (low, (low + high) / 2, high),
        (up, up, up),
        ("", text, ""),
        Side.ABOVE,
        strong=True,
    )


@xy_plot.register
def _trend(spec: Trend, language: str) -> XyPlot:
    return trend_plot(spec, language)


def _value_axis(spec: DotsWithIntervals | Ranked, marks: Iterable[Mark]) -> Axis:
    """The axis asked for, widened until every value and interval lies on it."""
    ends = [end for mark in marks for end in (mark.value, mark.low, mark.high) if end is not None]
    low, high = widened(spec.axis_min, spec.axis_max, ends)
    return Axis(low, high, step_for(high - low, 6), lines=True)
