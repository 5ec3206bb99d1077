"""The whole presentation: cover, contents, a slide for each page of the report, notes and document properties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from lyhord.rendering.charts.labels import shorten, wrap
from lyhord.rendering.charts.svg import attribute
from lyhord.rendering.fonts import Weight
from lyhord.rendering.labels import labels
from lyhord.rendering.office_words import office_words
from lyhord.rendering.pptx.drawing import (
    MAIN,
    NAMESPACES,
    Para,
    Run,
    Shape,
    picture_xml,
    shape_xml,
    tree_xml,
)
from lyhord.rendering.pptx.geometry import CONTENT, COVER_LOGO, COVER_TITLE, POINTS_PER_INCH, READING_WIDTH, TITLE, Box
from lyhord.rendering.pptx.items import Page
from lyhord.rendering.pptx.logo import logo_png, size_of
from lyhord.rendering.pptx.master import (
    COVER_LAYOUT,
    MASTER,
    NOTES_MASTER,
    TEXT_LAYOUT,
    add_masters,
    slide_size,
)
from lyhord.rendering.pptx.notes import notes_of
from lyhord.rendering.pptx.package import Package
from lyhord.rendering.pptx.pages import report_pages
from lyhord.rendering.pptx.slides import Deck, add_page, finish, title_shape
from lyhord.rendering.report import Report, Section
from lyhord.rendering.theme import theme
from lyhord.rendering.tokens import COLOURS

_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml"
_CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CONTENTS_ROWS: Final = 13
_BLANK: Final = "\N{EM SPACE}"
_LANGUAGES: Final = {"sv": "sv-SE", "en": "en-GB"}
_FIRST_SLIDE_ID: Final = 256


def render_pptx(report: Report) -> bytes:
    """The report as a 16:9 presentation; equal reports give equal bytes.

    Charts and tables are PowerPoint's own, with the data embedded. What does not fit a slide goes on to the next; the
    notes hold every text in full and every figure's n, base, interval and rule.
    """
    language = _LANGUAGES.get(report.language, report.language)
    words = {**office_words(report.language), **labels(report.language)}
    deck = Deck(Package(), report, words, theme(report.brand), language)
    pages = report_pages(report)
    _start(deck)
    _add_cover(deck)
    opening = _contents(report, pages)
    for part in opening:
        _add_contents(deck, part, len(opening))
    for page in pages:
        add_page(deck, page)
        _add_notes(deck, notes_of(page, report.language))
    _finish(deck, pages, 1 + len(opening))
    return deck.package.bytes()


def _start(deck: Deck) -> None:
    # The presentation part stands first, as readers expect; its text is known last.
    deck.package.add("ppt/presentation.xml", "", f"{_TYPE}.presentation.main+xml")
    deck.package.relate("", "ppt/presentation.xml", "officeDocument")
    deck.package.relate("ppt/presentation.xml", MASTER, "slideMaster")
    add_masters(deck.package, deck.colours, deck.language)
    deck.package.relate("ppt/presentation.xml", NOTES_MASTER, "notesMaster")


def _add_cover(deck: Deck) -> None:
    cover = deck.report.cover
    name = deck.next_name()
    size = _cover_size(cover.title)
    shapes = (
        Shape("Title", None, (Para((Run(cover.title, size, bold=True, colour="bg2"),)),), 'type="ctrTitle"'),
        Shape("Kind", None, (Para((Run(cover.kind, 16, bold=True, colour="bg2"),)),), 'type="body" idx="13"'),
        Shape(
            "Organisation",
            None,
            (
                Para((Run(cover.organisation, 24, colour="bg2"),)),
                Para((Run(cover.date, 16, colour="bg2"),), before=6),
            ),
            'type="subTitle" idx="1"',
        ),
        Shape("Facts", None, _facts(cover.facts), 'type="body" idx="14"'),
    )
    drawn = [shape_xml(shape, number, deck.language) for number, shape in enumerate(shapes, start=2)]
    if deck.report.brand.logo is not None:
        drawn.append(_logo(deck, name, len(drawn) + 2))
    if deck.report.fictitious:
        said = Run(deck.words["fictitious_long"], 12, bold=True, colour=COLOURS.ink)
        box = Box(COVER_TITLE.x, 6.45, COVER_TITLE.width, 0.5)
        strip = Shape("Badge", box, (Para((said,)),), fill=COLOURS.paper, insets=(0.15, 0, 0.15, 0), anchor="ctr")
        drawn.append(shape_xml(strip, len(drawn) + 2, deck.language))
    deck.add_slide(COVER_LAYOUT, drawn, name)


def _cover_size(title: str) -> int:
    """The largest size that keeps the cover's title on three lines."""
    room = COVER_TITLE.width * POINTS_PER_INCH
    for size in (44, 36, 30, 24):
        if len(wrap(title, room, size=size, weight=Weight.BOLD, lines=99)) * size * 1.2 <= COVER_TITLE.height * 72:
            return size
    return 20


def _facts(facts: Sequence[tuple[str, str]]) -> tuple[Para, ...]:
    lines: list[Para] = []
    for label, value in facts[:7]:
        lines.append(Para((Run(label, 12, colour=COLOURS.muted),), before=12 if lines else 0))
        lines.append(Para((Run(value, 16, bold=True, colour="tx1"),), before=1))
    return tuple(lines)


def _logo(deck: Deck, slide: str, number: int) -> str:
    png = logo_png(deck.report.brand.logo or b"")
    deck.package.add("ppt/media/logo.png", png)
    width, height = size_of(png)
    scale = min(COVER_LOGO.width / width, COVER_LOGO.height / height)
    box = Box(COVER_LOGO.x, COVER_LOGO.y, width * scale, height * scale)
    description = deck.report.brand.logo_alt or f"{deck.words['logo']} {deck.report.cover.organisation}"
    return picture_xml(
        number, deck.words["logo"], description, box, deck.package.relate(slide, "ppt/media/logo.png", "image")
    )


def _contents(report: Report, pages: Sequence[Page]) -> list[list[tuple[str, int]]]:
    """The report's main parts with the page each begins on (from 0), in as many slides as they need."""
    first: dict[str, int] = {}
    for place, page in enumerate(pages):
        first.setdefault(page.section, place)
    rows = []
    for section in report.sections:
        starts = [first[part] for part in _ids(section) if part in first]
        if starts:
            rows.append((section.title, min(starts)))
    return [rows[start : start + _CONTENTS_ROWS] for start in range(0, len(rows), _CONTENTS_ROWS)]


def _ids(section: Section) -> Iterator[str]:
    yield section.id
    for part in section.sections:
        yield from _ids(part)


def _add_contents(deck: Deck, rows: Sequence[tuple[str, int]], opening: int) -> None:
    """A slide of contents, each line a jump to its slide."""
    name = deck.next_name()
    lines = []
    for title, page in rows:
        number = page + opening + 2  # the cover is slide 1
        jump = deck.package.relate(name, f"ppt/slides/slide{number}.xml", "slide")
        said = shorten(title, (READING_WIDTH - 1.5) * POINTS_PER_INCH, size=18)
        figure = Run(f"{number}{_BLANK}", 18, bold=True, colour="accent1")
        lines.append(Para((figure, Run(said, 18, link=jump)), before=8))
    part = len(deck.slides)
    heading = deck.words["contents"] if part == 1 else f"{deck.words['contents']} ({part})"
    shapes = (title_shape(heading, TITLE), Shape("Contents", CONTENT, tuple(lines), 'type="body" idx="1"'))
    drawn = [shape_xml(shape, place, deck.language) for place, shape in enumerate(shapes, start=2)]
    finish(drawn, deck)
    deck.add_slide(TEXT_LAYOUT, drawn, name)


def _add_notes(deck: Deck, lines: Sequence[str]) -> None:
    """The notes of the slide added last, where there is something to say."""
    if not lines:
        return
    slide = deck.slides[-1]
    name = slide.replace("slides/slide", "notesSlides/notesSlide")
    picture = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide image"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
        'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
    )
    text = Shape("Notes", None, tuple(Para((Run(line),)) for line in lines), 'type="body" idx="1"')
    xml = (
        f"<p:notes {NAMESPACES}><p:cSld>{tree_xml([picture, shape_xml(text, 3, deck.language)])}</p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )
    deck.package.add(name, xml, f"{_TYPE}.notesSlide+xml")
    deck.package.relate(name, NOTES_MASTER, "notesMaster")
    deck.package.relate(name, slide, "slide")
    deck.package.relate(slide, name, "notesSlide")


def _finish(deck: Deck, pages: Sequence[Page], opening: int) -> None:
    """The presentation part, which lists the slides, and the document's properties."""
    package, main = deck.package, "ppt/presentation.xml"
    ids = [(_FIRST_SLIDE_ID + place, package.relate(main, name, "slide")) for place, name in enumerate(deck.slides)]
    slides = "".join(f'<p:sldId id="{number}" r:id="{relation}"/>' for number, relation in ids)
    package.add(
        main,
        f'<p:presentation {NAMESPACES} saveSubsetFonts="1" autoCompressPictures="0"><p:sldMasterIdLst>'
        f'<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst>'
        f'<p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst>{slides}</p:sldIdLst>{slide_size()}'
        f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="{deck.language}"/></a:defPPr></p:defaultTextStyle>'
        f"{_sections(deck, pages, opening)}</p:presentation>",
    )
    for name, element in (("presProps", "presentationPr"), ("viewProps", "viewPr")):
        package.add(f"ppt/{name}.xml", f"<p:{element} {NAMESPACES}/>", f"{_TYPE}.{name}+xml")
        package.relate(main, f"ppt/{name}.xml", name)
    package.add(
        "ppt/tableStyles.xml",
        f'<a:tblStyleLst xmlns:a="{MAIN}" def="{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}"/>',
        f"{_TYPE}.tableStyles+xml",
    )
    package.relate(main, "ppt/tableStyles.xml", "tableStyles")
    package.relate(main, "ppt/theme/theme1.xml", "theme")
    _add_properties(deck)


def _sections(deck: Deck, pages: Sequence[Page], opening: int) -> str:
    """PowerPoint's own sections: one for the opening, one for each main part of the report."""
    tops = {part: section.title for section in deck.report.sections for part in _ids(section)}
    groups: list[tuple[str, list[int]]] = [(deck.words["cover"], list(range(opening)))]
    for place, page in enumerate(pages):
        title = tops[page.section]
        if len(groups) == 1 or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(opening + place)
    rows = "".join(
        f'<p14:section name="{attribute(title)}" id="{_identifier(deck, str(number))}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{_FIRST_SLIDE_ID + slide}"/>' for slide in slides)
        + "</p14:sldIdLst></p14:section>"
        for number, (title, slides) in enumerate(groups)
    )
    return (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
        f'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">{rows}</p14:sectionLst></p:ext></p:extLst>'
    )


def _identifier(deck: Deck, name: str) -> str:
    """An identifier that is the same each time for the same report and name."""
    return "{" + str(uuid5(NAMESPACE_URL, f"{deck.report.id}/{name}")).upper() + "}"


def _add_properties(deck: Deck) -> None:
    report = deck.report
    title = attribute(f"{report.cover.title} – {report.cover.organisation}")
    moment = f"{report.issued}T00:00:00Z"
    said = deck.words["fictitious_long"] if report.fictitious else ""
    deck.package.add(
        "docProps/core.xml",
        f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:subject>{attribute(report.cover.kind)}</dc:subject>"
        f"<dc:creator>{attribute(report.cover.organisation)}</dc:creator><dc:description>{said}</dc:description>"
        f"<dc:language>{deck.language}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>',
        "application/vnd.openxmlformats-package.core-properties+xml",
    )
    deck.package.relate("", "docProps/core.xml", "core")
    deck.package.add(
        "docProps/app.xml",
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>Lyhörd</Application><Slides>{len(deck.slides)}</Slides></Properties>",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    )
    deck.package.relate("", "docProps/app.xml", "extended-properties")
