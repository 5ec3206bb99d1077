"""Labels wrap by true width and are kept apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.rendering.charts.labels import ELLIPSIS, shorten, spread, wrap
from lyhord.rendering.fonts import text_width


@given(st.text(min_size=1, max_size=80), st.floats(40, 300), st.integers(1, 4))
def test_wrapped_lines_fit_and_are_no_more_than_asked(words: str, width: float, lines: int) -> None:
    wrapped = wrap(words, width, lines=lines)
    assert len(wrapped) <= lines
    assert all(text_width(part, 12) <= width + 1e-6 for part in wrapped)


def test_a_label_wraps_between_words_and_loses_none() -> None:
    label = "Miljö- och byggnadsförvaltningens kundtjänst"
    assert " ".join(wrap(label, 160)) == label
    assert wrap(label, 160) == ("Miljö- och", "byggnadsförvaltningens", "kundtjänst")


def test_a_word_wider_than_the_line_is_cut_with_a_hyphen() -> None:
    parts = wrap("Kommunledningskontoret", 70)
    assert "".join(part.rstrip("-") for part in parts) == "Kommunledningskontoret"
    assert all(part.endswith("-") for part in parts[:-1])


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert shorten("Kort", 100) == "Kort"
    assert shorten("Västra Exempelköpings kommun", 90).endswith(ELLIPSIS)
    assert wrap("ett två tre fyra fem sex sju åtta nio tio", 50, lines=2)[-1].endswith(ELLIPSIS)


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(1, 40)), max_size=12))
def test_spread_labels_never_overlap_and_stay_inside_where_they_fit(boxes: list[tuple[float, float]]) -> None:
    boxes = sorted(boxes)
    sizes = [size for _, size in boxes]
    placed = spread([centre for centre, _ in boxes], sizes, 0, 500)
    edges = [(centre - size / 2, centre + size / 2) for centre, size in zip(placed, sizes, strict=True)]
    assert all(before[1] <= after[0] + 1e-6 for before, after in itertools.pairwise(edges))
    assert all(low >= -1e-6 and high <= 500 + 1e-6 for low, high in edges)


def test_labels_with_room_stay_where_they_are_wanted() -> None:
    assert spread([100, 200], [20, 20], 0, 300) == pytest.approx([100, 200])
