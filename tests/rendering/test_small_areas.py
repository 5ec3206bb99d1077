"""Bars on six calls say counts in every face; no percentage is written anywhere, not even behind a chart."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
from pptx import Presentation
from tests.rendering.sample import sample_report

from lyhord.rendering.charts.drawing import draw
from lyhord.rendering.charts.spec import StackedRow, StackedShares, Tone
from lyhord.rendering.faces import render
from lyhord.rendering.points import points_of
from lyhord.rendering.report import Chart, Report, Section

SPEC = StackedShares(
    "Svar på frågan per verksamhet, antal",
    "",
    (("God", Tone.BEST), ("Dålig", Tone.POOR)),
    (StackedRow("Bygglov", (200 / 3, 100 / 3), 6, (4, 2)), StackedRow("Förskola", (), 0, note="inga svar")),
    unit="",
)


def the_report() -> Report:
    """A report with that chart alone."""
    return replace(sample_report(), sections=(Section("a", "Verksamheter", (Chart(1, SPEC),)),))


def test_a_chart_of_counts_knows_that_it_has_no_percentages() -> None:
    assert SPEC.only_counts
    assert not replace(SPEC, rows=(StackedRow("Alla", (60.0, 40.0), 54),)).only_counts


def test_its_points_are_counts() -> None:
    values = [point.value for point in points_of(Chart(1, SPEC)) if point.row == "Bygglov"]
    assert values == [4.0, 2.0]


def test_the_drawing_has_no_percent_axis() -> None:
    assert "%" not in draw(SPEC)


def test_the_workbook_holds_no_share() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(the_report(), "xlsx")))
    numbers = [c.value for sheet in book for row in sheet.iter_rows() for c in row if isinstance(c.value, int | float)]
    assert not [number for number in numbers if 66 < number < 67 or 33 < number < 34]


def test_the_slide_stacks_the_counts_themselves() -> None:
    deck = Presentation(io.BytesIO(render(the_report(), "pptx")))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert [tuple(series.values) for series in charts[0].plots[0].series] == [(4.0, None), (2.0, None)]


def test_the_figures_file_says_counts() -> None:
    text = render(the_report(), "csv").decode("utf-8-sig")
    assert "66,6" not in text
    assert "33,3" not in text
