"""The pieces that every native chart is put together from: data with its cached values, text, axes, legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lyhord.rendering.charts.svg import attribute
from lyhord.rendering.pptx.drawing import CHART, MAIN, RELATIONS, colour_xml
from lyhord.rendering.pptx.embedded import Cell, reference
from lyhord.rendering.tokens import COLOURS, Pattern, ToneStyle

LABEL_SIZE: Final = 12.0
SMALL_SIZE: Final = 11.0
_PATTERNS: Final = {Pattern.HATCH: "wdUpDiag", Pattern.DOTS: "pct10", Pattern.CROSS: "smGrid"}
ACROSS, UP = 111_111_111, 222_222_222  # the ids of the two axes; a category axis takes the one of its direction


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A chart part's XML (its data in relationship rId1) and the rows of the workbook it refers to."""

    xml: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """A numeric axis: id, the axis it crosses and where, position ("b", "l"), ends, step and looks."""

    number: int
    crosses: int
    position: str
    low: float
    high: float
    step: float
    numbers: bool = True
    lines: bool = False
    title: str = ""
    code: str = "General"
    reach: str = '<c:crosses val="min"/>'  # where on the other axis this one stands


def text_properties(size: float, colour: str = COLOURS.ink, *, bold: bool = False) -> str:
    """The look of a chart's text."""
    weight = ' b="1"' if bold else ' b="0"'
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}"{weight}>'
        f'{colour_xml(colour)}</a:defRPr></a:pPr><a:endParaRPr lang="sv-SE"/></a:p></c:txPr>'
    )


def rich_text(lines: Sequence[str], size: float, colour: str = COLOURS.ink, *, bold: bool = False) -> str:
    """Text of one's own in a label or title, a paragraph a line."""
    weight = ' b="1"' if bold else ' b="0"'
    look = f'sz="{round(size * 100)}"{weight}'
    paragraphs = "".join(
        f"<a:p><a:pPr><a:defRPr {look}>{colour_xml(colour)}</a:defRPr></a:pPr>"
        f"<a:r><a:rPr {look}>{colour_xml(colour)}</a:rPr><a:t>{attribute(line)}</a:t></a:r></a:p>"
        for line in lines
    )
    return f'<c:rich><a:bodyPr wrap="none"/><a:lstStyle/>{paragraphs}</c:rich>'


def number_code(decimals: int, unit: str, language: str) -> str:
    """A number format that shows the decimal mark of the report's language: 41D is Swedish, 409 English."""
    english = language.startswith("en")
    digits = ("[$-409]0" if english else "[$-41D]0") + ("." + "0" * decimals if decimals else "")
    if not unit:
        return digits
    space = "" if unit == "%" and english else " "
    return f'{digits}"{space}{unit}"'


def series_head(place: int, name: str, column: int) -> str:
    """The start of a series: its number and its name from the workbook's heading row."""
    return (
        f'<c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>{reference(column, 1, 1)}</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{attribute(name)}</c:v></c:pt></c:strCache></c:strRef>'
        "</c:tx>"
    )


def numbers_xml(tag: str, column: int, values: Sequence[float | None], code: str = "General") -> str:
    """Numbers from a column of the workbook, below its heading; None is an empty cell."""
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{float(value):.15g}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:{tag}><c:numRef><c:f>{reference(column, 2, len(values) + 1)}</c:f><c:numCache><c:formatCode>"
        f'{attribute(code)}</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef></c:{tag}>'
    )


def categories_xml(labels: Sequence[str]) -> str:
    """The row labels, from the workbook's first column."""
    points = "".join(f'<c:pt idx="{place}"><c:v>{attribute(label)}</c:v></c:pt>' for place, label in enumerate(labels))
    return (
        f"<c:cat><c:strRef><c:f>{reference(0, 2, len(labels) + 1)}</c:f><c:strCache>"
        f'<c:ptCount val="{len(labels)}"/>{points}</c:strCache></c:strRef></c:cat>'
    )


def area_look(look: ToneStyle) -> str:
    """A filled area: its colour, its pattern so that it differs without colour, and an outline that stands out."""
    fill = colour_xml(look.fill)
    if look.pattern in _PATTERNS:
        front = colour_xml(look.over).replace("solidFill", "fgClr")
        back = colour_xml(look.fill).replace("solidFill", "bgClr")
        fill = f'<a:pattFill prst="{_PATTERNS[look.pattern]}">{front}{back}</a:pattFill>'
    outline = COLOURS.paper if look.text == COLOURS.paper else look.stroke
    return f'<c:spPr>{fill}<a:ln w="9525">{colour_xml(outline)}</a:ln></c:spPr>'


def line_look(colour: str, points: float, dash: str = "") -> str:
    """A line of a width in points; "" as colour is no line."""
    if not colour:
        return "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
    dashes = f'<a:prstDash val="{dash}"/>' if dash else ""
    width = round(points * 12_700)
    return f'<c:spPr><a:ln w="{width}" cap="flat">{colour_xml(colour)}{dashes}<a:round/></a:ln></c:spPr>'


def category_axis() -> str:
    """The axis of row labels of a bar chart, running downwards in reading order."""
    return (
        f'<c:catAx><c:axId val="{UP}"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"{line_look(COLOURS.edge, 0.75)}{text_properties(LABEL_SIZE)}"
        f'<c:crossAx val="{ACROSS}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def value_axis(axis: ValueAxis) -> str:
    """A numeric axis."""
    lines = f"<c:majorGridlines>{line_look(COLOURS.line, 0.75)}</c:majorGridlines>" if axis.lines else ""
    title = ""
    if axis.title:
        said = rich_text((axis.title,), SMALL_SIZE, COLOURS.muted)
        title = f'<c:title><c:tx>{said}</c:tx><c:overlay val="0"/></c:title>'
    edge = line_look(COLOURS.edge if axis.numbers and not axis.lines else "", 0.75)
    return (
        f'<c:valAx><c:axId val="{axis.number}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{axis.high:g}"/><c:min val="{axis.low:g}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{axis.position}"/>{lines}{title}'
        f'<c:numFmt formatCode="{attribute(axis.code)}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{"nextTo" if axis.numbers else "none"}"/>{edge}'
        f'{text_properties(SMALL_SIZE, COLOURS.muted)}<c:crossAx val="{axis.crosses}"/>{axis.reach}'
        f'<c:crossBetween val="between"/><c:majorUnit val="{axis.step:g}"/></c:valAx>'
    )


def legend(hidden: Sequence[int] = ()) -> str:
    """The legend above the plot, without the series that only draw lines."""
    entries = "".join(f'<c:legendEntry><c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>' for place in hidden)
    return f'<c:legend><c:legendPos val="t"/>{entries}<c:overlay val="0"/>{text_properties(LABEL_SIZE)}</c:legend>'


def plot_layout(left: float, top: float, width: float, height: float) -> str:
    """Where the plot itself stands, in shares of the chart."""
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left:.4f}"/><c:y val="{top:.4f}"/><c:w val="{width:.4f}"/><c:h val="{height:.4f}"/>'
        "</c:manualLayout></c:layout>"
    )


def chart_space(plot: str, key: str, language: str) -> str:
    """The whole chart part; the slide says the title, so the chart has none."""
    return (
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{MAIN}" xmlns:r="{RELATIONS}"><c:date1904 val="0"/>'
        f'<c:lang val="{language}"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f'<c:plotArea>{plot}</c:plotArea>{key}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{text_properties(LABEL_SIZE)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )
