"""What can stand on a slide: the report's blocks as items, and items in their place on a page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatch
from typing import Final

from lyhord.rendering.charts.spec import ChartSpec
from lyhord.rendering.pptx.geometry import Box
from lyhord.rendering.pptx.measure import Role, Scale, Text
from lyhord.rendering.report import (
    Block,
    Bullets,
    Callout,
    Chart,
    Judgement,
    KeyFigure,
    KeyFigures,
    Paragraph,
    ParagraphKind,
    Quotation,
    Quotations,
    Table,
)

_TILES_A_ROW: Final = 4
_PARAGRAPH_ROLES: Final = {
    ParagraphKind.LEAD: Role.LEAD,
    ParagraphKind.BODY: Role.BODY,
    ParagraphKind.NOTE: Role.NOTE,
}


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart, or as many of its rows as one slide holds."""

    chart: Chart
    spec: ChartSpec
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table's rows from ``first`` (counted from 0) up to ``end``, with column widths and row heights in inches."""

    table: Table
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    first: int
    end: int
    part: int = 1
    parts: int = 1

    @property
    def height(self) -> float:
        """The height with the heading row."""
        return self.heights[0] + sum(self.heights[self.first + 1 : self.end + 1])


@dataclass(frozen=True, slots=True)
class Tiles:
    """One row of key figures."""

    tiles: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """The line above a chart or table, or the small print below it."""

    text: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """Running text set in one shape."""

    items: tuple[Text, ...]
    scale: Scale


Small = Text | Tiles | Callout | Quotation
Item = Small | Chart | Table
Content = Texts | Tiles | Callout | Quotation | ChartPart | TablePart | Caption


class Kind(StrEnum):
    """What kind of slide it is."""

    TEXT = "text"
    VISUAL = "visual"
    DIVIDER = "divider"


@dataclass(frozen=True, slots=True)
class Placed:
    """Something in its place."""

    box: Box
    content: Content


@dataclass(frozen=True, slots=True)
class Page:
    """A slide: title, the small line above it, what stands on it in reading order, and whose blocks it holds."""

    kind: Kind
    title: str
    kicker: str
    placed: tuple[Placed, ...]
    section: str
    blocks: tuple[Block | Text | Tiles | Quotation, ...] = ()


@singledispatch
def items_of(block: Block) -> tuple[Item, ...]:
    """The block as what it becomes on slides: paragraphs and points one by one, tiles in rows."""
    raise TypeError(f"No slide is known for a block of type {type(block).__name__}.")


@items_of.register
def _paragraph(block: Paragraph) -> tuple[Item, ...]:
    return (Text(_PARAGRAPH_ROLES[block.kind], block.text),)


@items_of.register
def _bullets(block: Bullets) -> tuple[Item, ...]:
    return tuple(Text(Role.BULLET, item) for item in block.items)


@items_of.register
def _judgement(block: Judgement) -> tuple[Item, ...]:
    return (Text(Role.JUDGEMENT, block.text),)


@items_of.register
def _key_figures(block: KeyFigures) -> tuple[Item, ...]:
    count = len(block.tiles)
    rows = -(-count // _TILES_A_ROW)
    size = -(-count // rows) if rows else 0
    return tuple(Tiles(block.tiles[start : start + size]) for start in range(0, count, size or 1))


@items_of.register
def _callout(block: Callout) -> tuple[Item, ...]:
    return (block,)


@items_of.register
def _chart(block: Chart) -> tuple[Item, ...]:
    return (block,)


@items_of.register
def _table(block: Table) -> tuple[Item, ...]:
    return (block,)


@items_of.register
def _quotations(block: Quotations) -> tuple[Item, ...]:
    return (Text(Role.HEADING, block.heading), *block.quotes)
