"""Scales: bars from zero, round ticks, and a focused axis for dots alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.rendering.charts.axis import Scale, focused_axis, ticks, widened, zero_based_max


@given(st.lists(st.floats(0, 1e6), max_size=9), st.none() | st.floats(1, 1e6))
def test_an_axis_for_bars_reaches_over_every_value(values: list[float], ceiling: float | None) -> None:
    reached = zero_based_max(values, ceiling)
    assert reached >= max(values, default=0)
    assert reached > 0


@pytest.mark.parametrize(
    ("largest", "end"),
    [(0.0, 1.0), (0.3, 1.0), (8.7, 10.0), (35.2, 40.0), (45.0, 50.0), (100.0, 100.0), (137.0, 150.0)],
)
def test_an_axis_for_bars_ends_on_a_round_step(largest: float, end: float) -> None:
    assert zero_based_max([largest], None) == end


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, [0, 25, 50, 75, 100]),
        (60, 100, [60, 70, 80, 90, 100]),
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(expected)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=9))
def test_a_focused_axis_holds_every_value_and_stays_on_the_scale(values: list[float]) -> None:
    low, high = focused_axis(values)
    assert 0 <= low <= min(values) <= max(values) <= high <= 100
    assert high - low >= 20


def test_a_focused_axis_without_values_is_the_whole_scale() -> None:
    assert focused_axis([]) == (0, 100)
    assert focused_axis([82.7, 75.6, 88.0]) == (70, 90)
    assert focused_axis([99.5]) == (80, 100)


@given(st.lists(st.floats(0, 100), max_size=9))
def test_an_axis_is_widened_rather_than_leave_a_value_out(values: list[float]) -> None:
    low, high = widened(60.0, 90.0, values)
    assert low <= min([60.0, *values])
    assert high >= max([90.0, *values])


def test_a_scale_maps_its_ends_and_holds_what_lies_beyond() -> None:
    scale = Scale(0, 100, 200, 600)
    assert [scale.at(value) for value in (0, 50, 100, -5, 120)] == [200, 400, 600, 200, 600]
