"""The report as one self-contained, accessible web page without scripts."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lyhord.rendering import tokens
from lyhord.rendering.chart_table import ChartTable, chart_table
from lyhord.rendering.charts.drawing import draw
from lyhord.rendering.labels import labels
from lyhord.rendering.logos import logo_format
from lyhord.rendering.printable import held
from lyhord.rendering.report import Align, Block, Brand, Chart, Column, Report, TableCell
from lyhord.rendering.tables import check_table_widths
from lyhord.rendering.theme import Theme, theme

_TEMPLATES: Final = Path(__file__).parent / "templates"
_STYLE: Final = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
_MEDIA_TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}


def render_html(report: Report) -> bytes:
    """The report as UTF-8 HTML; equal reports give equal bytes.

    The page needs nothing else: charts are inline SVG, the logo a data address, and all style stands in one ``style``
    element. A server that forbids inline style allows this one by ``content_security_policy``.
    """
    check_table_widths(report)
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            words=labels(report.language),
            style=Markup(_style(theme(report.brand))),  # noqa: S704  # our own style sheet and checked hex colours
            logo=_logo_address(report.brand),
            tools=_Tools(report.language, labels(report.language)),
        )
    )
    return page.encode()


def content_security_policy(page: bytes) -> str:
    """The Content-Security-Policy under which a page made by ``render_html`` works: its own style and logo, no more."""
    style = _STYLE.search(page)
    digest = base64.b64encode(hashlib.sha256(style.group(1) if style else b"").digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class _Tools:
    """What the templates ask for while they walk the blocks."""

    language: str
    words: Mapping[str, str]

    def kind(self, block: Block) -> str:
        return type(block).__name__

    def drawing(self, chart: Chart, width: float) -> Markup:
        drawing = draw(chart.spec, language=self.language, width=width, key=str(chart.number))
        return Markup(drawing)  # noqa: S704  # the drawing escapes every text it holds

    def values(self, chart: Chart) -> ChartTable:
        return chart_table(chart, self.language)

    def look(self, cell: TableCell, column: Column) -> str:
        withheld = cell.figure is not None and cell.figure.withheld is not None
        looks = {"end": column.align is Align.END, "emphasis": cell.emphasis, "withheld": withheld}
        return " ".join(name for name, applies in looks.items() if applies)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["held"] = held
    return environment


def _style(colours: Theme) -> str:
    own = "".join(
        f"--theme-{field.name.replace('_', '-')}: {getattr(colours, field.name)};" for field in fields(colours)
    )
    return f"{tokens.css()}:root {{ {own} }}\n{(_TEMPLATES / 'report.css').read_text(encoding='utf-8')}"


def _logo_address(brand: Brand) -> str:
    if brand.logo is None:
        return ""
    media_type = _MEDIA_TYPES[logo_format(brand.logo)]
    return f"data:{media_type};base64,{base64.b64encode(brand.logo).decode()}"
