"""The Report as the plain document that the Typst templates read: a mapping of texts, numbers and drawn charts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from itertools import pairwise
from typing import Final

from lyhord.rendering.charts.description import describe
from lyhord.rendering.charts.drawing import draw
from lyhord.rendering.labels import labels
from lyhord.rendering.logos import logo_format
from lyhord.rendering.pdf_room import column_widths, is_kept_whole, is_long_title, label_lines, lists_fit
from lyhord.rendering.printable import printable
from lyhord.rendering.report import (
    Align,
    Block,
    Bullets,
    Callout,
    Chart,
    Cover,
    Judgement,
    KeyFigures,
    Paragraph,
    Quotations,
    Report,
    Section,
    Table,
    TableCell,
)
from lyhord.rendering.tables import check_table_widths
from lyhord.rendering.theme import theme

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
Document = dict[str, Plain]

CHART_WIDTH: Final = 640.0  # drawing units set on the 471 points between the margins: 12 units of text become 8.8 pt
_REGIONS: Final = {"sv": "SE", "en": "GB"}


def pdf_document(report: Report) -> Document:
    """The whole report for the templates; raises RenderingError where a table or colour cannot be set."""
    check_table_widths(report)
    body = [plain for depth, section in report.walk() for plain in _section(section, depth, report.language)]
    _tie(body)
    document: Document = {
        "language": report.language,
        "region": _REGIONS[report.language],
        "document": _facts(report),
        "labels": {**labels(report.language)},
        "theme": {**asdict(theme(report.brand))},
        "cover": _cover(report.cover),
        "logo": _logo(report),
        "fictitious": report.fictitious,
        "listed": list(_listed(report)),
        "body": list(body),
    }
    return {name: _printable(plain) for name, plain in document.items()}


def _printable(plain: Plain) -> Plain:
    """The same with every text made fit for print; a list of bytes holds none and stays as it is."""
    if isinstance(plain, str):
        return printable(plain)
    if isinstance(plain, dict):
        return {name: _printable(value) for name, value in plain.items()}
    if isinstance(plain, list) and plain and not isinstance(plain[0], int):
        return [_printable(value) for value in plain]
    return plain


def _listed(report: Report) -> tuple[str, ...]:
    """What is listed below the contents: charts and tables, where there are any and they fit on the same page."""
    walked = list(report.walk())
    blocks = [block for _depth, section in walked for block in section.blocks]
    charts = [block.spec.title for block in blocks if isinstance(block, Chart)]
    tables = [block.title for block in blocks if isinstance(block, Table)]
    if not lists_fit([depth for depth, _section in walked], charts, tables):
        return ()
    return (*(("chart",) if charts else ()), *(("table",) if tables else ()))


def _tie(body: list[Document]) -> None:
    """Mark what must not be parted: a heading right under a heading, and a text that introduces a chart or table."""
    for before, plain in pairwise(body):
        plain["follows_heading"] = before["block"] == "heading"
    for plain, after in pairwise(body):
        plain["introduces"] = bool(plain.get("follows_heading")) and after["block"] in ("chart", "table")


def _facts(report: Report) -> Document:
    issued = date.fromisoformat(report.issued)
    cover = report.cover
    return {
        "title": f"{cover.title} – {cover.organisation}",
        "author": cover.organisation,
        "description": f"{cover.kind}. {cover.title}, {cover.organisation}, {cover.date}.",
        "keywords": [report.instrument, report.round, report.municipality],
        "date": [issued.year, issued.month, issued.day],
    }


def _cover(cover: Cover) -> Document:
    return {
        "kind": cover.kind,
        "title": cover.title,
        "organisation": cover.organisation,
        "date": cover.date,
        "facts": [[name, value] for name, value in cover.facts],
    }


def _logo(report: Report) -> Document | None:
    logo = report.brand.logo
    if logo is None:
        return None
    return {
        "bytes": list(logo),
        "format": logo_format(logo),
        "alt": report.brand.logo_alt or report.cover.organisation,
    }


def _section(section: Section, depth: int, language: str) -> list[Document]:
    heading: Document = {
        "block": "heading",
        "level": min(depth, 3),
        "title": section.title,
        "long": depth == 1 and is_long_title(section.title),
        "new_page": section.new_page,
    }
    return [heading, *(_plain(block, language) for block in section.blocks)]


def _plain(block: Block, language: str) -> Document:  # noqa: C901  # one line per kind of block, checked by mypy
    match block:
        case Paragraph():
            return _paragraph(block)
        case Bullets():
            return {"block": "bullets", "items": list(block.items)}
        case Judgement():
            return {"block": "judgement", "text": block.text}
        case KeyFigures():
            return _key_figures(block)
        case Callout():
            return _callout(block)
        case Chart():
            return _chart(block, language)
        case Table():
            return _table(block, language)
        case Quotations():
            return _quotations(block)


def _paragraph(block: Paragraph) -> Document:
    return {"block": "paragraph", "kind": block.kind.value, "text": block.text}


def _key_figures(block: KeyFigures) -> Document:
    columns = _tile_columns(len(block.tiles))
    return {
        "block": "key-figures",
        "columns": columns,
        "label_lines": label_lines(block.tiles, columns),
        "tiles": [
            {
                "label": tile.label,
                "value": tile.value,
                "comparison": tile.comparison,
                "interval": tile.interval,
                "withheld": tile.figure.value is None,
            }
            for tile in block.tiles
        ],
    }


def _tile_columns(tiles: int) -> int:
    """Four tiles a row, three where that leaves no lone tile behind; never an empty grid."""
    return max(1, tiles if tiles <= 4 else 3 if tiles % 4 in (1, 2) else 4)


def _callout(block: Callout) -> Document:
    withheld = block.figure is not None and block.figure.value is None
    return {
        "block": "callout",
        "label": block.label,
        "value": block.value,
        "note": block.note,
        "withheld": withheld,
    }


def _chart(block: Chart, language: str) -> Document:
    return {
        "block": "chart",
        "number": block.number,
        "title": block.spec.title,
        "svg": draw(block.spec, language=language, width=CHART_WIDTH),
        "alt": " ".join(part for part in (block.spec.description, describe(block.spec, language)) if part),
        "note": block.note,
    }


def _table(block: Table, language: str) -> Document:
    return {
        "block": "table",
        "number": block.number,
        "title": block.title,
        "breakable": not is_kept_whole(block),
        "columns": [
            {
                "heading": column.heading or labels(language)["row"],  # an empty heading is no heading
                "end": column.align is Align.END,
                "width": width,
            }
            for column, width in zip(block.columns, column_widths(block), strict=True)
        ],
        "rows": [_row(row) for row in block.rows],
        "note": block.note,
    }


def _row(row: tuple[TableCell, ...]) -> list[Plain]:
    marked = bool(row) and row[0].emphasis
    return [_cell(cell, marked) for cell in row]


def _cell(cell: TableCell, marked: bool) -> Plain:
    """A plain cell is its text alone: most are, and a table of every municipality has hundreds."""
    muted = cell.figure is not None and cell.figure.withheld is not None
    emphasis = cell.emphasis or marked
    if not (marked or muted or emphasis):
        return cell.text
    return {"text": cell.text, "emphasis": emphasis, "marked": marked, "muted": muted}


def _quotations(block: Quotations) -> Document:
    return {
        "block": "quotations",
        "heading": block.heading,
        "quotes": [{"text": quote.text, "attribution": quote.attribution} for quote in block.quotes],
    }
