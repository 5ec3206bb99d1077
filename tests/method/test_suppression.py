from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import counts_of, instrument_of, measure_of, text
from lyhord.instruments.definition import Breakdown, Instrument, MeasureKind, Thresholds
from lyhord.method.figures import Unit, Withheld
from lyhord.method.lattice import CROSS, TOTAL, LatticeCell, crossed_cell
from lyhord.method.suppression import (
    comments_masked,
    counts_only,
    counts_only_figure,
    counts_only_words,
    publishable,
)
from lyhord.method.tally import MethodError

Bases = dict[LatticeCell, int]
LEAST = 7


def category(value: str) -> LatticeCell:
    return LatticeCell("category", value)


def categories(total: int, *sizes: int) -> Bases:
    """A total and its categories a, b, c …; what the sizes lack of the total has no category."""
    return {TOTAL: total, **{category(chr(ord("a") + place)): n for place, n in enumerate(sizes)}}


def hidden(bases: Bases) -> dict[str, Withheld]:
    decided = publishable(instrument_of(), bases)
    return {cell.value: reason for cell, reason in decided.items() if reason}


def crossing() -> Instrument:
    return instrument_of(crossed=(("category", "week"),))


def mystery() -> Instrument:
    area = Breakdown("area", text("Område"), "area", outside_total=("klk",))
    return instrument_of(method="mystery", breakdowns=(area,), thresholds=Thresholds(small_area=30))


TOO_FEW, COMPLEMENTARY, NOT_ASKED = Withheld.TOO_FEW, Withheld.COMPLEMENTARY, Withheld.NOT_ASKED


@pytest.mark.parametrize(
    ("bases", "withheld"),
    [
        (categories(60, 20, 20, 20), {}),
        (categories(4, 4), {"": TOO_FEW, "a": TOO_FEW}),
        (categories(50, 30, 16, 4), {"c": TOO_FEW, "b": COMPLEMENTARY}),
        (categories(50, 30, 15, 3, 2), {"c": TOO_FEW, "d": TOO_FEW, "b": COMPLEMENTARY}),  # 3 + 2 are five people
        (categories(50, 30, 11, 5, 4), {"c": TOO_FEW, "d": TOO_FEW}),  # 5 + 4 are nine
        (categories(50, 30, 20, 0), {"c": NOT_ASKED}),  # nobody to reveal
        (categories(53, 30, 20), {"b": COMPLEMENTARY}),  # three skipped the question
        (categories(70, 30, 20), {}),  # twenty skipped it
        (categories(70, 30, 20, 5), {"c": TOO_FEW}),  # five hide among fifteen that skipped it
    ],
)
def test_a_cell_is_withheld_or_covers_another(bases: Bases, withheld: dict[str, Withheld]) -> None:
    assert hidden(bases) == withheld


def test_the_threshold_may_be_raised_but_not_lowered() -> None:
    assert publishable(instrument_of(), categories(50, 42, 8), threshold=9)[category("b")] is TOO_FEW
    with pytest.raises(MethodError, match="cannot be lowered"):
        publishable(instrument_of(), categories(50, 42, 8), threshold=5)


def test_filters_are_not_combined_freely() -> None:
    free = crossed_cell(category("a"), LatticeCell("week", "12"))
    with pytest.raises(MethodError, match="not combined freely"):
        publishable(instrument_of(), {**categories(50, 30, 20), free: 10})


def test_a_cell_without_its_whole_is_refused() -> None:
    with pytest.raises(MethodError, match="came without"):
        publishable(instrument_of(), {category("a"): 10})


def test_cells_that_overlap_are_refused() -> None:
    with pytest.raises(MethodError, match="10 more answers"):
        publishable(instrument_of(), categories(20, 15, 15))


def test_themes_overlap_and_need_ten_comments() -> None:
    themed = instrument_of(breakdowns=(Breakdown("theme", text("Tema"), "theme"),))
    bases = {TOTAL: 20, LatticeCell("theme", "svar"): 18, LatticeCell("theme", "tid"): 9}
    assert publishable(themed, bases) == {
        TOTAL: None, LatticeCell("theme", "svar"): None, LatticeCell("theme", "tid"): TOO_FEW,
    }  # fmt: skip


def test_an_area_outside_the_total_is_in_no_sum() -> None:
    area = Breakdown("area", text("Område"), "area", outside_total=("klk",))
    bases = {TOTAL: 40, LatticeCell("area", "bygg"): 40, LatticeCell("area", "klk"): 6}
    decided = publishable(instrument_of(breakdowns=(area,)), bases)
    assert decided == {TOTAL: None, LatticeCell("area", "bygg"): None, LatticeCell("area", "klk"): TOO_FEW}


def test_a_mystery_area_shows_counts_only_and_no_comments() -> None:
    bases = {TOTAL: 54, **{LatticeCell("area", str(number)): 6 for number in range(9)}}
    assert not any(publishable(mystery(), bases).values())
    assert counts_only(mystery(), "area", 6)
    assert comments_masked(mystery(), "area", 6)
    assert not counts_only(mystery(), "none", 54)
    assert not comments_masked(mystery(), "none", 54)


def test_a_survey_has_no_areas_shown_as_counts() -> None:
    assert not counts_only(instrument_of(), "category", 6)


def test_counts_stand_where_a_percentage_would() -> None:
    measure = measure_of(MeasureKind.SHARE, counted=("4", "5"))
    figure = counts_only_figure(measure, mystery(), counts_of("tel.bemotande", _2=2, _5=4))
    assert (figure.value, figure.low, figure.counted, figure.n) == (None, None, 4, 6)
    assert (figure.withheld, figure.unit) == (TOO_FEW, Unit.PERCENT)
    assert counts_only_words(4, 6) == "4 av 6 (för få)"
    assert counts_only_words(4, 6, "en") == "4 of 6 (too few)"


def test_an_area_nobody_called_has_no_counts() -> None:
    figure = counts_only_figure(measure_of(MeasureKind.INDEX), mystery(), counts_of("tel.bemotande"))
    assert (figure.withheld, figure.counted, figure.unit) == (NOT_ASKED, None, Unit.INDEX)


def sums(cells: Mapping[LatticeCell, int]) -> list[tuple[LatticeCell, list[LatticeCell]]]:
    """What an attacker knows: every whole, with the cells that divide it."""
    known = []
    for whole in cells:
        by_breakdown: dict[str, list[LatticeCell]] = {}
        for cell in cells:
            if _divides(cell, whole):
                by_breakdown.setdefault(cell.breakdown, []).append(cell)
        known += [(whole, parts) for parts in by_breakdown.values()]
    return known


def _divides(cell: LatticeCell, whole: LatticeCell) -> bool:
    crossed = CROSS in cell.breakdown
    if whole == TOTAL:
        return cell != TOTAL and not crossed
    pairs = zip(cell.breakdown.split(CROSS), cell.value.split(CROSS), strict=True)
    return crossed and whole in [LatticeCell(*pair) for pair in pairs]


def subtract(instrument: Instrument, cells: Bases) -> set[LatticeCell]:
    """The withheld cells with answers that the shown ones and all sums determine, by rank: the attacker."""
    decided = publishable(instrument, cells)
    unknown = [cell for cell, reason in decided.items() if reason and cells[cell]]
    rests: list[str] = []
    equations = []
    for place, (whole, parts) in enumerate(sums(cells)):
        row = {cell: 1.0 for cell in parts if cell in unknown}
        if whole in unknown:
            row[whole] = -1.0
        if cells[whole] != sum(cells[cell] for cell in parts):
            rests.append(f"rest {place}")
            row[LatticeCell(rests[-1])] = 1.0
        equations.append(row)
    columns = [*unknown, *(LatticeCell(rest) for rest in rests)]
    matrix = np.array([[row.get(column, 0.0) for column in columns] for row in equations])
    if not unknown:
        return set()
    rank = np.linalg.matrix_rank(matrix)
    return {
        cell
        for place, cell in enumerate(unknown)
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(columns))[place]])) == rank
    }


def groups_too_small(instrument: Instrument, cells: Bases) -> list[int]:
    """How many answers the withheld part of each shown whole holds, where that is too few."""
    decided = publishable(instrument, cells)
    missing = []
    for whole, parts in sums(cells):
        if decided[whole] is None:
            missing.append(cells[whole] - sum(cells[cell] for cell in parts if decided[cell] is None))
    return [n for n in missing if 0 < n < LEAST]


SIZES = st.lists(st.integers(0, 30), min_size=1, max_size=8)


@given(SIZES, st.integers(0, 12))
def test_nobody_subtracts_a_withheld_cell_from_a_total(sizes: list[int], without: int) -> None:
    cells = categories(sum(sizes) + without, *sizes)
    assert subtract(instrument_of(), cells) == set()
    assert groups_too_small(instrument_of(), cells) == []


@settings(max_examples=150)
@given(
    st.lists(st.lists(st.sampled_from((0, 1, 2, 3, 5, 7, 8, 12, 20)), min_size=3, max_size=3), min_size=1, max_size=4)
)
def test_nobody_subtracts_a_withheld_cell_from_a_crossed_table(table: list[list[int]]) -> None:
    cells = crossed_table(table)
    assert subtract(crossing(), cells) == set()
    assert groups_too_small(crossing(), cells) == []


def test_sums_taken_together_reveal_no_cell_that_each_alone_keeps() -> None:
    # Each row and column here hides two cells or more, yet all of them together would give away row 1, week 1.
    cells = crossed_table([[30, 20, 40, 40], [3, 5, 40, 5], [15, 5, 9, 40], [9, 9, 40, 9]])
    assert subtract(crossing(), cells) == set()


def crossed_table(table: list[list[int]]) -> Bases:
    """Categories down, weeks across, with their margins and total."""
    cells: Bases = {TOTAL: sum(map(sum, table))}
    for row, sizes in enumerate(table):
        cells[category(f"c{row}")] = sum(sizes)
        for column, n in enumerate(sizes):
            cells[crossed_cell(category(f"c{row}"), LatticeCell("week", f"w{column}"))] = n
    for column in range(len(table[0])):
        cells[LatticeCell("week", f"w{column}")] = sum(sizes[column] for sizes in table)
    return cells


@given(SIZES, st.integers(0, 12))
def test_no_more_is_withheld_than_the_threshold_asks_where_nothing_is_small(sizes: list[int], without: int) -> None:
    large = [n + LEAST for n in sizes]
    decided = publishable(instrument_of(), categories(sum(large) + without, *large))
    withheld = [cell for cell, reason in decided.items() if reason]
    assert len(withheld) == (1 if 0 < without < LEAST else 0)


@given(SIZES, st.integers(0, 12), st.integers(7, 30))
def test_a_shown_cell_has_the_answers_it_needs(sizes: list[int], without: int, threshold: int) -> None:
    cells = categories(sum(sizes) + without, *sizes)
    decided = publishable(instrument_of(), cells, threshold=threshold)
    assert all(cells[cell] >= threshold for cell, reason in decided.items() if reason is None)
    assert all((reason is NOT_ASKED) == (cells[cell] == 0) for cell, reason in decided.items())
