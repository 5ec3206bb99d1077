"""SVG written as text: escaped, without style attributes, scripts or classes, and the same bytes each time."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from html import escape
from typing import Final, Literal

from lyhord.rendering.fonts import Weight
from lyhord.rendering.tokens import COLOURS, FONT_STACK

Anchor = Literal["start", "middle", "end"]

TEXT_SIZE: Final = 12.0
SMALL: Final = 11.0
ASCENT: Final = 0.73  # of the size; Inter's cap height, what a reader sees as the top of a line of figures
DESCENT: Final = 0.22
_UNWANTED: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff0-\uffff\ud800-\udfff]+"
)


def clean(text: str) -> str:
    """The text on one line without characters that XML forbids or that hide or turn other text."""
    return " ".join(_UNWANTED.sub(" ", text).split(" ")).strip() if _UNWANTED.search(text) else text.strip()


@lru_cache(maxsize=16384)
def attribute(text: str) -> str:
    """Text made safe inside an attribute or element."""
    return escape(clean(text), quote=True)


def text(
    x: float,
    y: float,
    content: str,
    *,
    anchor: Anchor = "start",
    size: float = TEXT_SIZE,
    weight: Weight = Weight.REGULAR,
    fill: str = COLOURS.ink,
) -> str:
    """One line of text with its baseline at ``y``; only what differs from the drawing's own defaults is written."""
    look = "" if anchor == "start" else f' text-anchor="{anchor}"'
    if size != TEXT_SIZE:
        look += f' font-size="{size:g}"'
    if weight is not Weight.REGULAR:
        look += f' font-weight="{weight.css}"'
    if fill != COLOURS.ink:
        look += f' fill="{fill}"'
    return f'<text x="{x:.1f}" y="{y:.1f}"{look}>{attribute(content)}</text>'


def rect(x: float, y: float, width: float, height: float, look: str) -> str:
    """A rectangle; ``look`` holds ready presentation attributes."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.0):.1f}" height="{height:.1f}" {look}/>'


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> str:
    """A straight line; ``look`` holds ready presentation attributes."""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" {look}/>'


def path(data: str, look: str) -> str:
    """A path; ``look`` holds ready presentation attributes."""
    return f'<path d="{data}" {look}/>'


def stroke(colour: str, width: float = 1.0, dash: str = "") -> str:
    """Presentation attributes of a line."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'fill="none" stroke="{colour}" stroke-width="{width:g}"{dashes}'


def key_of(*parts: str) -> str:
    """A short name derived from content, for ids that are unique yet the same each time."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def document(key: str, size: tuple[float, float], title: str, description: str, body: str) -> str:
    """A whole drawing with its accessible name and description."""
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}"'
        f' height="{height:g}" role="img" aria-labelledby="t{key}" aria-describedby="d{key}"'
        f' font-family="{escape(FONT_STACK, quote=False)}" font-size="{TEXT_SIZE:g}" fill="{COLOURS.ink}">'
        f'<title id="t{key}">{attribute(title)}</title><desc id="d{key}">{attribute(description)}</desc>{body}</svg>\n'
    )
