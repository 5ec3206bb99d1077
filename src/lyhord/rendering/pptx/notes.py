"""The speaker's notes of a slide: all its text in full, and each figure with n, base, interval and rule."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import Final

from lyhord.method.figures import Figure, Unit
from lyhord.rendering import numbers
from lyhord.rendering.labels import labels
from lyhord.rendering.office_words import office_words
from lyhord.rendering.points import Point, points_of
from lyhord.rendering.pptx.items import Page, Tiles
from lyhord.rendering.pptx.measure import Text
from lyhord.rendering.report import Callout, Chart, Quotation, Table

_MOST_POINTS: Final = 40  # a chart with more says them in its workbook
_WORDS_FOR_UNITS: Final = {Unit.PERCENT: "%"}


def notes_of(page: Page, language: str) -> tuple[str, ...]:
    """The notes as paragraphs, in reading order."""
    return tuple(line for block in page.blocks for line in _said(block, language) if line)


@singledispatch
def _said(block: object, language: str) -> Iterator[str]:  # noqa: ARG001 - the signature of every case below
    yield from ()


@_said.register
def _text(block: Text, language: str) -> Iterator[str]:  # noqa: ARG001 - the signature of every case
    yield block.text


@_said.register
def _tiles(block: Tiles, language: str) -> Iterator[str]:
    for tile in block.tiles:
        yield f"{tile.label}: {figure_in_words(tile.figure, language)}. {tile.comparison}"


@_said.register
def _callout(block: Callout, language: str) -> Iterator[str]:
    figure = f" {figure_in_words(block.figure, language)}." if block.figure else ""
    yield f"{block.label}: {block.value}. {block.note}.{figure}"


@_said.register
def _quotation(block: Quotation, language: str) -> Iterator[str]:
    source = f" – {block.attribution}" if block.attribution else ""
    yield office_words(language)["quote"].format(text=block.text) + source


@_said.register
def _chart(block: Chart, language: str) -> Iterator[str]:
    yield f"{labels(language)['chart']} {block.number}. {block.spec.title}. {block.spec.description}"
    yield block.note
    points = points_of(block)
    if len(points) <= _MOST_POINTS:
        yield from (_point(point, language) for point in points)
    for figure in block.figures:
        yield f"{figure.measure}: {figure_in_words(figure, language)}"


@_said.register
def _table(block: Table, language: str) -> Iterator[str]:
    yield f"{labels(language)['table']} {block.number}. {block.title}"
    yield block.note
    for row in block.rows[:_MOST_POINTS]:
        for cell in row:
            if cell.figure is not None:
                yield f"{row[0].text}: {figure_in_words(cell.figure, language)}"


def figure_in_words(figure: Figure, language: str) -> str:
    """The figure with what it rests on: ``82,7; n = 388; Bas: svar; 95 % intervall 80,3–85,1; Regel: index``."""
    words = {**office_words(language), **labels(language)}
    unit = _WORDS_FOR_UNITS.get(figure.unit, "")
    said = [numbers.with_unit(figure.value, figure.decimals, unit, language)]
    if figure.withheld is not None:
        said = [words["not_asked"] if figure.withheld.value == "not_asked" else words["too_few"]]
    said += _rests_on(figure.n, figure.low, figure.high, figure.decimals, language)
    said += [f"{words[key]}: {value}" for key, value in (("base", figure.base), ("rule", figure.rule)) if value]
    return "; ".join(said)


def _point(point: Point, language: str) -> str:
    name = f"{point.row}, {point.series}" if point.series else point.row
    value = point.note if point.value is None else numbers.with_unit(point.value, point.decimals, point.unit, language)
    said = [value or numbers.ABSENT, *_rests_on(point.n, point.low, point.high, point.decimals, language)]
    return f"{name}: {'; '.join(said)}"


def _rests_on(n: int | None, low: float | None, high: float | None, decimals: int, language: str) -> list[str]:
    said = [] if n is None else [f"n = {numbers.count(n, language)}"]
    if low is not None and high is not None:
        said.append(f"{labels(language)['interval_short']} {numbers.interval(low, high, decimals, language)}")
    return said
