"""The shapes that carry a tone: dots with a marker of their own, filled areas with a pattern, and legend keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lyhord.rendering.charts.spec import Tone
from lyhord.rendering.charts.svg import rect
from lyhord.rendering.tokens import COLOURS, TONES, Marker, Pattern

_HATCH: Final = '<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="{over}" stroke-width="2"/>'
_DOTS: Final = '<circle cx="2" cy="2" r="1.1" fill="{over}"/><circle cx="6" cy="6" r="1.1" fill="{over}"/>'
_CROSS: Final = '<path d="M0 0L8 8M0 8L8 0" stroke="{over}" stroke-width="1.2"/>'
_DRAWN: Final = {Pattern.HATCH: _HATCH, Pattern.DOTS: _DOTS, Pattern.CROSS: _CROSS}


def marker(tone: Tone, x: float, y: float, radius: float) -> str:
    """A dot in the tone's own shape, filled with its line colour so that it reaches 3:1."""
    style = TONES[tone]
    look = f'fill="{style.stroke}"'
    if style.marker is Marker.RING:
        ring = f'fill="{COLOURS.paper}" stroke="{style.stroke}" stroke-width="1.8"'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius - 0.9:.1f}" {ring}/>'
    if style.marker is Marker.DIAMOND:
        reach = radius * 1.25
        return (
            f'<path d="M{x:.1f} {y - reach:.1f}l{reach:.1f} {reach:.1f}l{-reach:.1f} {reach:.1f}'
            f'l{-reach:.1f} {-reach:.1f}z" {look}/>'
        )
    if style.marker is Marker.SQUARE:
        side = radius * 0.9
        return rect(x - side, y - side, side * 2, side * 2, look)
    if style.marker is Marker.TRIANGLE:
        reach = radius * 1.15
        return f'<path d="M{x:.1f} {y - reach:.1f}l{reach:.1f} {reach * 1.8:.1f}h{-reach * 2:.1f}z" {look}/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {look}/>'


class Fills:
    """The areas' fills in one drawing, with the patterns they need; ``key`` keeps pattern ids apart on a page."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._patterns: dict[str, str] = {}

    def area(self, tone: Tone, *, again: bool = False) -> str:
        """Presentation attributes of an area: fill or pattern, outlined. ``again`` marks a tone's second use."""
        style = TONES[tone]
        pattern = Pattern.CROSS if again and style.pattern is not Pattern.CROSS else style.pattern
        outline = f'stroke="{style.stroke}" stroke-width="1"'
        if pattern is Pattern.SOLID:
            return f'fill="{style.fill}" {outline}'
        name = f"p{self._key}{tone}{pattern}"
        if name not in self._patterns:
            over = _DRAWN[pattern].format(over=style.over)
            self._patterns[name] = (
                f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
                f'<rect width="8" height="8" fill="{style.fill}"/>{over}</pattern>'
            )
        return f'fill="url(#{name})" {outline}'

    def definitions(self) -> str:
        """The patterns used so far, as a ``defs`` element."""
        return f"<defs>{''.join(self._patterns.values())}</defs>" if self._patterns else ""


def repeated(tones: Iterable[Tone]) -> list[bool]:
    """For each tone in order, whether the same tone was used before it."""
    seen: set[Tone] = set()
    flags = []
    for tone in tones:
        flags.append(tone in seen)
        seen.add(tone)
    return flags
