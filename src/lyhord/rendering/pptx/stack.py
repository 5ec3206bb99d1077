"""Texts, tiles, callouts and quotations stacked down an area as far as they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lyhord.rendering.pptx.geometry import CONTENT, Box
from lyhord.rendering.pptx.items import Content, Placed, Small, Texts, Tiles
from lyhord.rendering.pptx.measure import Role, Scale, Text, cut, height_of, text_height
from lyhord.rendering.report import Callout, Quotation

GAP: Final = 0.16
CALLOUT_WIDTH: Final = 6.0


def stack(items: Sequence[Small], area: Box, scale: Scale) -> tuple[list[Placed], list[Small]]:
    """The items from the top of the area downwards as far as they fit, and the rest; a long text is cut at a line."""
    placed: list[Placed] = []
    rest = list(items)
    y = area.y
    while rest:
        item = rest.pop(0)
        if placed and not isinstance(item, Text) and isinstance(placed[-1].content, Texts):
            y += GAP
        room = area.bottom - y
        head, tail = _split(item, area.width, room, scale)
        if head is None:
            rest.insert(0, item)
            break
        width = CONTENT.width if isinstance(head, Tiles) else area.width
        height = item_height(head, width, scale)
        placed.append(Placed(Box(area.x, y, width, height), _content(head, scale)))
        y += height + (0 if isinstance(head, Text) else GAP)
        if tail is not None:
            rest.insert(0, tail)
            break
    _return_heading(placed, rest)
    return _joined(placed, scale), rest


def _return_heading(placed: list[Placed], rest: list[Small]) -> None:
    """A heading never stands last on a slide when something follows it."""
    if not rest or len(placed) < 2:
        return
    last = placed[-1].content
    if isinstance(last, Texts) and last.items[0].role is Role.HEADING:
        rest.insert(0, last.items[0])
        placed.pop()


def _content(item: Small, scale: Scale) -> Content:
    return Texts((item,), scale) if isinstance(item, Text) else item


def _joined(placed: Sequence[Placed], scale: Scale) -> list[Placed]:
    """Texts that follow each other as one shape."""
    result: list[Placed] = []
    for one in placed:
        before = result[-1] if result else None
        if before and isinstance(before.content, Texts) and isinstance(one.content, Texts):
            box = replace(before.box, height=one.box.bottom - before.box.y)
            result[-1] = Placed(box, Texts((*before.content.items, *one.content.items), scale))
        else:
            result.append(one)
    return result


def _split(item: Small, width: float, room: float, scale: Scale) -> tuple[Small | None, Small | None]:
    if isinstance(item, Text):
        return cut(item, width, room, scale)
    if item_height(item, width, scale) <= room:
        return item, None
    if isinstance(item, Quotation):
        return _split_quotation(item, width, room, scale)
    return None, item


def _split_quotation(item: Quotation, width: float, room: float, scale: Scale) -> tuple[Small | None, Small | None]:
    spare = room - item_height(Quotation(""), width, scale)
    head, tail = cut(Text(Role.QUOTE, item.text), width - 0.5, spare, scale)
    if head is None or tail is None:
        return None, item
    return Quotation(head.text), Quotation(tail.text, item.attribution)


def item_height(item: Small, width: float, scale: Scale) -> float:
    """The height of an item on a slide, in inches."""
    if isinstance(item, Text):
        return text_height(item, width, scale)
    if isinstance(item, Tiles):
        return tile_height(item, width)
    if isinstance(item, Quotation):
        said = height_of(Role.NOTE, item.attribution, width - 0.5, scale) if item.attribution else 0.0
        return height_of(Role.QUOTE, item.text, width - 0.5, scale) + said + 0.3
    return callout_height(item, width)


def callout_height(item: Callout, width: float) -> float:
    """A callout's height: its label, value and note above each other with a margin."""
    inner = min(width, CALLOUT_WIDTH) - 0.4
    note = height_of(Role.NOTE, item.note, inner, Scale.SIDE) if item.note else 0.0
    return height_of(Role.LABEL, item.label, inner) + height_of(Role.FIGURE, item.value, inner) + note + 0.34


def tile_height(item: Tiles, width: float) -> float:
    """The height of the tallest tile in the row."""
    inner = tile_width(item, width) - 0.36
    return max(
        height_of(Role.LABEL, tile.label, inner)
        + height_of(Role.FIGURE, tile.value, inner)
        + height_of(Role.NOTE, tile.comparison, inner, Scale.SIDE)
        + height_of(Role.NOTE, tile.interval, inner, Scale.SIDE)
        + 0.36
        for tile in item.tiles
    )


def tile_width(item: Tiles, width: float) -> float:
    """The width of one tile; a lone tile does not fill the slide."""
    count = max(len(item.tiles), 3)
    return (width - GAP * (count - 1)) / count
