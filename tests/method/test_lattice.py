from __future__ import annotations

import pytest

from builders import instrument_of, text
from lyhord.instruments.definition import Breakdown
from lyhord.method.lattice import TOTAL, LatticeCell, check_in_lattice, crossed_cell, determined, relations
from lyhord.method.tally import MethodError

BYGG, VECKA = LatticeCell("category", "bygglov"), LatticeCell("week", "12")
BOTH = crossed_cell(BYGG, VECKA)
CROSSED = instrument_of(crossed=(("category", "week"),))


def test_a_crossed_cell_names_both_breakdowns() -> None:
    assert LatticeCell("category*week", "bygglov*12") == BOTH


def test_every_breakdown_divides_the_total_and_a_crossed_cell_both_its_parents() -> None:
    found = {tie.whole: tie.parts for tie in relations(CROSSED, (BYGG, BOTH))}
    assert found == {TOTAL: (BYGG,), BYGG: (BOTH,), VECKA: (BOTH,)}


def test_a_crossed_cell_outside_the_total_is_no_part_of_the_other_parent() -> None:
    area = Breakdown("area", text("Område"), "area", outside_total=("klk",))
    week = Breakdown("week", text("Vecka"), "week")
    instrument = instrument_of(breakdowns=(area, week), crossed=(("area", "week"),))
    klk = LatticeCell("area", "klk")
    assert [tie.whole for tie in relations(instrument, [crossed_cell(klk, VECKA)])] == [klk]


@pytest.mark.parametrize("stranger", [LatticeCell("inbox", "a"), LatticeCell("category*week", "bygglov")])
def test_a_cell_outside_the_lattice_is_refused(stranger: LatticeCell) -> None:
    with pytest.raises(MethodError, match="does not publish"):
        check_in_lattice(CROSSED, [TOTAL, stranger])


def test_a_cell_alone_in_its_sum_is_determined() -> None:
    ties = tuple(relations(CROSSED, (BYGG,)))
    sizes = {TOTAL: 20, BYGG: 20, ties[0].rest: 0}
    assert determined(ties, {BYGG}, sizes, 7) == {BYGG}
    assert determined(ties, set(), sizes, 7) == set()


def test_a_large_rest_may_be_known() -> None:
    ties = tuple(relations(CROSSED, (BYGG,)))
    sizes = {TOTAL: 40, BYGG: 20, ties[0].rest: 20}
    assert determined(ties, {ties[0].rest}, sizes, 7) == set()
