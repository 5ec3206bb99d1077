"""The look of the deck: theme colours from the municipality, a slide master, four layouts and a notes master.

All colours are theme colours, so a reader can change the whole deck at once in PowerPoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lyhord.rendering.charts.spec import Tone
from lyhord.rendering.pptx.drawing import MAIN, NAMESPACES, Para, Run, Shape, frame_xml, identity, shape_xml, tree_xml
from lyhord.rendering.pptx.geometry import (
    CONTENT,
    COVER_FACTS,
    COVER_FIELD,
    COVER_KIND,
    COVER_NAME,
    COVER_TITLE,
    FOOT_RULE,
    FOOTER,
    KICKER,
    MARGIN,
    NUMBER,
    SECTION_PARTS,
    SECTION_TITLE,
    SLIDE,
    TITLE,
    Box,
    emu,
)
from lyhord.rendering.pptx.package import Package
from lyhord.rendering.theme import Theme
from lyhord.rendering.tokens import COLOURS, TONES

FONT: Final = "Arial"  # on every computer, and the measured font is wider, so no line is longer than planned
_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml"
MASTER: Final = "ppt/slideMasters/slideMaster1.xml"
NOTES_MASTER: Final = "ppt/notesMasters/notesMaster1.xml"
_FIRST_LAYOUT_ID: Final = 2_147_483_661  # ids of masters and layouts share one range, from 2 147 483 648
_THEME_TYPE: Final = "application/vnd.openxmlformats-officedocument.theme+xml"


@dataclass(frozen=True, slots=True)
class Layout:
    """A slide layout: its part's number, name, OOXML kind, whether it has a filled background, and its boxes."""

    number: int
    kind: str
    names: tuple[str, str]  # Swedish, English
    shapes: tuple[Shape, ...]
    filled: Box | None = None
    footed: bool = True

    @property
    def part(self) -> str:
        """The name of the layout's part."""
        return f"ppt/slideLayouts/slideLayout{self.number}.xml"


def _prompt(text: str, size: float = 0.0, *, bold: bool = False, colour: str = "") -> tuple[Para, ...]:
    return (Para((Run(text, size, bold, colour),)),)


COVER_LAYOUT: Final = Layout(
    1,
    "title",
    ("Omslag", "Cover"),
    (
        Shape("Title", COVER_TITLE, _prompt("Rubrik", 44, bold=True, colour="bg2"), 'type="ctrTitle"', anchor="b"),
        Shape("Kind", COVER_KIND, _prompt("Slag", 16, bold=True, colour="bg2"), 'type="body" idx="13"'),
        Shape("Organisation", COVER_NAME, _prompt("Organisation", 24, colour="bg2"), 'type="subTitle" idx="1"'),
        Shape("Facts", COVER_FACTS, _prompt("Fakta", 16), 'type="body" idx="14"'),
    ),
    filled=COVER_FIELD,
    footed=False,
)
SECTION_LAYOUT: Final = Layout(
    2,
    "secHead",
    ("Avsnitt", "Section"),
    (
        Shape("Title", SECTION_TITLE, _prompt("Rubrik", 40, bold=True, colour="bg2"), 'type="title"', anchor="b"),
        Shape("Parts", SECTION_PARTS, _prompt("Delar", 20, colour="bg2"), 'type="body" idx="1"'),
    ),
    filled=SLIDE,
    footed=False,
)
TEXT_LAYOUT: Final = Layout(
    3,
    "obj",
    ("Rubrik och text", "Title and text"),
    (
        Shape("Title", None, _prompt("Rubrik"), 'type="title"'),
        Shape("Kicker", KICKER, _prompt("Del", 12, bold=True, colour="accent1"), 'type="body" sz="quarter" idx="13"'),
        Shape("Text", CONTENT, _prompt("Text"), 'type="body" idx="1"'),
    ),
)
VISUAL_LAYOUT: Final = Layout(
    4,
    "titleOnly",
    ("Rubrik och diagram eller tabell", "Title and chart or table"),
    (
        Shape("Title", None, _prompt("Rubrik"), 'type="title"'),
        Shape("Kicker", KICKER, _prompt("Del", 12, bold=True, colour="accent1"), 'type="body" sz="quarter" idx="13"'),
    ),
)
LAYOUTS: Final = (COVER_LAYOUT, SECTION_LAYOUT, TEXT_LAYOUT, VISUAL_LAYOUT)


def add_masters(package: Package, theme: Theme, language: str) -> None:
    """Add theme, slide master, layouts and notes master."""
    package.add("ppt/theme/theme1.xml", _theme(theme, "Lyhörd"), _THEME_TYPE)
    package.add("ppt/theme/theme2.xml", _theme(theme, "Lyhörd"), _THEME_TYPE)
    package.add(MASTER, _master(package, language), f"{_TYPE}.slideMaster+xml")
    for layout in LAYOUTS:
        package.add(layout.part, _layout(layout, language), f"{_TYPE}.slideLayout+xml")
        package.relate(layout.part, MASTER, "slideMaster")
    package.relate(MASTER, "ppt/theme/theme1.xml", "theme")
    package.add(NOTES_MASTER, _notes_master(language), f"{_TYPE}.notesMaster+xml")
    package.relate(NOTES_MASTER, "ppt/theme/theme2.xml", "theme")


def _theme(theme: Theme, name: str) -> str:
    chart_colours = [TONES[tone].fill for tone in (Tone.OWN, Tone.TOTAL, Tone.GOOD, Tone.MIDDLE, Tone.POOR)]
    slots = {
        "dk1": theme.ink,
        "lt1": COLOURS.paper,
        "dk2": theme.brand,
        "lt2": theme.on_brand,
        "accent1": theme.accent,
        **{f"accent{place}": colour for place, colour in enumerate(chart_colours, start=2)},
        "hlink": theme.accent,
        "folHlink": theme.muted,
    }
    colours = "".join(f'<a:{slot}><a:srgbClr val="{hex_[1:].upper()}"/></a:{slot}>' for slot, hex_ in slots.items())
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    flat = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{flat}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{MAIN}" name="{name}"><a:themeElements><a:clrScheme name="{name}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{name}"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="{name}"><a:fillStyleLst>{flat * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{flat * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def _master(package: Package, language: str) -> str:
    relations = [package.relate(MASTER, layout.part, "slideLayout") for layout in LAYOUTS]
    ids = "".join(
        f'<p:sldLayoutId id="{_FIRST_LAYOUT_ID + place}" r:id="{relation}"/>'
        for place, relation in enumerate(relations)
    )
    shapes = (
        Shape("Title", TITLE, _prompt("Rubrik"), 'type="title"'),
        Shape("Text", CONTENT, _prompt("Text"), 'type="body" idx="1"'),
        *footer_shapes("", with_boxes=True),
    )
    drawn = [
        _rule(10, Box(MARGIN, 0, 1.1, 0.1), "tx2"),
        _rule(11, Box(MARGIN, FOOT_RULE, SLIDE.width - 2 * MARGIN, 0.01), "tx2"),
        *(shape_xml(shape, number, language) for number, shape in enumerate(shapes, start=2)),
    ]
    return (
        f'<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
        f"<a:effectLst/></p:bgPr></p:bg>{tree_xml(drawn)}</p:cSld>"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>{_text_styles()}</p:sldMaster>"
    )


def _text_styles() -> str:
    font = '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
    title = (
        '<a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:spcBef><a:spcPct val="0"/></a:spcBef>'
        "<a:buNone/>"
        '<a:defRPr sz="2800" b="1" kern="1200"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        f"{font.replace('+mn', '+mj')}</a:defRPr></a:lvl1pPr>"
    )
    levels = "".join(
        f'<a:lvl{level}pPr marL="{228600 * (level - 1)}" algn="l"><a:spcBef><a:spcPts val="600"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{1800 if level == 1 else 1600}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f"{font}</a:defRPr></a:lvl{level}pPr>"
        for level in range(1, 4)
    )
    other = f'<a:lvl1pPr algn="l"><a:defRPr sz="1800" kern="1200">{font}</a:defRPr></a:lvl1pPr>'
    return (
        f"<p:txStyles><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles>"
    )


def footer_shapes(text: str, *, with_boxes: bool = False, number: str = "") -> tuple[Shape, Shape]:
    """Footer and slide number, as placeholders that take their place from the master."""
    muted = COLOURS.muted
    return (
        Shape(
            "Footer",
            FOOTER if with_boxes else None,
            (Para((Run(text, 10, colour=muted, font="+mn-lt"),)),),
            'type="ftr" sz="quarter" idx="11"',
            anchor="ctr",
        ),
        Shape(
            "Slide number",
            NUMBER if with_boxes else None,
            (Para((Run(number or "#", 10, colour=muted, font="+mn-lt", field="slidenum"),), "r"),),
            'type="sldNum" sz="quarter" idx="12"',
            anchor="ctr",
        ),
    )


def _layout(layout: Layout, language: str) -> str:
    drawn = []
    if layout.filled is not None:
        drawn.append(_rule(20, layout.filled, "tx2"))
    shapes = (*layout.shapes, *(footer_shapes("") if layout.footed else ()))
    drawn += [shape_xml(shape, number, language) for number, shape in enumerate(shapes, start=2)]
    name = layout.names[0 if language.startswith("sv") else 1]
    hidden = "" if layout.footed else ' showMasterSp="0"'
    return (
        f'<p:sldLayout {NAMESPACES} type="{layout.kind}" preserve="1"{hidden}><p:cSld name="{name}">'
        f"{tree_xml(drawn)}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _rule(number: int, box: Box, colour: str) -> str:
    return (
        f'<p:sp><p:nvSpPr>{identity(number, f"Field {number}", decorative=True)}<p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr>{frame_xml(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        f'<a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _notes_master(language: str) -> str:
    picture = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide image"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
        'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr>'
        f"{frame_xml(Box(0.75, 0.75, 6.0, 3.375))}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr></p:sp>'
    )
    notes = Shape("Notes", Box(0.75, 4.4, 6.0, 5.0), _prompt("Anteckningar", 12), 'type="body" sz="quarter" idx="3"')
    return (
        f'<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
        f"<a:effectLst/></p:bgPr></p:bg>{tree_xml([picture, shape_xml(notes, 3, language)])}</p:cSld>"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/></p:notesMaster>'
    )


def slide_size() -> str:
    """The presentation's slide and notes sizes."""
    return f'<p:sldSz cx="{emu(SLIDE.width)}" cy="{emu(SLIDE.height)}"/><p:notesSz cx="{emu(7.5)}" cy="{emu(10)}"/>'
