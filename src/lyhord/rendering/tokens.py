"""The design tokens: one set of colours, sizes, spaces and chart tones for the web, PDF, PPTX and XLSX.

Every text colour reaches 4.5:1 on the backgrounds it is used on, and every chart shape is filled or outlined with at
least 3:1 against paper and panel; ``tests/rendering/test_tokens.py`` computes each pair. Meaning never rests on
colour alone: each tone also has a marker, a pattern or a dash of its own, and charts label their values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lyhord.rendering.charts.spec import Tone
from lyhord.rendering.contrast import accent_safe, contrast, readable_on

__all__ = [
    "COLOURS",
    "FONT_FAMILY",
    "FONT_STACK",
    "LINE_HEIGHT",
    "RADII",
    "SPACES",
    "TONES",
    "TYPE",
    "Colours",
    "Marker",
    "Pattern",
    "ToneStyle",
    "accent_safe",
    "contrast",
    "css",
    "readable_on",
    "tone",
]


@dataclass(frozen=True, slots=True)
class Colours:
    """Named colours, as hex. ``ink``, ``muted``, ``accent``, ``warm`` and ``link`` are text colours."""

    paper: str = "#ffffff"
    panel: str = "#eef4f3"  # tiles, callouts, table heads
    panel_warm: str = "#fbf3e4"  # named measures standing alone
    ink: str = "#16262b"
    muted: str = "#4d5f66"  # bases, axis labels, notes
    line: str = "#d3dddf"  # gridlines and rules that carry no meaning
    edge: str = "#74848b"  # outlines that do carry meaning, 3:1
    accent: str = "#0b5c63"
    accent_deep: str = "#073f44"
    on_accent: str = "#ffffff"
    warm: str = "#a63d24"  # short rule under headings, negative differences
    positive: str = "#11704a"
    link: str = "#1d5a9e"
    focus: str = "#1d5a9e"


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Text sizes in CSS pixels for the web; print divides by 4/3 to get points."""

    tiny: float = 11.0
    small: float = 13.0
    body: float = 16.0
    lead: float = 19.0
    h3: float = 19.0
    h2: float = 24.0
    h1: float = 32.0
    display: float = 44.0
    figure: float = 34.0  # key figures in tiles
    chart: float = 12.0  # labels in charts, in drawing units of a 640 wide chart


@dataclass(frozen=True, slots=True)
class Spaces:
    """Distances in CSS pixels on a grid of four."""

    hair: float = 2.0
    tight: float = 4.0
    small: float = 8.0
    medium: float = 16.0
    large: float = 24.0
    wide: float = 40.0
    section: float = 64.0


@dataclass(frozen=True, slots=True)
class Radii:
    """Corner radii in CSS pixels."""

    small: float = 3.0
    medium: float = 6.0
    large: float = 10.0


class Marker(StrEnum):
    """The shape a dot takes, so that tones differ without colour."""

    CIRCLE = "circle"
    DIAMOND = "diamond"
    SQUARE = "square"
    TRIANGLE = "triangle"
    RING = "ring"
    DOT = "dot"


class Pattern(StrEnum):
    """What is drawn over a fill, so that areas differ without colour."""

    SOLID = "solid"
    HATCH = "hatch"  # lines rising to the right
    DOTS = "dots"
    CROSS = "cross"  # the pattern of a tone's second use in one legend


@dataclass(frozen=True, slots=True)
class ToneStyle:
    """How a tone looks: ``fill`` for areas and dots, ``stroke`` for outlines and lines (3:1), ``text`` on the fill.

    ``over`` is the colour of the pattern's marks; text is readable on it as well. ``dash`` is an SVG dash array.
    """

    fill: str
    stroke: str
    text: str
    over: str
    marker: Marker
    pattern: Pattern = Pattern.SOLID
    dash: str = ""


COLOURS: Final = Colours()
TYPE: Final = TypeScale()
SPACES: Final = Spaces()
RADII: Final = Radii()
FONT_FAMILY: Final = "Inter"
FONT_STACK: Final = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
LINE_HEIGHT: Final = 1.5

_INK: Final = COLOURS.ink
_PAPER: Final = COLOURS.paper

TONES: Final[Mapping[Tone, ToneStyle]] = MappingProxyType(
    {
        Tone.OWN: ToneStyle("#11704a", "#11704a", _PAPER, "#0c5c3c", Marker.CIRCLE),
        Tone.TOTAL: ToneStyle("#1d5a9e", "#1d5a9e", _PAPER, "#164a85", Marker.DIAMOND, dash="6 3"),
        Tone.OTHER: ToneStyle("#b9c5c9", "#74848b", _INK, "#a6b4b9", Marker.DOT, dash="1 3"),
        Tone.GROUP: ToneStyle("#cfc4e4", "#6d5a9c", _INK, "#b9aad6", Marker.SQUARE, Pattern.DOTS, "8 3 2 3"),
        Tone.PREVIOUS: ToneStyle("#cfe6d9", "#2f7d58", _INK, "#a3cfb8", Marker.RING, Pattern.HATCH, "2 2"),
        Tone.BEST: ToneStyle("#0b5c63", "#0b5c63", _PAPER, "#084a50", Marker.CIRCLE),
        Tone.GOOD: ToneStyle("#8ccabd", "#35776c", _INK, "#74b8aa", Marker.SQUARE),
        Tone.MIDDLE: ToneStyle("#f6dda0", "#93681a", _INK, "#e6c478", Marker.TRIANGLE, Pattern.DOTS),
        Tone.POOR: ToneStyle("#b5442a", "#8f321d", _PAPER, "#93341d", Marker.DIAMOND, Pattern.HATCH),
        Tone.NEUTRAL: ToneStyle("#e4e9ea", "#74848b", _INK, "#cbd4d6", Marker.RING, Pattern.CROSS),
    }
)


def tone(name: Tone) -> ToneStyle:
    """The look of a tone."""
    return TONES[name]


def css() -> str:
    """The tokens as CSS custom properties on ``:root``, such as ``--ink``, ``--text-body`` and ``--own-fill``."""
    lines = [f"--{_dashed(name)}: {getattr(COLOURS, name)};" for name in (field.name for field in fields(COLOURS))]
    for prefix, group in (("text", TYPE), ("space", SPACES), ("radius", RADII)):
        lines += [f"--{prefix}-{_dashed(name)}: {value / 16:g}rem;" for name, value in _sizes(group)]
    lines.append(f"--font: {FONT_STACK};")
    lines.append(f"--line-height: {LINE_HEIGHT:g};")
    for name, style in TONES.items():
        lines += [f"--{name}-{part}: {getattr(style, part)};" for part in ("fill", "stroke", "text")]
    return ":root {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def _sizes(group: TypeScale | Spaces | Radii) -> list[tuple[str, float]]:
    return [(field.name, float(getattr(group, field.name))) for field in fields(group)]


def _dashed(name: str) -> str:
    return name.replace("_", "-")
