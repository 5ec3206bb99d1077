"""Text made fit for print: only characters that the shipped fonts can draw, and e-post held together.

A comment may hold anything a telephone can type. A character without a glyph would make the PDF inaccessible (PDF/UA-1
forbids it, and the file would not be made), so it is replaced by a hollow square; an emoji's joiners go without trace.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from fontTools.ttLib import TTFont

from lyhord.rendering.fonts import Weight
from lyhord.rendering.numbers import NO_BREAK_SPACE, no_break

PLACEHOLDER: Final = "\N{WHITE SQUARE}"
_PERCENT: Final = re.compile(r"(?<=\d) (?=%)")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Sk"})  # controls, joiners, modifiers


def printable(text: str) -> str:
    """The text as it can be printed: composed letters, drawable characters, and an unbroken e-post."""
    drawable = _drawable()
    text = unicodedata.normalize("NFC", text)
    if not drawable.issuperset(text):
        text = "".join(character if character in drawable else _instead(character) for character in text)
    return held(text)


def held(text: str) -> str:
    """The text with e-post, and a number and its percent sign, held on one line."""
    return no_break(_PERCENT.sub(NO_BREAK_SPACE, text) if " %" in text else text)


def _instead(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _UNSEEN else PLACEHOLDER


@cache
def _drawable() -> frozenset[str]:
    """Characters that every shipped style has, and the line feed that drawings hold."""
    covered = [_characters(weight) for weight in Weight]
    return frozenset.intersection(*covered) | {"\n"}


def _characters(weight: Weight) -> frozenset[str]:
    with TTFont(weight.path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
