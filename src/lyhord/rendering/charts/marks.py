"""The shapes that carry a tone: dots with a marker of their own, filled areas with a pattern, and legend keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lyhord.rendering.charts.spec import Tone
from lyhord.rendering.charts.svg import path, rect, stroke
from lyhord.rendering.tokens import COLOURS, TONES, Marker, Pattern, ToneStyle

_HATCH_STEP: Final = 7.0
_DOT_STEP: Final = 7.0


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


def area(tone: Tone, corner: tuple[float, float], size: tuple[float, float], *, again: bool = False) -> str:
    """A filled rectangle in the tone's colour, pattern and outline; ``again`` marks a tone's second use in a legend.

    The pattern is drawn as lines of its own: tiled patterns show seams in many PDF readers.
    """
    style = TONES[tone]
    (x, y), (width, height) = corner, size
    pattern = _pattern(style, again)
    base = rect(x, y, width, height, f'fill="{style.fill}" stroke="{style.stroke}"')
    if pattern is Pattern.SOLID:
        return base
    data = _PATTERNS[pattern](x + 0.5, y + 0.5, max(width - 1, 0.0), height - 1)
    ends = ' stroke-linecap="round"' if pattern is Pattern.DOTS else ""
    return base + (path(data, stroke(style.over, 2.0) + ends) if data else "")


def patterned(tone: Tone, *, again: bool = False) -> bool:
    """Whether the tone's area carries marks, so that a label on it needs a cleared patch."""
    return _pattern(TONES[tone], again) is not Pattern.SOLID


def _pattern(style: ToneStyle, again: bool) -> Pattern:
    return Pattern.CROSS if again else style.pattern


def _rising(x: float, y: float, width: float, height: float) -> str:
    """Lines at 45 degrees rising to the right, cut at the edges of the rectangle."""
    return _slanted(x, y + height, (width, height), -1)


def _cross(x: float, y: float, width: float, height: float) -> str:
    """Lines at 45 degrees both ways."""
    return _rising(x, y, width, height) + _slanted(x, y, (width, height), 1)


def _slanted(x: float, y: float, size: tuple[float, float], turn: int) -> str:
    """Slanted lines from the edge at ``y``, upwards where ``turn`` is -1 and downwards where it is 1.

    Whole lines repeat the same relative step, which is far quicker than writing each; those cut by the left and right
    edges are written one by one.
    """
    width, height = size
    whole = int((width - height) // _HATCH_STEP) + 1 if width >= height else 0
    parts = []
    if whole:
        step = f"l{height:g} {turn * height:g}m{_HATCH_STEP - height:g} {-turn * height:g}"
        parts.append(f"M{x:.1f} {y:.1f}" + step * whole)
    left = -_HATCH_STEP
    while left > -height:
        end = min(left + height, width)
        parts.append(f"M{x:.1f} {y - turn * left:.1f}L{x + end:.1f} {y + turn * (end - left):.1f}")
        left -= _HATCH_STEP
    right = whole * _HATCH_STEP
    while right < width:
        parts.append(f"M{x + right:.1f} {y:.1f}L{x + width:.1f} {y + turn * (width - right):.1f}")
        right += _HATCH_STEP
    return "".join(parts)


def _dotted(x: float, y: float, width: float, height: float) -> str:
    """Dots in staggered rows; each is a line of no length with round ends."""
    parts = []
    for row in range(int((height - 2) // 4) + 1):
        first = 3.0 + (row % 2) * _DOT_STEP / 2
        number = int((width - first - 2) // _DOT_STEP) + 1
        if number > 0:
            parts.append(
                f"M{x + first:.1f} {y + 2.5 + row * 4:.1f}h.01" + f"m{_DOT_STEP - 0.01:g} 0h.01" * (number - 1)
            )
    return "".join(parts)


_PATTERNS: Final = {
    Pattern.HATCH: _rising,
    Pattern.DOTS: _dotted,
    Pattern.CROSS: _cross,
}


def repeated(tones: Iterable[Tone]) -> list[bool]:
    """For each tone in order, whether the same tone was used before it."""
    seen: set[Tone] = set()
    flags = []
    for tone in tones:
        flags.append(tone in seen)
        seen.add(tone)
    return flags
