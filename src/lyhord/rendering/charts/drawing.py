"""One entry to every drawing: a ChartSpec in, a self-contained accessible SVG out, the same bytes each time."""

from __future__ import annotations

import math
from typing import Final, assert_never

from lyhord.rendering.charts import bars, dots, ranked, stacked, trend
from lyhord.rendering.charts.description import alt_text
from lyhord.rendering.charts.frame import Drawn, Frame
from lyhord.rendering.charts.spec import Bars, ChartSpec, DotsWithIntervals, Ranked, StackedShares, Trend
from lyhord.rendering.charts.svg import document, key_of
from lyhord.rendering.charts.wording import known
from lyhord.rendering.errors import RenderingError

DEFAULT_WIDTH: Final = 640.0
NARROWEST: Final = 280.0
_WHOLE: Final = 100.5  # percent; shares rounded by others may sum to a little more than 100


def draw(spec: ChartSpec, *, language: str = "sv", width: float = DEFAULT_WIDTH, key: str = "") -> str:
    """The chart as an SVG document with title and description, free of scripts, styles and classes.

    ``width`` is in CSS pixels; the height follows from the content. ``key`` goes into the ids: give one where the same
    chart stands twice on a page. Raises RenderingError for values that cannot be drawn and for unknown languages.
    """
    if width < NARROWEST:
        raise RenderingError(f"Chart {spec.title!r} is asked for {width:g} wide; give at least {NARROWEST:g}.")
    known(language)
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
    if not math.isfinite(sum(_numbers(spec))):
        raise RenderingError(f"Chart {spec.title!r} holds a value that is no number; withhold it with None instead.")
    if isinstance(spec, StackedShares):
        _check_shares(spec)
    elif isinstance(spec, Bars):
        for mark in spec.marks:
            if mark.value is not None and mark.value < 0:
                raise RenderingError(
                    f"Chart {spec.title!r}, {mark.label!r}: a bar starts at zero and cannot be negative; use dots."
                )
    elif isinstance(spec, Trend):
        _check_periods(spec)


def _check_shares(spec: StackedShares) -> None:
    for row in spec.rows:
        if any(part and len(part) != len(spec.legend) for part in (row.shares, row.counts)):
            raise RenderingError(
                f"Chart {spec.title!r}, {row.label!r}: {len(row.shares)} shares and {len(row.counts)} counts for "
                f"{len(spec.legend)} options in the legend; give one for each, zero included."
            )
        if any(share < 0 for share in row.shares) or sum(row.shares) > _WHOLE:
            raise RenderingError(
                f"Chart {spec.title!r}, {row.label!r}: shares are percent of one whole, from 0 to a sum of 100."
            )


def _check_periods(spec: Trend) -> None:
    for series in spec.series:
        if len(series.values) != len(spec.periods):
            raise RenderingError(
                f"Chart {spec.title!r}, {series.label!r}: {len(series.values)} values for {len(spec.periods)} rounds; "
                "give one for each, None where there is none."
            )


def _numbers(spec: ChartSpec) -> list[float]:
    """Every number in the spec that is not withheld."""
    match spec:
        case StackedShares():
            return [share for row in spec.rows for share in row.shares]
        case Trend():
            rows = [row for series in spec.series for row in (series.values, series.lows, series.highs)]
            return [value for row in rows for value in row if value is not None]
        case Bars():
            marks = spec.marks
        case DotsWithIntervals():
            marks = tuple(mark for row in spec.rows for mark in (row.own, *row.others))
        case Ranked():
            marks = (*spec.marks, spec.total)
        case _:
            assert_never(spec)
    return [value for mark in marks for value in (mark.value, mark.low, mark.high) if value is not None]
