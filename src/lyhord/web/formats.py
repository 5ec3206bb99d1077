"""The formats a report can be had in: what the browser is told it gets, and whether it opens it or saves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_noop

OFFICE: Final = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Format:
    """One format; ``inline`` ones are shown by the browser."""

    label: str
    media_type: str
    inline: bool = False


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "pdf": Format("PDF", "application/pdf", inline=True),
        "html": Format(gettext_noop("Webbsida"), "text/html; charset=utf-8", inline=True),
        "pptx": Format("PowerPoint", f"{OFFICE}presentationml.presentation"),
        "xlsx": Format("Excel", f"{OFFICE}spreadsheetml.sheet"),
        "csv": Format("CSV", "text/csv; charset=utf-8"),
        "kolada": Format("Kolada", "text/csv; charset=utf-8"),
    }
)
