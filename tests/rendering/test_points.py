"""The points of a chart are what it draws, each with the figure behind it where one is sure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.rendering.sample import sample_report

from lyhord.method.figures import Figure, Unit
from lyhord.rendering.charts.spec import Bars, Mark, StackedRow, StackedShares, Tone, Trend, TrendSeries
from lyhord.rendering.points import points_of, unmatched_figures
from lyhord.rendering.report import Chart


def charts() -> list[Chart]:
    return [block for _depth, section in sample_report().walk() for block in section.blocks if isinstance(block, Chart)]


@pytest.mark.parametrize(("number", "count"), [(1, 8), (2, 12), (3, 8), (4, 6), (5, 67), (6, 33)])
def test_every_value_of_a_chart_is_a_point(number: int, count: int) -> None:
    assert len(points_of(next(chart for chart in charts() if chart.number == number))) == count


def test_a_point_takes_base_and_rule_from_the_figure_of_the_same_value_and_n() -> None:
    own = points_of(charts()[0])[0]
    assert own.figure is not None
    assert (own.value, own.n, own.low, own.high, own.figure.rule) == (82.7, 388, 80.3, 85.1, "index")


def test_a_value_shared_by_two_measures_is_claimed_by_neither() -> None:
    figures = tuple(Figure(name, Unit.PERCENT, 100.0, 9, "svar", rule=name) for name in ("a", "b"))
    chart = Chart(1, Bars("t", "d", (Mark("x", 100.0, 9),)), figures=figures)
    points = points_of(chart)
    assert points[0].figure is None
    assert unmatched_figures(chart, points) == figures


def test_a_withheld_bar_is_one_point_that_says_why() -> None:
    rows = (StackedRow("Bygglov", (), 4, note="för få"),)
    spec = StackedShares("t", "d", (("Ja", Tone.BEST), ("Nej", Tone.POOR)), rows)
    (point,) = points_of(Chart(1, spec))
    assert (point.row, point.value, point.n, point.note) == ("Bygglov", None, 4, "för få")


def test_counts_of_a_small_area_stand_beside_the_shares() -> None:
    rows = (StackedRow("Bygglov", (66.7, 33.3), 6, (4, 2)),)
    spec = StackedShares("t", "d", (("Ja", Tone.BEST), ("Nej", Tone.POOR)), rows)
    assert [point.count for point in points_of(Chart(1, spec))] == [4, 2]


def test_a_break_is_noted_on_the_round_it_comes_before() -> None:
    spec = Trend("t", "d", ("2022", "2023"), (TrendSeries("A", Tone.OWN, (1.0, 2.0)),), ((1, "ny enkät"),))
    assert [point.note for point in points_of(Chart(1, spec))] == ["", "ny enkät"]


def test_a_chart_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="str"):
        points_of(replace(charts()[0], spec="inget diagram"))  # type: ignore[arg-type] - the point of the test
