"""Which slides a report becomes: what stands on each, where, and what moves on to the next because it does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lyhord.rendering.errors import RenderingError
from lyhord.rendering.pptx.geometry import CONTENT, READING_WIDTH, SIDE, VISUAL
from lyhord.rendering.pptx.items import Item, Kind, Page, Placed, Small, Texts, Tiles, items_of
from lyhord.rendering.pptx.measure import Role, Scale, Text
from lyhord.rendering.pptx.parts import chart_parts, framed, is_small, table_parts
from lyhord.rendering.pptx.stack import stack
from lyhord.rendering.report import Chart, Quotation, Report, Section, Table


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
    _fill(flow, [item for block in section.blocks for item in items_of(block)])
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
    return not stack(items, SIDE, Scale.SIDE)[1]


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
        placed, rest = stack(rest, area, Scale.WIDE)
        if not placed:
            raise RenderingError(f"Section {flow.section.id} holds something taller than a slide; shorten its labels.")
        flow.add(Kind.TEXT, "", placed, _begun(said, rest))


def _begun(items: Sequence[Small], rest: Sequence[Small]) -> list[Small]:
    """The items that stand on a slide, one that goes on to the next included: the notes say it in full."""
    whole = len(items) - len(rest)
    cut_through = bool(rest) and rest[0] is not items[whole]
    return list(items[: whole + cut_through])


def _visual(flow: _Flow, item: Chart | Table, beside: Sequence[Small]) -> list[Small]:
    """The slides of a chart or table; what did not fit beside it comes back."""
    narrow = isinstance(item, Chart) or is_small(item)
    stands, rest = stack(beside, SIDE, Scale.SIDE) if narrow else ([], list(beside))
    area = VISUAL if stands else CONTENT
    said: list[Item] = [item, *_begun(beside, rest)]
    title = item.spec.title if isinstance(item, Chart) else item.title
    leading: list[Small] = []
    if not narrow:
        leading, rest = _leading(rest)
        if leading:
            _flush(flow, leading)
    for part in chart_parts(item) if isinstance(item, Chart) else table_parts(item, area):
        placed = framed(part, area)
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
