"""Native tables: a heading row, row headers in the first column, hairlines between rows."""

from __future__ import annotations

from typing import Final

from lyhord.rendering.pptx.drawing import Para, Run, colour_xml, paragraph_xml
from lyhord.rendering.pptx.geometry import emu
from lyhord.rendering.pptx.items import TablePart
from lyhord.rendering.pptx.measure import CELL_SIDE, CELL_SIZE, CELL_TOP, cell_text
from lyhord.rendering.report import Align, TableCell
from lyhord.rendering.tokens import COLOURS

_NO_LINE: Final = '<a:ln{side} w="0"><a:noFill/></a:ln{side}>'


def table_xml(part: TablePart, language: str) -> str:
    """The rows of the part as a table; the heading row is repeated in each part of a split table."""
    table = part.table
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in part.widths)
    aligns = ["r" if column.align is Align.END else "l" for column in table.columns]
    heading = "".join(
        _cell(Run(cell_text(column.heading, width, bold=True), CELL_SIZE, True, "bg2"), align, language, heading=True)
        for column, align, width in zip(table.columns, aligns, part.widths, strict=True)
    )
    rows = [f'<a:tr h="{emu(part.heights[0])}">{heading}</a:tr>']
    for place in range(part.first, part.end):
        cells = "".join(
            _cell(_run(cell, part.widths[column], first=not column), aligns[column], language)
            for column, cell in enumerate(table.rows[place])
        )
        rows.append(f'<a:tr h="{emu(part.heights[place + 1])}">{cells}</a:tr>')
    return f'<a:tbl><a:tblPr firstRow="1" firstCol="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(rows)}</a:tbl>'


def _run(cell: TableCell, width: float, *, first: bool) -> Run:
    muted = cell.figure is not None and cell.figure.withheld is not None
    said = cell_text(cell.text, width, bold=cell.emphasis)
    return Run(said, CELL_SIZE, cell.emphasis, COLOURS.muted if muted and not first else "tx1")


def _cell(run: Run, align: str, language: str, *, heading: bool = False) -> str:
    text = paragraph_xml(Para((run,), align), language)
    lines = "".join(_NO_LINE.format(side=side) for side in ("L", "R", "T"))
    below = f'<a:lnB w="6350">{colour_xml("tx2" if heading else COLOURS.line)}</a:lnB>'
    fill = colour_xml("tx2") if heading else "<a:noFill/>"
    side, top = emu(CELL_SIDE), emu(CELL_TOP)
    anchor = "b" if heading else "t"
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="{top}" marB="{top}" anchor="{anchor}">{lines}{below}'
        f"{fill}</a:tcPr></a:tc>"
    )
