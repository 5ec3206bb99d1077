"""One entry to every drawing: a ChartSpec in, a self-contained accessible SVG out, the same bytes each time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final, assert_never

from lyhord.rendering.charts import bars, dots, ranked, stacked, trend
from lyhord.rendering.charts.description import alt_text
from lyhord.rendering.charts.frame import Drawn, Frame
from lyhord.rendering.charts.spec import Bars, ChartSpec, DotsWithIntervals, Mark, Ranked, StackedShares, Trend
from lyhord.rendering.charts.svg import document, key_of
from lyhord.rendering.errors import RenderingError

DEFAULT_WIDTH: Final = 640.0
NARROWEST: Final = 280.0


def draw(spec: ChartSpec, *, language: str = "sv", width: float = DEFAULT_WIDTH, key: str = "") -> str:
    """The chart as an SVG document with title and description, free of scripts, styles and classes.

    ``width`` is in CSS pixels; the height follows from the content. ``key`` goes into the ids: give one where the same
    chart stands twice on a page. Raises RenderingError for values that cannot be drawn and for unknown languages.
    """
    if width < NARROWEST:
        raise RenderingError(f"Chart {spec.title!r} is asked for {width:g} wide; give at least {NARROWEST:g}.")
    _check(spec)
    description = alt_text(spec, language)
    name = key_of(spec.title, description, language, f"{width:g}", type(spec).__name__, key)
    drawn = _drawn(spec, Frame(width, language, name))
    return document(name, (width, math.ceil(drawn.height)), spec.title, description, drawn.body)


def _drawn(spec: ChartSpec, frame: Frame) -> Drawn:
    match spec:
        case StackedShares():
            return stacked.draw(spec, frame)
        case Bars():
            return bars.draw(spec, frame)
        case DotsWithIntervals():
            return dots.draw(spec, frame)
        case Ranked():
            return ranked.draw(spec, frame)
        case Trend():
            return trend.draw(spec, frame)
        case _:
            assert_never(spec)


def _check(spec: ChartSpec) -> None:
    """Refuse what cannot be drawn truly: values that are no numbers, shares beyond the whole, bars below zero."""
    for label, value in _numbers(spec):
        if value is not None and not math.isfinite(value):
            raise RenderingError(
                f"Chart {spec.title!r}, {label!r}: {value} is no number; withhold it with None instead."
            )
    if isinstance(spec, StackedShares):
        _check_shares(spec)
    elif isinstance(spec, Bars):
        for mark in spec.marks:
            if mark.value is not None and mark.value < 0:
                raise RenderingError(
                    f"Chart {spec.title!r}, {mark.label!r}: a bar starts at zero and cannot be negative."
                )


def _check_shares(spec: StackedShares) -> None:
    for row in spec.rows:
        if row.shares and len(row.shares) != len(spec.legend):
            raise RenderingError(
                f"Chart {spec.title!r}, {row.label!r}: {len(row.shares)} shares for {len(spec.legend)} options in the "
                "legend; give one for each, zero included."
            )
        if any(share < 0 for share in row.shares) or sum(row.shares) > 100.5:
            raise RenderingError(f"Chart {spec.title!r}, {row.label!r}: shares must be percent that sum to 100.")


def _numbers(spec: ChartSpec) -> Iterator[tuple[str, float | None]]:
    """Every value in the spec with the label of its row."""
    match spec:
        case StackedShares():
            yield from ((row.label, share) for row in spec.rows for share in row.shares)
        case Trend():
            yield from (
                (series.label, value)
                for series in spec.series
                for value in (*series.values, *series.lows, *series.highs)
            )
        case _:
            for mark in _marks(spec):
                yield from ((mark.label, value) for value in (mark.value, mark.low, mark.high))


def _marks(spec: Bars | DotsWithIntervals | Ranked) -> Iterator[Mark]:
    match spec:
        case Bars():
            yield from spec.marks
        case DotsWithIntervals():
            yield from (mark for row in spec.rows for mark in (row.own, *row.others))
        case Ranked():
            yield from spec.marks
            yield spec.total
