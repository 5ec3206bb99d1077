"""How a report's files and language are named on a page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from lyhord.web.formats import FORMATS
from lyhord.web.produced import ProducedFile

register = template.Library()

KILO = 1000
NO_BREAK_SPACE = "\u00a0"


@register.filter
def size_text(size: int) -> str:
    """Bytes as whole kilobytes, or as megabytes with one decimal: ``181 kB``, ``1,2 MB``."""
    kilobytes = max(1, round(size / KILO))
    if kilobytes < KILO:
        return f"{kilobytes}{NO_BREAK_SPACE}kB"
    decimal_mark = gettext(",")
    return f"{size / KILO**2:.1f}{NO_BREAK_SPACE}MB".replace(".", decimal_mark)


@register.filter
def shown_files(files: tuple[ProducedFile, ...]) -> list[tuple[str, ProducedFile]]:
    """The files that a page links to, named by format, in the order of ``FORMATS``."""
    by_format = {file.format: file for file in files}
    return [(gettext(kind.label), by_format[name]) for name, kind in FORMATS.items() if name in by_format]


@register.filter
def language_name(code: str) -> str:
    """A report's language in words; its code where it has no word here."""
    return {"sv": gettext("svenska"), "en": gettext("engelska")}.get(code, code)
