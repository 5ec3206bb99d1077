"""Dot and line charts on an axis that holds every value and interval end of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lyhord.method.ranking import RankSet
from lyhord.rendering.charts.axis import focused_axis
from lyhord.rendering.charts.spec import DotsWithIntervals, IntervalRow, Mark, Ranked, Trend, TrendSeries


def dots(title: str, rows: Sequence[IntervalRow], unit: str = "", decimals: int = 1) -> DotsWithIntervals:
    """A dot chart, its axis focused on its values."""
    marks = [mark for row in rows for mark in (row.own, *row.others)]
    low, high = focused_axis(_ends(marks))
    return DotsWithIntervals(title, "", tuple(rows), unit, decimals, low, high)


def ranked(title: str, marks: Sequence[Mark], total: Mark, rank: RankSet | None = None) -> Ranked:
    """A caterpillar, its axis focused on its values."""
    low, high = focused_axis(_ends([*marks, total]))
    return Ranked(
        title,
        "",
        tuple(marks),
        total,
        rank_low=rank.low if rank else None,
        rank_high=rank.high if rank else None,
        axis_min=low,
        axis_max=high,
    )


def trend(title: str, periods: Sequence[str], series: Sequence[TrendSeries]) -> Trend:
    """Lines over rounds, the axis focused on their values."""
    low, high = focused_axis(value for each in series for value in each.values if value is not None)
    return Trend(title, "", tuple(periods), tuple(series), axis_min=low, axis_max=high)


def _ends(marks: Iterable[Mark]) -> list[float]:
    return [end for mark in marks for end in (mark.value, mark.low, mark.high) if end is not None]
