"""Make the four shipped fonts from the two variable Inter 4 fonts (run by hand; the results are committed).

Usage: python tools/make_fonts.py "Inter[opsz,wght].ttf" "Inter-Italic[opsz,wght].ttf" src/lyhord/rendering/fonts
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# Latin with diacritics, punctuation, super- and subscripts, currency, letterlike, fractions, arrows, signs and shapes.
RANGES = (
    *((0x20, 0x17F), (0x18F, 0x192), (0x1CD, 0x1DC), (0x1E6, 0x1ED), (0x1FA, 0x21B), (0x2BB, 0x2DD)),
    *((0x300, 0x30C), (0x394, 0x394), (0x3A9, 0x3A9), (0x3BC, 0x3BC), (0x3C0, 0x3C0), (0x1E80, 0x1E9E)),
    *((0x2000, 0x206F), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2113, 0x2122), (0x2150, 0x215E), (0x2190, 0x21BB)),
    *((0x2200, 0x2265), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x2713, 0x2717)),
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "pnum", "case", "sups", "subs", "frac", "zero"]
STYLES = (("Regular", 0, 400), ("SemiBold", 0, 600), ("Bold", 0, 700), ("Italic", 1, 400))
TEXT_OPTICAL_SIZE = 14
FIXED_TIME = 3_800_000_000  # seconds since 1904, so that the same sources give the same bytes


def main(upright: str, italic: str, target: str) -> None:
    """Cut each style out of its variable font and write it."""
    for style, source, weight in STYLES:
        font = TTFont((upright, italic)[source], recalcTimestamp=False)
        font = instantiateVariableFont(font, {"opsz": TEXT_OPTICAL_SIZE, "wght": weight}, inplace=True)
        _subset(font)
        _name(font, style, weight)
        font["head"].created = font["head"].modified = FIXED_TIME
        font.save(Path(target) / f"Inter-{style}.ttf")


def _subset(font: TTFont) -> None:
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in RANGES for code in range(low, high + 1)])
    subsetter.subset(font)


def _name(font: TTFont, style: str, weight: int) -> None:
    names = font["name"]
    legacy = style in ("Regular", "Bold", "Italic")  # the four styles that old font menus know
    texts = {
        1: "Inter" if legacy else f"Inter {style}",
        2: style if legacy else "Regular",
        3: f"4.1;Lyhord subset;Inter-{style}",
        4: f"Inter {style}",
        6: f"Inter-{style}",
        16: "" if legacy else "Inter",
        17: "" if legacy else style,
        25: "",
    }
    for name_id, text in texts.items():
        names.removeNames(nameID=name_id)
        if text:
            names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    bold, slanted = style == "Bold", style == "Italic"
    font["OS/2"].fsSelection = (
        (0x20 if bold else 0) | (0x01 if slanted else 0) | (0 if bold or slanted else 0x40) | 0x80
    )
    font["head"].macStyle = (1 if bold else 0) | (2 if slanted else 0)
    if "STAT" in font:
        del font["STAT"]


if __name__ == "__main__":
    main(*sys.argv[1:4])
