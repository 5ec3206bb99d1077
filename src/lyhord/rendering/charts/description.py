"""The long description of a chart, made from its values: the alternative text in every face."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from lyhord.rendering.charts.spec import (
    Bars,
    ChartSpec,
    DotsWithIntervals,
    Mark,
    Ranked,
    StackedRow,
    StackedShares,
    Tone,
    Trend,
    TrendSeries,
)
from lyhord.rendering.charts.wording import place_words, word
from lyhord.rendering.numbers import count, count_of, interval, with_unit


def alt_text(spec: ChartSpec, language: str) -> str:
    """What a face gives as alternative text: the chart's own description, or one made from its values."""
    return spec.description or describe(spec, language)


def describe(spec: ChartSpec, language: str) -> str:
    """The title and then every row's values in words, from the same unrounded values that are drawn."""
    match spec:
        case StackedShares():
            sentences = _stacked(spec, language)
        case Bars():
            sentences = (f"{_named(mark)}{_mark(mark, spec.unit, spec.decimals, language)}" for mark in spec.marks)
        case DotsWithIntervals():
            sentences = _dots(spec, language)
        case Ranked():
            sentences = _ranked(spec, language)
        case Trend():
            sentences = _trend(spec, language)
        case _:
            assert_never(spec)
    return " ".join(f"{sentence.rstrip('. ')}." for sentence in (spec.title, *sentences) if sentence.strip())


def _named(mark: Mark) -> str:
    return f"{mark.label}: " if mark.label else ""


def _mark(mark: Mark, unit: str, decimals: int, language: str) -> str:
    """A value with interval, base and note."""
    parts = [with_unit(mark.value, decimals, unit, language)] if mark.value is not None else []
    if mark.value is None:
        parts.append(mark.note or word("too_few", language))
    elif mark.low is not None and mark.high is not None:
        parts.append(word("interval", language, interval=interval(mark.low, mark.high, decimals, language)))
    if mark.n is not None:
        parts.append(f"n={count(mark.n, language)}")
    if mark.value is not None and mark.note:
        parts.append(mark.note)
    return ", ".join(parts)


def _stacked(spec: StackedShares, language: str) -> Iterator[str]:
    for row in spec.rows:
        base = f", n={count(row.n, language)}" if row.n is not None else ""
        yield f"{row.label}: {_shares(spec, row, language)}{base}"


def _shares(spec: StackedShares, row: StackedRow, language: str) -> str:
    if not row.shares:
        return row.note or word("too_few", language)
    options = [label for label, _ in spec.legend]
    if row.counts:
        total = sum(row.counts)
        shown = [count_of(part, total, language) for part in row.counts]
    else:
        shown = [with_unit(share, 0, spec.unit, language) for share in row.shares]
    return ", ".join(f"{option} {value}" for option, value in zip(options, shown, strict=True))


def _dots(spec: DotsWithIntervals, language: str) -> Iterator[str]:
    for row in spec.rows:
        marks = "; ".join(
            f"{mark.label} {_mark(mark, spec.unit, spec.decimals, language)}" for mark in (row.own, *row.others)
        )
        yield f"{row.label}: {marks}"


def _ranked(spec: Ranked, language: str) -> Iterator[str]:
    valued = [mark for mark in spec.marks if mark.value is not None]
    if not valued:
        yield word("no_data", language)
        return
    best, worst = (with_unit(mark.value, spec.decimals, spec.unit, language) for mark in (valued[0], valued[-1]))
    yield word("ranked_of", language, count=count(len(valued), language), best=best, worst=worst)
    for place, mark in enumerate(valued, start=1):
        if mark.tone is Tone.OWN:
            yield f"{_named(mark)}{_mark(mark, spec.unit, spec.decimals, language)}"
            if spec.rank_low is not None and spec.rank_high is not None:
                yield place_words((place, len(valued), spec.rank_low, spec.rank_high), language)
    if spec.total.value is not None:
        name = spec.total.label or word("total", language)
        yield f"{name}: {_mark(spec.total, spec.unit, spec.decimals, language)}"


def _trend(spec: Trend, language: str) -> Iterator[str]:
    for series in spec.series:
        yield f"{series.label}: {_course(spec, series, language)}"
    for index, reason in spec.breaks:
        yield f"{word('break', language)} {spec.periods[index]}: {reason}"


def _course(spec: Trend, series: TrendSeries, language: str) -> str:
    shown = [with_unit(value, spec.decimals, spec.unit, language) for value in series.values]
    return ", ".join(f"{period} {value}" for period, value in zip(spec.periods, shown, strict=True))
