"""How well two colours stand apart, by the contrast ratio of WCAG 2.2 (success criteria 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lyhord.rendering.errors import RenderingError

TEXT_MINIMUM: Final = 4.5
SHAPE_MINIMUM: Final = 3.0
_HEX: Final = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_DARKENING: Final = 0.94  # each step keeps the hue: every channel is scaled alike


@lru_cache(maxsize=512)
def contrast(first: str, second: str) -> float:
    """The contrast ratio of two hex colours, 1 (alike) to 21 (black on white)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=512)
def luminance(colour: str) -> float:
    """The relative luminance of a hex colour, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable_on(background: str, dark: str, light: str) -> str:
    """Whichever of the two text colours stands out more on the background."""
    return max((dark, light), key=lambda colour: contrast(colour, background))


@lru_cache(maxsize=512)
def accent_safe(colour: str, background: str = "#ffffff", minimum: float = TEXT_MINIMUM) -> str:
    """The colour itself, or the same hue darkened until it reaches the minimum contrast against a light background.

    Raises RenderingError for what is not a hex colour such as ``#0b5c63`` or ``#09c``, and where even black fails.
    """
    red, green, blue = (float(channel) for channel in _channels(colour))
    if contrast("#000000", background) < minimum:
        raise RenderingError(
            f"No colour reaches {minimum}:1 by darkening on {background}; choose a lighter background."
        )
    while contrast(safe := _hex(red, green, blue), background) < minimum:
        red, green, blue = red * _DARKENING, green * _DARKENING, blue * _DARKENING
    return safe


def _channels(colour: str) -> tuple[int, int, int]:
    match = _HEX.fullmatch(colour.strip())
    if match is None:
        raise RenderingError(f"Colour {colour!r} is not a hex colour; write it as #0b5c63.")
    digits = match.group(1)
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _hex(red: float, green: float, blue: float) -> str:
    return f"#{round(red):02x}{round(green):02x}{round(blue):02x}"


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
