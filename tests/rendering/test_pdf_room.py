"""Estimates of room decide what is kept whole and what is listed."""

from __future__ import annotations

import pytest

from lyhord.method.figures import Figure, Unit
from lyhord.rendering.fonts import text_width
from lyhord.rendering.pdf_room import (
    TEXT_WIDTH,
    column_widths,
    is_kept_whole,
    is_long_title,
    label_lines,
    line_count,
    lists_fit,
)
from lyhord.rendering.report import Column, KeyFigure, Table, TableCell

LONG = "andelen som hade fått ett fullständigt svar på sin fråga redan vid den första kontakten"


def table(rows: int, text: str = "kort") -> Table:
    return Table(1, "T", (Column("A"), Column("B")), ((TableCell(text), TableCell("1")),) * rows)


def tile(label: str) -> KeyFigure:
    return KeyFigure(label, "1", "", "", Figure("m", Unit.INDEX, 1.0, 1, "svar"))


@pytest.mark.parametrize(("text", "width", "lines"), [("", 50, 1), ("ett", 50, 1), ("ett " * 9 + "ett", 60, 3)])
def test_a_text_takes_lines(text: str, width: float, lines: int) -> None:
    assert line_count(text, width, 10) == lines


def test_one_long_word_takes_one_line() -> None:
    assert line_count("kommunstyrelseförvaltningen", 20, 10) == 1


def test_a_short_table_is_kept_whole_and_a_long_one_divided() -> None:
    assert is_kept_whole(table(12))
    assert not is_kept_whole(table(40))


def test_rows_of_many_lines_count_for_more() -> None:
    assert not is_kept_whole(table(12, LONG * 2))


def test_columns_are_as_wide_as_they_ask_where_every_word_fits() -> None:
    assert column_widths(table(3)) == (TEXT_WIDTH / 2, TEXT_WIDTH / 2)


def test_a_column_is_as_wide_as_its_longest_word_and_the_others_give() -> None:
    narrow = Table(1, "T", (Column("Mått", width=9), Column("Regel")), ((TableCell("A"), TableCell("measures.index")),))
    first, second = column_widths(narrow)
    assert first + second == pytest.approx(TEXT_WIDTH)
    assert second > TEXT_WIDTH / 10
    assert second == pytest.approx(text_width("measures.index", 8.8) + 12)


def test_columns_that_cannot_all_fit_are_left_as_they_ask() -> None:
    wide = Table(1, "T", (Column("ärendekategorier", width=2), *(Column("kommunledningskontor"),) * 7), ())
    assert column_widths(wide)[0] == pytest.approx(TEXT_WIDTH * 2 / 9)


def test_every_label_of_a_row_gets_the_lines_of_the_longest() -> None:
    assert label_lines((tile("Bemötande"), tile("Enkelhet")), 4) == 1
    assert label_lines((tile("Bemötande"), tile(LONG)), 4) > 3
    assert label_lines((tile(LONG),), 1) == 1


def test_lists_stand_below_short_contents_only() -> None:
    assert lists_fit([1, 2, 2, 3], ["Ett diagram"] * 10, ["En tabell"] * 5)
    assert not lists_fit([1, 2, 2] * 9, ["Ett diagram"] * 10, ["En tabell"] * 5)
    assert not lists_fit([1, 2], ["Ett diagram"] * 40, [])


def test_a_part_title_is_long_where_it_needs_a_second_line() -> None:
    assert not is_long_title("Resultat för Ale kommun: telefoni")
    assert is_long_title("Resultat för Upplands Väsbys och Norra Exempelköpings kommun: telefoni")
