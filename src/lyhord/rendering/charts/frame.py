"""What the drawings of every kind share: the frame they are drawn in, label columns, legends and axis marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lyhord.rendering.charts.axis import Scale, ticks
from lyhord.rendering.charts.labels import wrap
from lyhord.rendering.charts.marks import area
from lyhord.rendering.charts.spec import Tone
from lyhord.rendering.charts.svg import SMALL, TEXT_SIZE, line, path, stroke, text
from lyhord.rendering.charts.wording import word
from lyhord.rendering.fonts import Weight, text_width
from lyhord.rendering.numbers import count, with_unit
from lyhord.rendering.tokens import COLOURS

LEADING: Final = 14.5  # from baseline to baseline in a wrapped label
GAP: Final = 12.0
LABEL_SHARE: Final = 0.34  # of the width, at most, for row labels
GRID: Final = stroke(COLOURS.line)
BASELINE: Final = stroke(COLOURS.edge)
_SWATCH: Final = 12.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where and how a chart is drawn: width in drawing units, language, and the key that its ids carry."""

    width: float
    language: str
    key: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn body and the height it takes."""

    body: str
    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The text columns to the left of a plot: label lines by row, n by row, and where the plot starts."""

    labels: tuple[tuple[str, ...], ...]
    bold: tuple[bool, ...]
    counts: tuple[str, ...]
    counts_end: float
    plot_start: float

    def row_height(self, row: int) -> float:
        """The height that the row's label needs."""
        return max(len(self.labels[row]), 1) * LEADING

    def draw(self, row: int, middle: float) -> str:
        """The row's label and n, centred on ``middle``."""
        weight = Weight.SEMIBOLD if self.bold[row] else Weight.REGULAR
        first = middle - (len(self.labels[row]) - 1) * LEADING / 2 + TEXT_SIZE * 0.36
        drawn = [text(0, first + index * LEADING, part, weight=weight) for index, part in enumerate(self.labels[row])]
        if self.counts[row]:
            baseline = middle + SMALL * 0.36
            drawn.append(
                text(self.counts_end, baseline, self.counts[row], anchor="end", size=SMALL, fill=COLOURS.muted)
            )
        return "".join(drawn)


def columns(frame: Frame, labels: Sequence[str], bold: Sequence[bool], bases: Sequence[int | None]) -> Columns:
    """Label and n columns as narrow as their longest text allows, labels wrapped at a third of the width."""
    counts = tuple("" if n is None else f"n={count(n, frame.language)}" for n in bases)
    counts_width = max((text_width(shown, SMALL) for shown in counts), default=0.0)
    widest = frame.width * LABEL_SHARE
    wrapped = tuple(
        wrap(label, widest, weight=Weight.SEMIBOLD if strong else Weight.REGULAR)
        for label, strong in zip(labels, bold, strict=True)
    )
    label_width = max((text_width(part, TEXT_SIZE, Weight.SEMIBOLD) for row in wrapped for part in row), default=0.0)
    counts_end = label_width + (GAP + counts_width if counts_width else 0.0)
    return Columns(wrapped, tuple(bold), counts, counts_end, counts_end + GAP)


@lru_cache(maxsize=256)
def area_legend(width: float, entries: tuple[tuple[str, Tone], ...], again: tuple[bool, ...]) -> Drawn:
    """A legend of filled squares, wrapped over as many lines as it needs; the same in every report of a round."""
    shapes = [
        (label, area(tone, (0, 0), (_SWATCH, _SWATCH), again=flag))
        for (label, tone), flag in zip(entries, again, strict=True)
    ]
    return _flow(width, shapes)


def value_axis(frame: Frame, scale: Scale, top: float, bottom: float, unit: str) -> str:
    """Gridlines and tick labels of an axis that runs sideways, and the mark of one that does not start at zero."""
    room = abs(scale.end - scale.start)
    shown = ticks(scale.low, scale.high, 5 if room > 150 else 2)
    decimals = 0 if all(value == int(value) for value in shown) else 1
    drawn, free = [], 0.0
    for value in shown:
        x = scale.at(value)
        drawn.append(line(x, top, x, bottom, BASELINE if value == 0 else GRID))
        label = with_unit(value, decimals, "%" if unit == "%" else "", frame.language)
        half = text_width(label, SMALL) / 2
        x = min(max(x, half), frame.width - half)
        if x - half >= free:
            drawn.append(text(x, bottom + 15, label, anchor="middle", size=SMALL, fill=COLOURS.muted))
            free = x + half + 6
    return "".join(drawn)


def axis_note(frame: Frame, scale: Scale, decimals: int, x: float, y: float) -> str:
    """The zigzag and words that mark an axis not starting at zero; empty where it does."""
    if scale.low == 0:
        return ""
    words = word("axis_from", frame.language, value=with_unit(scale.low, decimals, "", frame.language))
    zigzag = path(f"M{x:.1f} {y - 4:.1f}l3 -3l4 6l4 -6l3 3", stroke(COLOURS.muted, 1.2))
    return zigzag + text(x + 20, y, words, size=SMALL, fill=COLOURS.muted)


def _flow(width: float, shapes: Sequence[tuple[str, str]]) -> Drawn:
    """Shapes with their labels after one another, wrapped at the width."""
    drawn, x, y = [], 0.0, 0.0
    for label, shape in shapes:
        lines = wrap(label, width - _SWATCH - 6, lines=2)
        needed = _SWATCH + 6 + max((text_width(part, TEXT_SIZE) for part in lines), default=0.0)
        if x and x + needed > width:
            x, y = 0.0, y + 20
        drawn.append(f'<g transform="translate({x + 0.5:.1f} {y + 1.5:.1f})">{shape}</g>')
        for index, part in enumerate(lines):
            drawn.append(text(x + _SWATCH + 6, y + 11 + index * LEADING, part))
        y += (len(lines) - 1) * LEADING if len(lines) > 1 else 0.0
        x += needed + 20
    return Drawn("".join(drawn), y + 20 if shapes else 0.0)
