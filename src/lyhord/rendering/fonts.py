"""The shipped fonts (Inter 4 under the SIL Open Font License) and the true width of a text set in them."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

FAMILY: Final = "Inter"
DIRECTORY: Final = Path(__file__).parent / "fonts"
LICENCE: Final = DIRECTORY / "OFL.txt"


class Weight(StrEnum):
    """A shipped style, with the weight that CSS and SVG know it by in ``css``."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"
    ITALIC = "Italic"

    __hash__ = str.__hash__  # Enum's own is Python code, and every label is looked up by its weight

    @property
    def css(self) -> int:
        """The CSS font weight: 400, 600 or 700."""
        return {"SemiBold": 600, "Bold": 700}.get(self.value, 400)

    @property
    def path(self) -> Path:
        """The font file."""
        return DIRECTORY / f"{FAMILY}-{self.value}.ttf"


@lru_cache(maxsize=65536)
def text_width(text: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """The width of one line of text in the units of ``size``, from the font's advance widths.

    Kerning is left out: it narrows nearly every text, so a label is never wider than said here by more than a hair. A
    character the font lacks counts as one em, wider than the fallback fonts set it.
    """
    advances, em = _advances(weight)
    return sum([advances.get(character, em) for character in text]) * size / em


@lru_cache(maxsize=4)
def _advances(weight: Weight) -> tuple[dict[str, int], int]:
    """Advance width by character, and the font's units per em."""
    with TTFont(weight.path, lazy=True) as font:
        widths = font["hmtx"].metrics
        characters = {chr(code): int(widths[glyph][0]) for code, glyph in font.getBestCmap().items()}
        return characters, int(font["head"].unitsPerEm)
