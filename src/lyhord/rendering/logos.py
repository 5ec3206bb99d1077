"""A municipality's logo: which of the two accepted formats it is, and that it is one of them."""

from __future__ import annotations

import re
from typing import Final, Literal

from lyhord.rendering.errors import RenderingError

LogoFormat = Literal["svg", "png"]

LARGEST: Final = 1_000_000  # bytes; every report carries the logo
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SVG: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<svg[\s>]", re.DOTALL
)


def logo_format(logo: bytes) -> LogoFormat:
    """``svg`` or ``png``, from the content; anything else, or a logo over a megabyte, raises RenderingError."""
    if len(logo) > LARGEST:
        raise RenderingError(f"The logo is {len(logo) / 1e6:.1f} MB; use one of at most {LARGEST / 1e6:.0f} MB.")
    if logo.startswith(_PNG):
        return "png"
    if _SVG.match(logo):
        return "svg"
    raise RenderingError("The logo is neither SVG nor PNG; save it as one of these.")
