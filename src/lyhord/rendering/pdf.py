"""The report as an accessible PDF (PDF/UA-1), set by Typst."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import typst

from lyhord.rendering import fonts
from lyhord.rendering.errors import RenderingError
from lyhord.rendering.pdf_document import pdf_document
from lyhord.rendering.pdf_tags import with_row_headers
from lyhord.rendering.report import Report

_TEMPLATES: Final = Path(__file__).parent / "typst"


def render_pdf(report: Report) -> bytes:
    """The report as a tagged PDF/UA-1 file; equal reports give equal bytes, in every process.

    The compiler is made once per process and keeps what it has parsed. It works on ``RAYON_NUM_THREADS`` threads; with
    several processes set that to 1. Raises RenderingError where the report cannot be set.
    """
    compiled = _compiled(json.dumps(pdf_document(report), ensure_ascii=False), report)
    return with_row_headers(compiled)


def _compiled(document: str, report: Report) -> bytes:
    issued = datetime.fromisoformat(report.issued).replace(tzinfo=UTC)
    try:
        pdf = _compiler().compile(
            format="pdf", sys_inputs={"report": document}, pdf_standards=["ua-1"], timestamp=issued
        )
    except typst.TypstError as error:
        raise RenderingError(
            f"The PDF of report {report.id} could not be set: {error.message}. This is a fault in the templates or the "
            "logo; please report it with the report's id."
        ) from error
    if not isinstance(pdf, bytes):
        raise RenderingError(f"The PDF of report {report.id} was not made as one file; check the Typst version.")
    return pdf


@cache
def _compiler() -> typst.Compiler:
    shipped = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.DIRECTORY)])
    return typst.Compiler(input=str(_TEMPLATES / "report.typ"), root=str(_TEMPLATES), font_paths=shipped)
