"""Labels in charts: wrapping by true width, shortening, and keeping neighbours apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from lyhord.rendering.charts.svg import TEXT_SIZE, clean
from lyhord.rendering.fonts import Weight, text_width

ELLIPSIS: Final = "…"


@lru_cache(maxsize=16384)
def wrap(
    content: str, width: float, *, size: float = TEXT_SIZE, weight: Weight = Weight.REGULAR, lines: int = 3
) -> tuple[str, ...]:
    """The text on at most ``lines`` lines, each within ``width``; long words are cut, the rest ends in an ellipsis."""
    words = [part for word in clean(content).split(" ") if word for part in _pieces(word, width, size, weight)]
    wrapped: list[str] = []
    for word in words:
        joined = f"{wrapped[-1]} {word}" if wrapped else word
        if wrapped and text_width(joined, size, weight) <= width:
            wrapped[-1] = joined
        else:
            wrapped.append(word)
    if len(wrapped) > lines:
        wrapped[lines - 1 :] = [shorten(" ".join(wrapped[lines - 1 :]), width, size=size, weight=weight)]
    return tuple(wrapped)


@lru_cache(maxsize=16384)
def shorten(content: str, width: float, *, size: float = TEXT_SIZE, weight: Weight = Weight.REGULAR) -> str:
    """The text itself where it fits the width, else its beginning with an ellipsis."""
    content = clean(content)
    if text_width(content, size, weight) <= width:
        return content
    while content and text_width(content.rstrip() + ELLIPSIS, size, weight) > width:
        content = content[:-1]
    return content.rstrip() + ELLIPSIS


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near the wanted ones as keeps boxes of the given sizes apart, in order and within [low, high].

    ``wanted`` is ascending. Where they cannot all fit they are packed from ``low`` in order.
    """
    centres: list[float] = []
    edge = low
    for centre, size in zip(wanted, sizes, strict=True):
        placed = max(centre, edge + size / 2)
        centres.append(placed)
        edge = placed + size / 2
    edge = high
    for index in range(len(centres) - 1, -1, -1):
        centres[index] = min(centres[index], edge - sizes[index] / 2)
        edge = centres[index] - sizes[index] / 2
    if centres and centres[0] - sizes[0] / 2 < low:
        edge = low
        for index, size in enumerate(sizes):
            centres[index] = edge + size / 2
            edge += size
    return centres


def _pieces(word: str, width: float, size: float, weight: Weight) -> list[str]:
    """The word, cut into pieces that fit where it is wider than a line."""
    if text_width(word, size, weight) <= width:
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(f"{pieces[-1]}{character}-", size, weight) > width:
            pieces[-1] += "-"
            pieces.append("")
        pieces[-1] += character
    return pieces
