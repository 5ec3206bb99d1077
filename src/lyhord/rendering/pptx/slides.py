"""Slides drawn from pages: placeholders for title and text, native charts and tables, tiles, callouts, quotations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from typing import Final

from lyhord.rendering.charts.labels import shorten, wrap
from lyhord.rendering.charts.spec import Bars, ChartSpec, StackedShares
from lyhord.rendering.charts.wording import word
from lyhord.rendering.fonts import Weight
from lyhord.rendering.points import has_values
from lyhord.rendering.pptx.bar_charts import bar_chart, stacked_chart
from lyhord.rendering.pptx.chart_parts import NativeChart
from lyhord.rendering.pptx.drawing import (
    NAMESPACES,
    Para,
    Run,
    Shape,
    chart_frame_xml,
    shape_xml,
    table_frame_xml,
    tree_xml,
)
from lyhord.rendering.pptx.embedded import embedded_workbook
from lyhord.rendering.pptx.geometry import BADGE, POINTS_PER_INCH, SECTION_PARTS, TITLE, Box
from lyhord.rendering.pptx.items import (
    Caption,
    ChartPart,
    Content,
    Kind,
    Page,
    Placed,
    TablePart,
    Texts,
    Tiles,
)
from lyhord.rendering.pptx.master import SECTION_LAYOUT, TEXT_LAYOUT, VISUAL_LAYOUT, Layout, footer_shapes
from lyhord.rendering.pptx.measure import Role, Scale, Text, capped, look_of
from lyhord.rendering.pptx.package import Package
from lyhord.rendering.pptx.stack import CALLOUT_WIDTH, GAP, tile_width
from lyhord.rendering.pptx.tables import table_xml
from lyhord.rendering.pptx.xy_charts import xy_chart
from lyhord.rendering.report import Callout, KeyFigure, Quotation, Report
from lyhord.rendering.scatter import xy_plot
from lyhord.rendering.theme import Theme
from lyhord.rendering.tokens import COLOURS

_SLIDE_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_TITLE_SIZES: Final = (28, 24, 20)
_WITHHELD_SIZE: Final = 18  # words where a figure would stand


@dataclass
class Deck:
    """A presentation being made: its package, report, words and colours, and how many slides and charts it has."""

    package: Package
    report: Report
    words: Mapping[str, str]
    colours: Theme
    language: str  # as in lang="sv-SE"
    slides: list[str] = field(default_factory=list)
    charts: int = 0

    def add_slide(self, layout: Layout, shapes: Sequence[str], name: str) -> None:
        """Add the drawn shapes as the slide with that part name."""
        xml = (
            f"<p:sld {NAMESPACES}><p:cSld>{tree_xml(shapes)}</p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )
        self.package.add(name, xml, _SLIDE_TYPE)
        self.package.relate(name, layout.part, "slideLayout")
        self.slides.append(name)

    def next_name(self) -> str:
        """The part name of the slide to come."""
        return f"ppt/slides/slide{len(self.slides) + 1}.xml"

    def add_chart(self, slide: str, chart: NativeChart) -> str:
        """Add a chart with its workbook; the id of the slide's relationship to it."""
        self.charts += 1
        name = f"ppt/charts/chart{self.charts}.xml"
        workbook = f"ppt/embeddings/data{self.charts}.xlsx"
        self.package.add(name, chart.xml, _CHART_TYPE)
        self.package.add(workbook, embedded_workbook(chart.rows))
        self.package.relate(name, workbook, "package")
        return self.package.relate(slide, name, "chart")


@dataclass
class _Drawing:
    """The shapes of one slide while they are drawn, numbered in reading order."""

    deck: Deck
    slide: str
    page: Page
    shapes: list[str] = field(default_factory=list)
    placeholder_free: bool = True

    def add(self, shape: Shape) -> None:
        self.shapes.append(shape_xml(shape, self.number, self.deck.language))

    @property
    def number(self) -> int:
        return len(self.shapes) + 2

    def draw(self, placed: Placed) -> None:
        self.content(placed.content, placed.box)

    @singledispatchmethod
    def content(self, content: Content, box: Box) -> None:  # noqa: ARG002 - the signature of every case below
        raise TypeError(f"No drawing is known for {type(content).__name__}.")

    @content.register
    def _texts(self, content: Texts, box: Box) -> None:
        paragraphs = tuple(_paragraph(item, content.scale, first=not place) for place, item in enumerate(content.items))
        # The first text fills the layout's placeholder, so that the outline view shows it.
        own = self.page.kind is Kind.TEXT and self.placeholder_free
        self.placeholder_free = self.placeholder_free and not own
        self.add(Shape("Text", box, paragraphs, 'type="body" idx="1"' if own else "", anchor="t"))

    @content.register
    def _caption(self, content: Caption, box: Box) -> None:
        if content.note:
            look = look_of(Role.NOTE, Scale.SIDE)
            said = capped(Role.NOTE, content.text, box.width, Scale.SIDE)
            self.add(Shape("Note", box, (Para((Run(said, look.size, colour=look.colour),)),)))
            return
        number, title = _caption_of(self.page, self.deck.words)
        runs = [Run(f"{number} " if title else number, 12, bold=True, colour="accent1")]
        if title:
            runs.append(Run(shorten(title, (box.width - 1.2) * POINTS_PER_INCH, size=12), 12))
        self.add(Shape("Caption", box, (Para(tuple(runs)),)))

    @content.register
    def _chart(self, content: ChartPart, box: Box) -> None:
        if not has_values(content.spec):
            said = word("no_data", self.deck.report.language)
            self.add(Shape("Note", replace(box, height=0.4), (Para((Run(said, 16),)),)))
            return
        native = native_chart(content.spec, box, self.deck)
        relation = self.deck.add_chart(self.slide, native)
        name = f"{self.deck.words['chart']} {content.chart.number}"
        description = f"{content.spec.title}. {content.spec.description}"
        self.shapes.append(chart_frame_xml(self.number, name, description, box, relation))

    @content.register
    def _table(self, content: TablePart, box: Box) -> None:
        name = f"{self.deck.words['table']} {content.table.number}"
        xml = table_xml(content, self.deck.language)
        self.shapes.append(table_frame_xml(self.number, name, content.table.title, box, xml))

    @content.register
    def _tiles(self, content: Tiles, box: Box) -> None:
        width = tile_width(content, box.width)
        for place, tile in enumerate(content.tiles):
            self.add(_tile(tile, Box(box.x + place * (width + GAP), box.y, width, box.height), self.deck.colours))

    @content.register
    def _callout(self, content: Callout, box: Box) -> None:
        width = min(box.width, CALLOUT_WIDTH)
        inner = width - 0.4
        label, figure, note = (look_of(role, Scale.SIDE) for role in (Role.LABEL, Role.FIGURE, Role.NOTE))
        lines = [
            Para((Run(capped(Role.LABEL, content.label, inner), label.size, True, COLOURS.ink),)),
            Para((Run(capped(Role.FIGURE, content.value, inner), figure.size, True, COLOURS.ink),), before=2),
        ]
        if content.note:
            said = capped(Role.NOTE, content.note, inner, Scale.SIDE)
            lines.append(Para((Run(said, note.size, colour=COLOURS.ink),)))
        fill = COLOURS.panel_warm
        insets = (0.2, 0.14, 0.2, 0.14)
        self.add(Shape(content.label, replace(box, width=width), tuple(lines), fill=fill, insets=insets, anchor="ctr"))

    @content.register
    def _quotation(self, content: Quotation, box: Box) -> None:
        said = self.deck.words["quote"].format(text=content.text)
        look, small = look_of(Role.QUOTE, Scale.WIDE), look_of(Role.NOTE, Scale.WIDE)
        lines = [Para((Run(said, look.size),))]
        if content.attribution:
            lines.append(Para((Run(content.attribution, small.size, colour=COLOURS.muted),), before=2))
        fill = self.deck.colours.tint
        insets = (0.25, 0.12, 0.25, 0.12)
        self.add(Shape("Quotation", box, tuple(lines), fill=fill, insets=insets, anchor="ctr"))


def native_chart(spec: ChartSpec, box: Box, deck: Deck) -> NativeChart:
    """The native chart of any kind of ChartSpec."""
    if isinstance(spec, StackedShares):
        return stacked_chart(spec, box, deck.report.language)
    if isinstance(spec, Bars):
        return bar_chart(spec, box, deck.report.language)
    plot = xy_plot(spec, deck.report.language)
    if plot is None:
        raise TypeError(f"No native chart is known for {type(spec).__name__}.")
    return xy_chart(plot, box, deck.report.language)


def add_page(deck: Deck, page: Page) -> None:
    """Draw a page as the deck's next slide."""
    if page.kind is Kind.DIVIDER:
        _add_divider(deck, page)
        return
    drawing = _Drawing(deck, deck.next_name(), page)
    drawing.add(title_shape(page.title, TITLE))
    if page.kicker:
        kicker = shorten(page.kicker, 9.0 * POINTS_PER_INCH, size=12, weight=Weight.BOLD)
        drawing.add(Shape("Kicker", None, (Para((Run(kicker, 12, bold=True, colour="accent1"),)),), _KICKER))
    for placed in page.placed:
        drawing.draw(placed)
    layout = VISUAL_LAYOUT if drawing.placeholder_free else TEXT_LAYOUT
    finish(drawing.shapes, deck)
    deck.add_slide(layout, drawing.shapes, drawing.slide)


_KICKER: Final = 'type="body" sz="quarter" idx="13"'


def _add_divider(deck: Deck, page: Page) -> None:
    drawing = _Drawing(deck, deck.next_name(), page)
    drawing.add(Shape("Title", None, (Para((Run(page.title, 40, bold=True, colour="bg2"),)),), 'type="title"'))
    content = page.placed[0].content
    parts = content.items[:8] if isinstance(content, Texts) else ()
    lines = tuple(Para((Run(part.text, 20, colour="bg2"),), before=4) for part in parts)
    drawing.add(Shape("Parts", SECTION_PARTS, lines, 'type="body" idx="1"'))
    if deck.report.fictitious:
        drawing.add(badge(deck, on_brand=True))
    deck.add_slide(SECTION_LAYOUT, drawing.shapes, drawing.slide)


def finish(shapes: list[str], deck: Deck) -> None:
    """What every slide ends with: that the data are made up, footer, slide number."""
    report = deck.report
    if report.fictitious:
        shapes.append(shape_xml(badge(deck), len(shapes) + 2, deck.language))
    text = f"{report.cover.organisation} · {report.cover.title}"
    for shape in footer_shapes(shorten(text, 8.8 * POINTS_PER_INCH, size=10), number=str(len(deck.slides) + 1)):
        shapes.append(shape_xml(shape, len(shapes) + 2, deck.language))


def badge(deck: Deck, *, on_brand: bool = False) -> Shape:
    """The strip that says the data are made up; white on a field of the brand's colour, which may be as yellow."""
    run = Run(deck.words["fictitious"], 11, bold=True, colour=COLOURS.ink)
    fill = COLOURS.paper if on_brand else deck.colours.warning
    return Shape("Badge", BADGE, (Para((run,), "ctr"),), fill=fill, form="roundRect", anchor="ctr")


def title_shape(title: str, box: Box, placeholder: str = 'type="title"') -> Shape:
    """The title in the largest size that keeps it on two lines (one line at the largest)."""
    room = box.width * POINTS_PER_INCH
    for size in _TITLE_SIZES:
        lines = wrap(title, room, size=size, weight=Weight.BOLD, lines=99)
        if len(lines) == 1 or (size < _TITLE_SIZES[0] and len(lines) <= 2):
            return Shape("Title", None, (Para((Run(title, size),)),), placeholder)
    said = " ".join(wrap(title, room, size=_TITLE_SIZES[-1], weight=Weight.BOLD, lines=2))
    return Shape("Title", None, (Para((Run(said, _TITLE_SIZES[-1]),)),), placeholder)


def _caption_of(page: Page, words: Mapping[str, str]) -> tuple[str, str]:
    """The page's caption: "Diagram 3." and the chart's or table's title, left out where the slide's title says it."""
    for placed in page.placed:
        content = placed.content
        if isinstance(content, ChartPart):
            number, title, word = content.chart.number, content.spec.title, words["chart"]
        elif isinstance(content, TablePart):
            number, title, word = content.table.number, content.table.title, words["table"]
        else:
            continue
        return (f"{word} {number}", "") if title in page.title else (f"{word} {number}.", title)
    return ("", "")


def _paragraph(item: Text, scale: Scale, *, first: bool) -> Para:
    look = look_of(item.role, scale)
    run = Run(item.text, look.size, look.bold, look.colour)
    return Para((run,), before=0 if first else look.before, bullet=item.role is Role.BULLET)


def _tile(tile: KeyFigure, box: Box, colours: Theme) -> Shape:
    label, figure, note = (look_of(role, Scale.SIDE) for role in (Role.LABEL, Role.FIGURE, Role.NOTE))
    inner = box.width - 0.36
    size = figure.size if tile.figure.value is not None else _WITHHELD_SIZE
    lines = (
        Para((Run(capped(Role.LABEL, tile.label, inner), label.size, True, COLOURS.ink),)),
        Para((Run(capped(Role.FIGURE, tile.value, inner), size, True, "accent1"),), before=2),
        Para((Run(capped(Role.NOTE, tile.comparison, inner, Scale.SIDE), note.size, colour=COLOURS.ink),)),
        Para((Run(capped(Role.NOTE, tile.interval, inner, Scale.SIDE), note.size, colour=COLOURS.muted),)),
    )
    kept = tuple(line for line in lines if line.runs[0].text)
    return Shape(tile.label, box, kept, fill=colours.tint, insets=(0.18, 0.14, 0.18, 0.14), form="roundRect")
