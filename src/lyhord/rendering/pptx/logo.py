"""The municipality's logo as a PNG that every office program shows."""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import Final

import typst

from lyhord.rendering.errors import RenderingError
from lyhord.rendering.logos import logo_format

_PAGE: Final = (
    b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
    b'#image(bytes(sys.inputs.logo), format: "svg", height: 36mm)\n'
)
_RESOLUTION: Final = 200.0


@lru_cache(maxsize=8)
def logo_png(logo: bytes) -> bytes:
    """A PNG logo as it is, an SVG logo drawn once per process; one that cannot be drawn raises RenderingError."""
    if logo_format(logo) == "png":
        return logo
    try:
        drawn = typst.compile(_PAGE, format="png", ppi=_RESOLUTION, sys_inputs={"logo": logo.decode("utf-8-sig")})
    except (typst.TypstError, UnicodeDecodeError) as error:
        raise RenderingError(f"The logo could not be drawn: {error}. Save it again as plain SVG or as PNG.") from error
    if not isinstance(drawn, bytes):
        raise RenderingError("The logo was not drawn as one picture. Save it again as plain SVG or as PNG.")
    return drawn


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the PNG's header."""
    if len(png) < 24 or png[12:16] != b"IHDR":
        raise RenderingError("The logo is a damaged PNG. Save it again.")
    width, height = struct.unpack(">II", png[16:24])
    return max(1, int(width)), max(1, int(height))
