"""How much room things take on the PDF's page, estimated before it is set, so that pages are neither torn nor empty.

Distances are points and follow the templates in ``typst/``. An estimate a little off costs nothing but a page break in
a less fortunate place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from lyhord.rendering.fonts import Weight, text_width
from lyhord.rendering.report import KeyFigure, Table

TEXT_WIDTH: Final = 471.0  # between the margins of an A4 page
TEXT_HEIGHT: Final = 702.0
_WHOLE_TABLE: Final = 320.0  # a table up to this height moves to the next page rather than being divided
_CELL: Final = (8.8, 11.6, 9.2, 12.0)  # text size, line, padding above and below, padding at the sides
_WIDEST_WORD: Final = 96.0  # a longer word may be hyphenated
_TILE: Final = (8.5, 9.0, 20.0)  # text size, gap between tiles, padding at the sides
_ENTRY: Final = (8.5, 222.0, 62.0)  # text size, column width, width of "Diagram 10" and the page number
_PART_SIZE: Final = 23.0  # of a part's title
_PART_ENTRY: Final = 23.0
_CHAPTER_ENTRY: Final = 18.0


def line_count(text: str, width: float, size: float, weight: Weight = Weight.REGULAR) -> int:
    """How many lines a text takes at a width, broken between words; never less than one."""
    space = text_width(" ", size, weight)
    lines, used = 1, 0.0
    for word in text.split(" "):
        needed = text_width(word, size, weight)
        if used and used + needed > width:
            lines, used = lines + 1, 0.0
        used += needed + space
    return lines


def column_widths(table: Table) -> tuple[float, ...]:
    """Widths as the columns ask for, but each at least as wide as its longest word; what is lacking others give."""
    size, _line, _padding, sides = _CELL
    shares = [column.width for column in table.columns]
    asked = [TEXT_WIDTH * share / sum(shares) for share in shares]
    needed = [min(_WIDEST_WORD, width) + sides for width in _longest_words(table, size)]
    lacking = sum(max(0.0, need - ask) for need, ask in zip(needed, asked, strict=True))
    spare = sum(max(0.0, ask - need) for need, ask in zip(needed, asked, strict=True))
    if lacking > spare:
        return tuple(asked)
    given = lacking / spare if spare else 0.0
    return tuple(need if ask < need else ask - (ask - need) * given for need, ask in zip(needed, asked, strict=True))


def _longest_words(table: Table, size: float) -> Iterable[float]:
    """The width of the longest word in each column, heading included."""
    weights = [Weight.SEMIBOLD if row[0].emphasis else Weight.REGULAR for row in table.rows]
    for position, column in enumerate(table.columns):
        cells = (_longest_word(row[position].text, size, w) for row, w in zip(table.rows, weights, strict=True))
        yield max((_longest_word(column.heading, size, Weight.SEMIBOLD), *cells))


def _longest_word(text: str, size: float, weight: Weight) -> float:
    return max(text_width(word, size, weight) for word in text.split(" "))


def is_kept_whole(table: Table) -> bool:
    """Whether a table is short enough to be kept on one page."""
    size, line, padding, sides = _CELL
    widths = [width - sides for width in column_widths(table)]
    height = 0.0
    for row in table.rows:
        height += padding + line * max(
            (line_count(cell.text, width, size) for cell, width in zip(row, widths, strict=True)), default=1
        )
        if height > _WHOLE_TABLE:
            return False
    return True


def label_lines(tiles: Sequence[KeyFigure], columns: int) -> int:
    """The lines that the longest label of a row of tiles takes; every label gets as many, so that values align."""
    size, gap, sides = _TILE
    width = (TEXT_WIDTH - gap * (columns - 1)) / columns - sides
    return max((line_count(tile.label, width, size, Weight.SEMIBOLD) for tile in tiles), default=1)


def is_long_title(title: str) -> bool:
    """Whether a part's title takes more than one line, and is set smaller so that its page holds what belongs to it."""
    return line_count(title, TEXT_WIDTH, _PART_SIZE, Weight.BOLD) > 1


def lists_fit(levels: Iterable[int], charts: Sequence[str], tables: Sequence[str]) -> bool:
    """Whether the lists of charts and tables fit on the page of the contents, below headings of the given levels."""
    headings = 66.0 + sum({1: _PART_ENTRY, 2: _CHAPTER_ENTRY}.get(level, 0.0) for level in levels)
    return headings + 66.0 + max(_list_height(charts), _list_height(tables)) < TEXT_HEIGHT


def _list_height(titles: Sequence[str]) -> float:
    size, column, beside = _ENTRY
    return sum(6.5 + 10.6 * line_count(title, column - beside, size) for title in titles)
