"""Texts are cut where a slide ends, and nothing of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.rendering.pptx.measure import (
    Role,
    Scale,
    Text,
    cut,
    fitted_widths,
    natural_widths,
    row_heights,
    text_height,
)
from lyhord.rendering.report import Column, Table, TableCell

WORD = st.sampled_from(["kommunen", "svarade", "på", "alla", "brev", "inom", "två", "dygn."])
WORDS = st.lists(WORD, min_size=1, max_size=150)


def test_a_text_that_fits_is_left_whole() -> None:
    text = Text(Role.BODY, "Kort text.")
    assert cut(text, 4, 2, Scale.SIDE) == (text, None)


def test_a_text_without_room_for_two_lines_moves_on_whole() -> None:
    text = Text(Role.BODY, "Många ord " * 40)
    assert cut(text, 4, 0.3, Scale.SIDE) == (None, text)


@given(WORDS, st.floats(min_value=0.5, max_value=6), st.sampled_from(Scale))
def test_cutting_loses_no_word_and_what_stays_fits(words: list[str], room: float, scale: Scale) -> None:
    whole = Text(Role.BODY, " ".join(words))
    head, tail = cut(whole, 4.0, room, scale)
    assert " ".join(part.text for part in (head, tail) if part) == whole.text
    if head is not None:
        assert text_height(head, 4.0, scale) <= room + 1e-9


def test_a_smaller_size_beside_a_chart_takes_less_height() -> None:
    text = Text(Role.BODY, "Svaren visar hur invånarna upplever kontakten med kommunen. " * 4)
    assert text_height(text, 4, Scale.SIDE) < text_height(text, 4, Scale.WIDE)


@pytest.mark.parametrize("width", [4.0, 8.0, 12.0])
def test_columns_fill_the_width_they_are_given(width: float) -> None:
    assert sum(fitted_widths((1.0, 2.0, 0.5), width)) == pytest.approx(width)


def test_the_widest_column_gives_way_first() -> None:
    assert fitted_widths((1.0, 4.0), 3.0) == pytest.approx((1.0, 2.0), abs=0.06)


def test_a_row_is_as_high_as_its_longest_cell() -> None:
    table = Table(
        1,
        "T",
        (Column("Fråga"), Column("n")),
        ((TableCell("ord " * 40), TableCell("1")), (TableCell("a"), TableCell("2"))),
    )
    heading, long, short = row_heights(table, (2.0, 1.0))
    assert heading == short < long
    assert max(natural_widths(table)) == 4.6  # no column asks for more
