"""A chart's table says what the chart draws."""

from __future__ import annotations

from lyhord.method.figures import Figure, Unit
from lyhord.rendering.chart_table import chart_table
from lyhord.rendering.charts.spec import (
    Bars,
    ChartSpec,
    DotsWithIntervals,
    IntervalRow,
    Mark,
    StackedRow,
    StackedShares,
    Tone,
    Trend,
    TrendSeries,
)
from lyhord.rendering.report import Chart

NBSP = "\N{NO-BREAK SPACE}"


def table(spec: ChartSpec, language: str = "sv") -> tuple[tuple[str, ...], ...]:
    made = chart_table(Chart(1, spec), language)
    return (made.headings, *made.rows)


def test_bars_have_one_value_column_and_their_n() -> None:
    bars = Bars("T", "", (Mark("Skola", 18.24, 71), Mark("Gata", None, 4, note="för få svar")))
    assert table(bars) == (
        ("Rad", "Värde", "n"),
        ("Skola", f"18{NBSP}%", "71"),
        ("Gata", "för få svar", "4"),
    )


def test_dots_have_a_column_for_each_series_with_interval() -> None:
    row = IntervalRow("Enkelhet", Mark("Vi", 75.64, 388, 72.4, 78.8), (Mark("Alla", 73.8),))
    assert table(DotsWithIntervals("T", "", (row,))) == (
        ("Rad", "Vi", "Alla", "n"),
        ("Enkelhet", "75,6 (72,4–78,8)", "73,8", "388"),
    )


def test_counts_are_shown_instead_of_percent() -> None:
    legend = (("God", Tone.BEST), ("Dålig", Tone.POOR))
    rows = (StackedRow("Skola", (66.7, 33.3), 6, (4, 2)), StackedRow("Gata", (), 2, note="för få"))
    assert table(StackedShares("T", "", legend, rows)) == (
        ("Rad", "God", "Dålig", "n"),
        ("Skola", f"4{NBSP}av{NBSP}6", f"2{NBSP}av{NBSP}6", "6"),
        ("Gata", "för få", "–", "2"),
    )


def test_a_chart_in_percent_stays_in_percent_though_a_figure_knows_its_count() -> None:
    legend = (("God", Tone.BEST), ("Dålig", Tone.POOR))
    chart = StackedShares("T", "", legend, (StackedRow("Vi", (60.0, 40.0), 50),))
    figure = Figure("god", Unit.PERCENT, 60.0, 50, "samtal", 46.0, 72.0, rule="andel", counted=30)
    made = chart_table(Chart(1, chart, figures=(figure,)), "sv")
    assert made.rows == (("Vi", f"60{NBSP}% (46–72)", f"40{NBSP}%", "50"),)


def test_a_trend_has_a_row_for_each_round_and_says_what_is_missing() -> None:
    trend = Trend("T", "", ("2022", "2023"), (TrendSeries("Vi", Tone.OWN, (None, 81.25)),))
    assert table(trend, "en") == (("Row", "Vi"), ("2022", "–"), ("2023", "81.3"))
