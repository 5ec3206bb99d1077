"""One municipality's results so far by category: only the cells that the lattice lets through."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from lyhord.composition.own_cells import own_cells
from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Measure
from lyhord.method.figures import Figure, Withheld
from lyhord.rendering import numbers

CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class CellText:
    """One cell as printed; ``why`` says why a withheld one is."""

    question: str
    value: str
    interval: str
    n: str
    why: str


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One category and its cells, one for each question."""

    name: str
    cells: tuple[CellText, ...]


@dataclass(frozen=True, slots=True)
class CategoryTable:
    """All categories; ``shown`` is False where every cell is withheld."""

    name: str
    questions: tuple[str, ...]
    rows: tuple[CategoryRow, ...]
    shown: bool


def categories_in(standing: Standing, code: str, channel: str, language: str) -> CategoryTable | None:
    """The channel's results by category; None where the instrument has no categories or nobody has chosen one."""
    breakdown = standing.instrument.breakdown(CATEGORY)
    measures = standing.headline_in(channel)
    if breakdown is None or not measures:
        return None
    cells = [own_cells(standing, measure, code, CATEGORY, language) for measure in measures]
    names = _names(standing, measures, language)
    rows = tuple(
        CategoryRow(
            value.label.in_language(language),
            tuple(_text(name, each[value.code], language) for name, each in zip(names, cells, strict=True)),
        )
        for value in breakdown.values
    )
    if not any(figure.n for each in cells for figure in each.values()):
        return None
    shown = any(figure.value is not None for each in cells for figure in each.values())
    return CategoryTable(breakdown.name.in_language(language), names, rows, shown)


def _names(standing: Standing, measures: tuple[Measure, ...], language: str) -> tuple[str, ...]:
    return tuple(standing.item_name(measure, language) for measure in measures)


def _text(question: str, figure: Figure, language: str) -> CellText:
    """A withheld cell never says its n, nor whether there is any answer at all."""
    if figure.value is None:
        hidden = figure.withheld is Withheld.COMPLEMENTARY
        return CellText(question, "", "", "", gettext("dold") if hidden else gettext("för få"))
    return CellText(
        question,
        numbers.decimal(figure.value, figure.decimals, language),
        numbers.interval(figure.low, figure.high, figure.decimals, language),
        numbers.count(figure.n, language),
        "",
    )
