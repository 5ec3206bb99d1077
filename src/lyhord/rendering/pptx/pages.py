"""Which slides a report becomes: what stands on each, where, and what moves on to the next because it does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import singledispatch
from typing import Final

from lyhord.rendering.charts.spec import Bars, ChartSpec, DotsWithIntervals, StackedShares
from lyhord.rendering.pptx.geometry import CONTENT, READING_WIDTH, SIDE, VISUAL, Box
from lyhord.rendering.pptx.measure import (
    Role,
    Scale,
    Text,
    cut,
    fitted_widths,
    height_of,
    natural_widths,
    row_heights,
    text_height,
)
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
    Report,
    Section,
    Table,
)

GAP: Final = 0.16
CAPTION: Final = 0.34
_MOST_ROWS: Final = 14  # of a bar chart on one slide
_MOST_DOT_ROWS: Final = 8
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


@dataclass
class _Flow:
    """The pages of one section while they are made."""

    section: Section
    pages: list[Page] = field(default_factory=list)

    def add(self, kind: Kind, title: str, placed: Sequence[Placed], said: Sequence[Item]) -> None:
        self.pages.append(Page(kind, title, "", tuple(placed), self.section.id, tuple(said)))


def report_pages(report: Report) -> tuple[Page, ...]:
    """Every slide after the cover, in reading order, each with a title of its own."""
    pages: list[Page] = []
    for path in _paths(report.sections, ()):
        pages += _section_pages(path)
    return tuple(_told_apart(pages))


def _paths(sections: Sequence[Section], above: tuple[Section, ...]) -> Iterator[tuple[Section, ...]]:
    for section in sections:
        path = (*above, section)
        yield path
        yield from _paths(section.sections, path)


def _section_pages(path: tuple[Section, ...]) -> list[Page]:
    section = path[-1]
    kicker = " · ".join(above.title for above in path[:-1])
    if not section.blocks:
        if len(path) > 1 or not section.sections:
            return []
        parts = Texts(tuple(Text(Role.BODY, part.title) for part in section.sections), Scale.WIDE)
        return [Page(Kind.DIVIDER, section.title, kicker, (Placed(CONTENT, parts),), section.id)]
    flow = _Flow(section)
    _fill(flow, [item for block in section.blocks for item in _items(block)])
    return _titled(flow.pages, section, kicker)


def _titled(pages: list[Page], section: Section, kicker: str) -> list[Page]:
    """The first page takes the section's title; a later one its chart's or table's, or the section's with a number."""
    count = len(pages)
    result = []
    for place, page in enumerate(pages, start=1):
        if place == 1:
            result.append(replace(page, title=section.title, kicker=kicker))
        elif page.title:
            result.append(replace(page, kicker=section.title))
        else:
            result.append(replace(page, title=f"{section.title} ({place}/{count})", kicker=kicker))
    return result


def _told_apart(pages: Sequence[Page]) -> Iterator[Page]:
    """The pages with titles that occur once: a screen reader lists slides by title."""
    seen: dict[str, int] = {}
    for page in pages:
        title = page.title
        if title in seen and page.kicker:
            title = f"{page.kicker}: {page.title}"
        count = seen.get(title, 0) + 1
        seen[title] = count
        yield replace(page, title=title if count == 1 else f"{title} ({count})")


@singledispatch
def _items(block: Block) -> tuple[Item, ...]:
    raise TypeError(f"No slide is known for a block of type {type(block).__name__}.")


@_items.register
def _paragraph(block: Paragraph) -> tuple[Item, ...]:
    return (Text(_PARAGRAPH_ROLES[block.kind], block.text),)


@_items.register
def _bullets(block: Bullets) -> tuple[Item, ...]:
    return tuple(Text(Role.BULLET, item) for item in block.items)


@_items.register
def _judgement(block: Judgement) -> tuple[Item, ...]:
    return (Text(Role.JUDGEMENT, block.text),)


@_items.register
def _key_figures(block: KeyFigures) -> tuple[Item, ...]:
    count = len(block.tiles)
    rows = -(-count // _TILES_A_ROW)
    size = -(-count // rows) if rows else 0
    return tuple(Tiles(block.tiles[start : start + size]) for start in range(0, count, size or 1))


@_items.register
def _callout(block: Callout) -> tuple[Item, ...]:
    return (block,)


@_items.register
def _chart(block: Chart) -> tuple[Item, ...]:
    return (block,)


@_items.register
def _table(block: Table) -> tuple[Item, ...]:
    return (block,)


@_items.register
def _quotations(block: Quotations) -> tuple[Item, ...]:
    return (Text(Role.HEADING, block.heading), *block.quotes)


def _fill(flow: _Flow, items: list[Item]) -> None:
    """Lay the items out: text before a chart or small table stands beside it where it fits, else on its own slides."""
    waiting: list[Small] = []
    while items:
        item = items.pop(0)
        if not isinstance(item, Chart | Table):
            waiting.append(item)
            continue
        if any(isinstance(small, Tiles | Quotation) for small in waiting) or not _fits_beside(waiting):
            _flush(flow, waiting)
            waiting = []
        beside = [*waiting, *_following(items)]
        rest = _visual(flow, item, beside)
        items[: len(beside) - len(waiting)] = rest
        waiting = []
    _flush(flow, waiting)


def _fits_beside(items: Sequence[Small]) -> bool:
    return not _stack(items, SIDE, Scale.SIDE)[1]


def _following(items: Sequence[Item]) -> list[Small]:
    """What belongs beside the chart before it: text up to the next chart, save a paragraph that leads to that one."""
    found: list[Small] = []
    for item in items:
        if isinstance(item, Chart | Table | Tiles | Quotation):
            break
        found.append(item)
    more = len(items) > len(found)
    last = found[-1] if found else None
    if more and isinstance(last, Text) and last.role in (Role.BODY, Role.LEAD, Role.HEADING):
        found.pop()
    return found


def _flush(flow: _Flow, items: Sequence[Small]) -> None:
    """Slides of running text, tiles, callouts and quotations."""
    area = replace(CONTENT, width=READING_WIDTH)
    rest: list[Small] = list(items)
    while rest:
        said = rest
        placed, rest = _stack(rest, area, Scale.WIDE)
        if not placed:  # taller than a slide: better past the edge than lost, but cut pieces always fit
            placed, rest = [Placed(area, Texts(tuple(i for i in rest if isinstance(i, Text)), Scale.WIDE))], []
        flow.add(Kind.TEXT, "", placed, said[: len(said) - len(rest)] or said[:1])


def _visual(flow: _Flow, item: Chart | Table, beside: Sequence[Small]) -> list[Small]:
    """The slides of a chart or table; what did not fit beside it comes back."""
    narrow = isinstance(item, Chart) or _is_small(item)
    stands, rest = _stack(beside, SIDE, Scale.SIDE) if narrow else ([], list(beside))
    area = VISUAL if stands else CONTENT
    said: list[Item] = [item, *beside[: len(beside) - len(rest)]]
    title = item.spec.title if isinstance(item, Chart) else item.title
    leading: list[Small] = []
    if not narrow:
        leading, rest = _leading(rest)
        if leading:
            _flush(flow, leading)
    for part in _chart_parts(item) if isinstance(item, Chart) else _table_parts(item, area):
        placed = _framed(part, area)
        named = title if part.parts == 1 else f"{title} ({part.part}/{part.parts})"
        if part.part == 1:
            flow.add(Kind.VISUAL, named, [*placed, *stands], said)
        else:
            flow.add(Kind.VISUAL, named, placed, [item])
    return rest


def _leading(items: Sequence[Small]) -> tuple[list[Small], list[Small]]:
    """A wide table's text goes before it where it introduces, after it where it judges or closes."""
    first = [item for item in items if isinstance(item, Text) and item.role in (Role.BODY, Role.LEAD)]
    if first and items and items[0] is first[0]:
        return [items[0]], list(items[1:])
    return [], list(items)


def _chart_parts(chart: Chart) -> list[ChartPart]:
    spec = chart.spec
    if isinstance(spec, StackedShares):
        cuts = _cuts(len(spec.rows), _MOST_ROWS)
        specs: list[ChartSpec] = [replace(spec, rows=spec.rows[first:end]) for first, end in cuts]
    elif isinstance(spec, Bars):
        specs = [replace(spec, marks=spec.marks[first:end]) for first, end in _cuts(len(spec.marks), _MOST_ROWS)]
    elif isinstance(spec, DotsWithIntervals):
        specs = [replace(spec, rows=spec.rows[first:end]) for first, end in _cuts(len(spec.rows), _MOST_DOT_ROWS)]
    else:
        specs = [spec]
    return [ChartPart(chart, one, part, len(specs)) for part, one in enumerate(specs, start=1)]


def _cuts(count: int, most: int) -> list[tuple[int, int]]:
    """Even slices of at most ``most`` rows."""
    parts = max(1, -(-count // most))
    size = -(-count // parts) if count else 0
    return [(start, min(start + size, count)) for start in range(0, max(count, 1), size or 1)]


def _is_small(table: Table) -> bool:
    natural = natural_widths(table)
    if sum(natural) > VISUAL.width:
        return False
    heights = row_heights(table, fitted_widths(natural, VISUAL.width))
    return sum(heights) + CAPTION + _note_height(table.note, VISUAL.width) <= VISUAL.height


def _table_parts(table: Table, area: Box) -> list[TablePart]:
    natural = natural_widths(table)
    widths = fitted_widths(natural, min(area.width, max(VISUAL.width, sum(natural) * 1.5)))
    heights = row_heights(table, widths)
    room = area.height - CAPTION - heights[0] - _note_height(table.note, area.width)
    cuts: list[tuple[int, int]] = []
    first = 0
    while first < len(table.rows) or not cuts:
        end, used = first, 0.0
        while end < len(table.rows) and (end == first or used + heights[end + 1] <= room):
            used += heights[end + 1]
            end += 1
        cuts.append((first, end))
        first = end
    return [TablePart(table, widths, heights, *one, part, len(cuts)) for part, one in enumerate(cuts, start=1)]


def _note_height(note: str, width: float) -> float:
    return height_of(Role.NOTE, note, width, Scale.SIDE) + 0.1 if note else 0.0


def _framed(part: ChartPart | TablePart, area: Box) -> list[Placed]:
    """A chart or table with its caption above and small print below."""
    note = part.chart.note if isinstance(part, ChartPart) else part.table.note
    below = _note_height(note, area.width)
    top = area.y + CAPTION
    room = area.height - CAPTION - below
    if isinstance(part, ChartPart):
        body = Box(area.x, top, area.width, min(room, _chart_height(part.spec)))
    else:
        body = Box(area.x, top, sum(part.widths), part.height)
    placed = [Placed(Box(area.x, area.y, area.width, CAPTION), Caption("")), Placed(body, part)]
    if note:
        placed.append(Placed(Box(area.x, body.bottom + 0.06, area.width, below), Caption(note, note=True)))
    return placed


def _chart_height(spec: ChartSpec) -> float:
    """As tall as the chart's rows need; a bar as thick as a hand helps nobody."""
    if isinstance(spec, StackedShares):
        return 1.1 + 0.7 * len(spec.rows)
    if isinstance(spec, Bars):
        return 0.7 + 0.6 * len(spec.marks)
    if isinstance(spec, DotsWithIntervals):
        return 1.1 + 0.85 * len(spec.rows)
    return CONTENT.height


def _stack(items: Sequence[Small], area: Box, scale: Scale) -> tuple[list[Placed], list[Small]]:
    """The items from the top of the area downwards as far as they fit, and the rest; a long text is cut at a line."""
    placed: list[Placed] = []
    rest = list(items)
    y = area.y
    while rest:
        item = rest.pop(0)
        room = area.bottom - y
        head, tail = _split(item, area.width, room, scale)
        if head is None:
            rest.insert(0, item)
            break
        height = item_height(head, area.width, scale)
        placed.append(Placed(Box(area.x, y, area.width, height), _content(head, scale)))
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
    return callout_height(item, width, scale)


def callout_height(item: Callout, width: float, scale: Scale) -> float:
    """A callout's height: its label, value and note above each other with a margin."""
    inner = width - 0.4
    note = height_of(Role.NOTE, item.note, inner, scale) if item.note else 0.0
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
