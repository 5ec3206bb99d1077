"""DrawingML as text: paragraphs, placeholders, boxes, pictures and the frames that charts and tables stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lyhord.rendering.charts.svg import attribute
from lyhord.rendering.pptx.geometry import Box, emu

MAIN: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
TABLE: Final = "http://schemas.openxmlformats.org/drawingml/2006/table"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PRESENTATION: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"
_FIELD_ID: Final = "{6B1E9F9C-3C65-4B5B-9E0E-2B6D1C0A7E10}"  # any fixed identifier
NAMESPACES: Final = f'xmlns:a="{MAIN}" xmlns:r="{RELATIONS}" xmlns:p="{PRESENTATION}"'


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text; ``colour`` is a theme colour ("accent1") or hex ("#16262b"), empty for the inherited one."""

    text: str
    size: float = 0.0  # points, 0 for the inherited size
    bold: bool = False
    colour: str = ""
    link: str = ""  # relationship id of a slide to jump to
    font: str = ""  # a theme font, where a program would not inherit it
    field: str = ""  # "slidenum": PowerPoint keeps the text up to date


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its runs, alignment ("l", "r", "ctr"), space before in points, and whether it has a bullet."""

    runs: tuple[Run, ...]
    align: str = ""
    before: float = 0.0
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A box with text. ``placeholder`` is the XML of ``p:ph`` attributes, empty for a shape of its own."""

    name: str
    box: Box | None
    paragraphs: tuple[Para, ...]
    placeholder: str = ""
    fill: str = ""
    line: str = ""
    anchor: str = ""
    form: str = "rect"
    insets: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # left, top, right, bottom in inches
    decorative: bool = False


def colour_xml(colour: str) -> str:
    """A solid fill in a theme colour or a hex colour."""
    if colour.startswith("#"):
        return f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>'
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'


def run_properties(run: Run, language: str, tag: str = "a:rPr") -> str:
    """The properties of a run, with its language so that a screen reader speaks it right."""
    size = f' sz="{round(run.size * 100)}"' if run.size else ""
    bold = ' b="1"' if run.bold else ""
    fill = colour_xml(run.colour) if run.colour else ""
    link = f'<a:hlinkClick r:id="{run.link}" action="ppaction://hlinksldjump"/>' if run.link else ""
    font = f'<a:latin typeface="{run.font}"/>' if run.font else ""
    return f'<{tag} lang="{language}"{size}{bold} dirty="0">{fill}{font}{link}</{tag}>'


def paragraph_xml(paragraph: Para, language: str) -> str:
    """A paragraph with its runs."""
    align = f' algn="{paragraph.align}"' if paragraph.align else ""
    before = f'<a:spcBef><a:spcPts val="{round(paragraph.before * 100)}"/></a:spcBef>'
    margin, bullet = "", "<a:buNone/>"
    if paragraph.bullet:
        margin = ' marL="228600" indent="-228600"'
        bullet = '<a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/>'
    runs = "".join(_run_xml(run, language) for run in paragraph.runs)
    return f"<a:p><a:pPr{margin}{align}>{before}{bullet}</a:pPr>{runs}</a:p>"


def _run_xml(run: Run, language: str) -> str:
    # A blank at the end is kept, for two runs meet there.
    said = attribute(run.text) + run.text[len(run.text.rstrip()) :]
    inner = f"{run_properties(run, language)}<a:t>{said}</a:t>"
    if run.field:
        return f'<a:fld id="{_FIELD_ID}" type="{run.field}">{inner}</a:fld>'
    return f"<a:r>{inner}</a:r>"


def body_xml(shape: Shape, language: str) -> str:
    """The text body of a shape; sizes are measured beforehand, so nothing shrinks by itself."""
    left, top, right, bottom = (emu(inset) for inset in shape.insets)
    anchor = f' anchor="{shape.anchor}"' if shape.anchor else ""
    properties = f'<a:bodyPr wrap="square" lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}"{anchor}>'
    paragraphs = "".join(paragraph_xml(paragraph, language) for paragraph in shape.paragraphs)
    empty = f'<a:p><a:endParaRPr lang="{language}"/></a:p>'
    return f"<p:txBody>{properties}<a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs or empty}</p:txBody>"


def shape_xml(shape: Shape, number: int, language: str) -> str:
    """A shape or filled placeholder of a slide."""
    place = f"<p:ph {shape.placeholder}/>" if shape.placeholder else ""
    kind = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>' if place else '<p:cNvSpPr txBox="1"/>'
    if shape.fill and not place:
        kind = "<p:cNvSpPr/>"
    return (
        f"<p:sp><p:nvSpPr>{identity(number, shape.name, decorative=shape.decorative)}{kind}<p:nvPr>{place}</p:nvPr>"
        f"</p:nvSpPr><p:spPr>{_shape_properties(shape)}</p:spPr>{body_xml(shape, language)}</p:sp>"
    )


def _shape_properties(shape: Shape) -> str:
    if shape.box is None:
        return ""
    geometry = "" if shape.placeholder else f'<a:prstGeom prst="{shape.form}">{_adjusted(shape)}</a:prstGeom>'
    fill = colour_xml(shape.fill) if shape.fill else "" if shape.placeholder else "<a:noFill/>"
    line = f'<a:ln w="12700">{colour_xml(shape.line)}</a:ln>' if shape.line else ""
    return f"{frame_xml(shape.box)}{geometry}{fill}{line}"


def _adjusted(shape: Shape) -> str:
    if shape.form != "roundRect" or shape.box is None:
        return "<a:avLst/>"
    radius = round(0.06 / min(shape.box.width, shape.box.height) * 100_000)
    return f'<a:avLst><a:gd name="adj" fmla="val {min(radius, 50_000)}"/></a:avLst>'


def frame_xml(box: Box, tag: str = "a:xfrm") -> str:
    """Where something stands and how large it is."""
    return (
        f'<{tag}><a:off x="{emu(box.x)}" y="{emu(box.y)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></{tag}>'
    )


def identity(number: int, name: str, description: str = "", *, decorative: bool = False) -> str:
    """The number, name and alternative text of something on a slide; what is only decoration says so."""
    said = f' descr="{attribute(description)}"' if description else ""
    if not decorative:
        return f'<p:cNvPr id="{number}" name="{attribute(name)}"{said}/>'
    return (
        f'<p:cNvPr id="{number}" name="{attribute(name)}"><a:extLst>'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
        "</a:extLst></p:cNvPr>"
    )


def chart_frame_xml(number: int, name: str, description: str, box: Box, relation: str) -> str:
    """The frame of a native chart, with its alternative text."""
    graphic = f'<c:chart xmlns:c="{CHART}" r:id="{relation}"/>'
    return _graphic_frame(identity(number, name, description), box, CHART, graphic)


def table_frame_xml(number: int, name: str, description: str, box: Box, table: str) -> str:
    """The frame of a native table, with its alternative text."""
    return _graphic_frame(identity(number, name, description), box, TABLE, table)


def _graphic_frame(identified: str, box: Box, kind: str, graphic: str) -> str:
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr>{identified}<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
        f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{frame_xml(box, 'p:xfrm')}"
        f'<a:graphic><a:graphicData uri="{kind}">{graphic}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def picture_xml(number: int, name: str, description: str, box: Box, relation: str) -> str:
    """A picture with its alternative text."""
    return (
        f'<p:pic><p:nvPicPr>{identity(number, name, description)}<p:cNvPicPr><a:picLocks noChangeAspect="1"/>'
        f'</p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
        f"</a:stretch></p:blipFill><p:spPr>{frame_xml(box)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def tree_xml(shapes: Sequence[str]) -> str:
    """The shapes of a slide in reading order."""
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm>'
        f"</p:grpSpPr>{''.join(shapes)}</p:spTree>"
    )
