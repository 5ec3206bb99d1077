"""How tall texts and tables become on a slide, from true text widths, and where they are cut when they do not fit.

The measured font is a little wider than the one the deck is set in, so a text never needs more lines than planned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lyhord.rendering.charts.labels import wrap
from lyhord.rendering.fonts import Weight, text_width
from lyhord.rendering.pptx.geometry import POINTS_PER_INCH
from lyhord.rendering.report import Table
from lyhord.rendering.tokens import COLOURS

_LINE: Final = 1.2  # of the size
_MANY: Final = 10_000
_MOST_CELL_LINES: Final = 14
BULLET_INDENT: Final = 0.25
CELL_SIZE: Final = 12.0
CELL_SIDE, CELL_TOP = 0.09, 0.05
_WIDEST_COLUMN: Final = 4.6


class Role(StrEnum):
    """What a text is on a slide."""

    LEAD = "lead"
    BODY = "body"
    BULLET = "bullet"
    NOTE = "note"
    JUDGEMENT = "judgement"
    HEADING = "heading"
    QUOTE = "quote"
    LABEL = "label"
    FIGURE = "figure"


class Scale(StrEnum):
    """Whether a text has the slide to itself or stands beside a chart or table."""

    WIDE = "wide"
    SIDE = "side"


@dataclass(frozen=True, slots=True)
class Look:
    """How a role is set: size and space before in points, weight, theme or hex colour."""

    size: float
    before: float
    bold: bool = False
    colour: str = "tx1"

    @property
    def weight(self) -> Weight:
        """The measured weight."""
        return Weight.BOLD if self.bold else Weight.REGULAR


_LOOKS: Final = {
    (Role.LEAD, Scale.WIDE): Look(22, 8),
    (Role.BODY, Scale.WIDE): Look(18, 10),
    (Role.BULLET, Scale.WIDE): Look(18, 8),
    (Role.NOTE, Scale.WIDE): Look(13, 10, colour=COLOURS.muted),
    (Role.JUDGEMENT, Scale.WIDE): Look(18, 12, bold=True, colour="accent1"),
    (Role.HEADING, Scale.WIDE): Look(18, 14, bold=True, colour="accent1"),
    (Role.QUOTE, Scale.WIDE): Look(16, 4),
    (Role.LEAD, Scale.SIDE): Look(16, 6),
    (Role.BODY, Scale.SIDE): Look(14, 8),
    (Role.BULLET, Scale.SIDE): Look(14, 6),
    (Role.NOTE, Scale.SIDE): Look(12, 8, colour=COLOURS.muted),
    (Role.JUDGEMENT, Scale.SIDE): Look(14, 10, bold=True, colour="accent1"),
    (Role.HEADING, Scale.SIDE): Look(14, 10, bold=True, colour="accent1"),
    (Role.QUOTE, Scale.SIDE): Look(14, 4),
}
_ONE_SIZE: Final = {
    Role.LABEL: Look(12, 0, bold=True, colour=COLOURS.muted),
    Role.FIGURE: Look(26, 2, bold=True, colour="accent1"),
}


_MOST_LINES: Final = {Role.NOTE: 6, Role.LABEL: 3, Role.FIGURE: 2}


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its role."""

    role: Role
    text: str


def look_of(role: Role, scale: Scale) -> Look:
    """How the role is set at the scale."""
    return _ONE_SIZE.get(role) or _LOOKS[role, scale]


def lines_of(text: str, width: float, look: Look) -> tuple[str, ...]:
    """The text's lines within a width in inches."""
    return wrap(text, width * POINTS_PER_INCH, size=look.size, weight=look.weight, lines=_MANY)


def line_height(look: Look) -> float:
    """The height of a line, in inches."""
    return look.size * _LINE / POINTS_PER_INCH


def text_height(item: Text, width: float, scale: Scale) -> float:
    """The height of a text with the space before it, in inches."""
    look = look_of(item.role, scale)
    room = width - (BULLET_INDENT if item.role is Role.BULLET else 0)
    return len(lines_of(item.text, room, look)) * line_height(look) + look.before / POINTS_PER_INCH


def height_of(role: Role, text: str, width: float, scale: Scale = Scale.WIDE) -> float:
    """The height of a bare text without space before it, as ``capped`` shows it; nothing for an empty one."""
    look = look_of(role, scale)
    lines = len(lines_of(text, width, look))
    return min(lines, _MOST_LINES.get(role, lines)) * line_height(look)


def capped(role: Role, text: str, width: float, scale: Scale = Scale.WIDE) -> str:
    """The text, or as many lines of it as its role is given; the notes of the slide hold the whole."""
    most = _MOST_LINES.get(role, _MANY)
    look = look_of(role, scale)
    if len(lines_of(text, width, look)) <= most:
        return text
    return " ".join(wrap(text, width * POINTS_PER_INCH, size=look.size, weight=look.weight, lines=most))


def cut(item: Text, width: float, room: float, scale: Scale) -> tuple[Text | None, Text | None]:
    """The text in two: what fits the room, at a line's end, and the rest. One of the two may be None."""
    look = look_of(item.role, scale)
    inner = width - (BULLET_INDENT if item.role is Role.BULLET else 0)
    lines = lines_of(item.text, inner, look)
    fitting = int((room - look.before / POINTS_PER_INCH) / line_height(look) + 1e-9)
    if fitting >= len(lines):
        return item, None
    if fitting < 2 or (len(lines) - fitting < 2 and fitting < 4):  # no line alone
        return None, item
    fitting = min(fitting, len(lines) - 2)
    return Text(item.role, " ".join(lines[:fitting])), Text(item.role, " ".join(lines[fitting:]))


def natural_widths(table: Table) -> tuple[float, ...]:
    """The widths in inches that the columns would like: the widest cell, within bounds."""
    columns = range(len(table.columns))
    return tuple(min(_natural_width(table, column), _WIDEST_COLUMN) for column in columns)


def _natural_width(table: Table, column: int) -> float:
    cells = max((text_width(row[column].text, CELL_SIZE) for row in table.rows), default=0.0)
    heading = max(
        (text_width(word, CELL_SIZE, Weight.BOLD) for word in table.columns[column].heading.split()), default=0
    )
    return max(cells * 1.06, heading) / POINTS_PER_INCH + 2 * CELL_SIDE + 0.05


def fitted_widths(natural: Sequence[float], width: float) -> tuple[float, ...]:
    """The columns brought to a total width: stretched alike, or the widest ones narrowed first."""
    total = sum(natural)
    if total <= width:
        return tuple(one * width / total for one in natural)
    limit = max(natural)
    while sum(min(one, limit) for one in natural) > width and limit > 0.3:
        limit -= 0.05
    return tuple(min(one, limit) for one in natural)


def row_heights(table: Table, widths: Sequence[float]) -> tuple[float, ...]:
    """The height of the heading row, then of each row, in inches."""
    heading = _row_height([column.heading for column in table.columns], widths, bold=True)
    return (heading, *(_row_height([cell.text for cell in row], widths) for row in table.rows))


def _row_height(texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> float:
    look = Look(CELL_SIZE, 0, bold)
    lines = max(
        (len(lines_of(text, width - 2 * CELL_SIDE, look)) for text, width in zip(texts, widths, strict=True)), default=1
    )
    return min(max(lines, 1), _MOST_CELL_LINES) * line_height(look) + 2 * CELL_TOP


def cell_text(text: str, width: float, *, bold: bool = False) -> str:
    """A cell's text, or as many lines of it as a row is given."""
    look = Look(CELL_SIZE, 0, bold)
    if len(lines_of(text, width - 2 * CELL_SIDE, look)) <= _MOST_CELL_LINES:
        return text
    room = (width - 2 * CELL_SIDE) * POINTS_PER_INCH
    return " ".join(wrap(text, room, size=look.size, weight=look.weight, lines=_MOST_CELL_LINES))
