"""The faces of a report by name: what renders each, its file ending and its media type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from lyhord.rendering.csv_rows import render_csv
from lyhord.rendering.errors import RenderingError
from lyhord.rendering.html import render_html
from lyhord.rendering.kolada import kolada_csv
from lyhord.rendering.pdf import render_pdf
from lyhord.rendering.pptx import render_pptx
from lyhord.rendering.report import Report
from lyhord.rendering.xlsx import render_xlsx


@dataclass(frozen=True, slots=True)
class Face:
    """A way to show a report; ``ending`` is put after the report's id, with its dot."""

    render: Callable[[Report], bytes]
    ending: str
    media_type: str


def _kolada(report: Report) -> bytes:
    return kolada_csv(report.kolada)


_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
FORMATS: Final[Mapping[str, Face]] = MappingProxyType(
    {
        "pdf": Face(render_pdf, ".pdf", "application/pdf"),
        "pptx": Face(render_pptx, ".pptx", f"{_OPEN_XML}.presentationml.presentation"),
        "xlsx": Face(render_xlsx, ".xlsx", f"{_OPEN_XML}.spreadsheetml.sheet"),
        "html": Face(render_html, ".html", "text/html; charset=utf-8"),
        "csv": Face(render_csv, ".csv", "text/csv; charset=utf-8"),
        "kolada": Face(_kolada, ".kolada.csv", "text/csv; charset=utf-8"),
    }
)


def face(name: str) -> Face:
    """The face with that name; an unknown name raises RenderingError that lists the known ones."""
    try:
        return FORMATS[name]
    except KeyError:
        known = ", ".join(FORMATS)
        raise RenderingError(f"There is no report format {name!r}. Use one of: {known}.") from None


def render(report: Report, name: str) -> bytes:
    """The report in the format, as bytes; equal reports give equal bytes."""
    return face(name).render(report)


def file_name(report: Report, name: str) -> str:
    """The file's name: the report's id and the format's ending."""
    return f"{report.id}{face(name).ending}"
