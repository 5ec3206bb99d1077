"""Figures as table cells and as text, the same way in every report."""

from __future__ import annotations

from lyhord.method.figures import Figure, Unit, Withheld
from lyhord.rendering import numbers
from lyhord.rendering.report import Align, Column, TableCell

NUMBER_FORMATS = {0: "#,##0", 1: "#,##0.0", 2: "#,##0.00"}


def figure_text(figure: Figure, language: str, *, withheld: str) -> str:
    """The figure as printed: ``82,7``, ``74 %``, ``7 timmar``, or the words for a withheld one."""
    if figure.value is None:
        return "–" if figure.withheld is Withheld.NOT_ASKED else withheld
    if figure.unit is Unit.PERCENT:
        return numbers.percent(figure.value, figure.decimals, language)
    if figure.unit is Unit.HOURS:
        return numbers.hours(figure.value, language, figure.decimals)
    if figure.unit is Unit.COUNT:
        return numbers.count(round(figure.value), language)
    return numbers.decimal(figure.value, figure.decimals, language)


def interval_text(figure: Figure, language: str) -> str:
    """The figure's 95 % interval as printed, or an en dash where it has none."""
    return numbers.interval(figure.low, figure.high, figure.decimals, language)


def figure_cell(figure: Figure, language: str, *, withheld: str, emphasis: bool = False) -> TableCell:
    """A table cell that holds the whole figure, so that XLSX and CSV can give n, base and interval."""
    return TableCell(figure_text(figure, language, withheld=withheld), figure.value, figure, emphasis)


def figure_with_interval_cell(figure: Figure, language: str, *, withheld: str) -> TableCell:
    """A table cell with the interval in brackets after the figure."""
    text = figure_text(figure, language, withheld=withheld)
    if figure.value is not None and figure.low is not None:
        text = f"{text} ({interval_text(figure, language)})"
    return TableCell(text, figure.value, figure)


def text_cell(text: str, *, emphasis: bool = False) -> TableCell:
    """A cell with words."""
    return TableCell(text, emphasis=emphasis)


def count_cell(count: int | None, language: str, *, absent: str = "–") -> TableCell:
    """A cell with a whole number."""
    return TableCell(absent) if count is None else TableCell(numbers.count(count, language), float(count))


def percent_cell(part: int, whole: int, language: str, decimals: int = 0) -> TableCell:
    """A cell with a plain share of counts, in percent."""
    if not whole:
        return TableCell("–")
    share = 100 * part / whole
    return TableCell(numbers.percent(share, decimals, language), share)


def number_column(heading: str, decimals: int = 0, width: float = 1.0) -> Column:
    """A column of numbers, right-aligned."""
    return Column(heading, Align.END, NUMBER_FORMATS[decimals], width)


def text_column(heading: str, width: float = 2.0) -> Column:
    """A column of words."""
    return Column(heading, Align.START, "", width)
