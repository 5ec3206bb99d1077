"""A municipality's own colour made safe: the accent that text and fields are set in, and the tint behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lyhord.rendering.report import Brand
from lyhord.rendering.tokens import COLOURS, accent_safe, contrast

_TINT_SHARE: Final = 0.07  # how much of the brand is mixed into white for the tint
_LIGHT: Final = 7.0  # a brand on which ink reaches this is light: it carries dark text, and text is not set in it
_WARNING: Final = "#ffd45c"  # the strip of made-up reports: ink on it is 10.9:1


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one report, as hex.

    ``brand`` fills fields and rules, with text on it in ``on_brand``; ``accent`` is for text, readable (4.5:1) on paper
    and on ``tint``.
    """

    brand: str
    on_brand: str
    accent: str
    tint: str
    ink: str = COLOURS.ink
    muted: str = COLOURS.muted
    hairline: str = COLOURS.line
    warning: str = _WARNING


def theme(brand: Brand) -> Theme:
    """The theme of a brand's colour.

    A dark colour is used as it is, a light one with dark text, one between is darkened until white is readable on it.
    What is not a hex colour raises RenderingError.
    """
    safe = accent_safe(brand.accent)
    if contrast(brand.accent, COLOURS.ink) >= _LIGHT:
        as_given = accent_safe(brand.accent, minimum=1.0)  # any contrast will do: written out in full, not darkened
        return Theme(as_given, COLOURS.ink, COLOURS.ink, _mixed_with_white(as_given, 3 * _TINT_SHARE))
    tint = COLOURS.panel if safe == COLOURS.accent else _mixed_with_white(safe, _TINT_SHARE)
    return Theme(safe, COLOURS.on_accent, accent_safe(safe, tint), tint)


def _mixed_with_white(colour: str, share: float) -> str:
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - channel) * share):02x}" for channel in channels)
