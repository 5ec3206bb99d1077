"""XY plots: every value drawn once, broken where it may not be bridged, and within the axis."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lyhord.rendering.charts.spec import (
    Bars,
    DotsWithIntervals,
    IntervalRow,
    Mark,
    Ranked,
    Tone,
    Trend,
    TrendSeries,
)
from lyhord.rendering.scatter import xy_plot
from lyhord.rendering.xy_series import Draw, XyPlot, with_intervals_as_lines


def plot(spec: DotsWithIntervals | Ranked | Trend, language: str = "sv") -> XyPlot:
    made = xy_plot(spec, language)
    assert made is not None
    return made


def trend(*values: float | None, breaks: tuple[tuple[int, str], ...] = ()) -> Trend:
    periods = tuple(str(2020 + place) for place in range(len(values)))
    return Trend("t", "d", periods, (TrendSeries("Exempelköping", Tone.OWN, values),), breaks)


def line(made: XyPlot) -> list[tuple[float, float | None]]:
    (series,) = (one for one in made.series if one.draw is Draw.LINE)
    return list(zip(series.xs, series.ys, strict=True))


def test_bars_are_no_xy_plot() -> None:
    assert xy_plot(Bars("t", "d", ()), "sv") is None


def test_intervals_are_pairs_with_a_gap_between() -> None:
    rows = tuple(IntervalRow(name, Mark(name, 80.0, 50, 75.0, 85.0, Tone.OWN)) for name in "ab")
    (bars,) = (one for one in plot(DotsWithIntervals("t", "d", rows)).series if one.draw is Draw.INTERVALS)
    assert bars.xs == (75.0, 85.0, 85.0, 75.0, 85.0)
    assert bars.ys == (2.0, 2.0, None, 1.0, 1.0)


def test_the_first_row_is_at_the_top_with_its_n() -> None:
    rows = (IntervalRow("Först", Mark("A", 1.0, 1234)), IntervalRow("Sist", Mark("A", 2.0)))
    head = plot(DotsWithIntervals("t", "d", rows)).series[0]
    assert head.ys == (2.0, 1.0)
    assert head.labels == ("Först\nn = 1\N{NO-BREAK SPACE}234", "Sist")


def test_a_missing_value_has_no_dot() -> None:
    rows = (IntervalRow("A", Mark("Egen", None, 4, note="för få", tone=Tone.OWN)),)
    assert [one.draw for one in plot(DotsWithIntervals("t", "d", rows)).series] == [Draw.TEXT]


def test_a_line_is_broken_at_a_missing_round_and_at_a_break_in_comparability() -> None:
    assert line(plot(trend(1.0, None, 3.0, 4.0))) == [(0.0, 1.0), (1.0, None), (2.0, 3.0), (3.0, 4.0)]
    assert line(plot(trend(1.0, 2.0, breaks=((1, "ny"),)))) == [(0.0, 1.0), (0.5, None), (1.0, 2.0)]


def test_a_break_is_drawn_with_its_reason() -> None:
    rules = [one for one in plot(trend(1.0, 2.0, breaks=((1, "Ny enkät"),))).series if one.draw is Draw.RULE]
    assert [(one.xs, one.labels) for one in rules] == [((0.5, 0.5), ("", "Ny enkät"))]


def test_ones_own_dot_and_the_total_are_named_with_their_values() -> None:
    marks = (Mark("", 90.0, 100, 88.0, 92.0), Mark("Egen", 82.65, 100, 80.0, 85.0, Tone.OWN), Mark("", 70.0))
    made = plot(Ranked("t", "d", marks, Mark("Totalt", 83.0, tone=Tone.TOTAL), rank_low=1, rank_high=3))
    texts = [label for one in made.series for label in one.labels if label]
    assert texts == ["Totalt 83,0", "Plats 1–3 av 3", "Egen 82,7"]


def test_a_ranked_interval_belongs_to_its_point_and_becomes_a_line_where_error_bars_cannot_be_drawn() -> None:
    marks = (Mark("", 90.0, 100, 88.0, 93.0), Mark("", 85.0), Mark("", 80.0, 100, 79.0, 82.0))
    made = plot(Ranked("t", "d", marks, Mark("Totalt", None)))
    assert [one.reaches for one in made.series] == [((2.0, 3.0), None, (1.0, 2.0))]
    bars, dots = with_intervals_as_lines(made, "sv").series
    assert (bars.draw, bars.xs, bars.ys) == (
        Draw.INTERVALS,
        (1.0, 1.0, 1.0, 3.0, 3.0),
        (88.0, 93.0, None, 79.0, 82.0),
    )
    assert (dots.draw, dots.ys, dots.reaches) == (Draw.DOTS, (90.0, 85.0, 80.0), ())


@given(
    st.lists(st.one_of(st.none(), st.floats(min_value=-50, max_value=250)), min_size=1, max_size=12),
    st.sets(st.integers(min_value=1, max_value=11)),
)
def test_every_value_lies_on_the_axis_and_no_line_crosses_a_break(values: list[float | None], breaks: set[int]) -> None:
    inside = tuple((index, "x") for index in sorted(breaks) if index < len(values))
    made = plot(trend(*values, breaks=inside))
    points = line(made)
    assert [y for _x, y in points if y is not None] == [value for value in values if value is not None]
    assert all(made.up.low <= y <= made.up.high for _x, y in points if y is not None)
    whole = [(x, y is not None) for x, y in points]
    crossed = {(before, after) for (before, here), (after, there) in pairwise(whole) if here and there}
    assert not crossed & {(index - 1.0, float(index)) for index, _reason in inside}
