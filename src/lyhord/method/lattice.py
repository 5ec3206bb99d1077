"""The lattice: the fixed cells an instrument may publish, the sums that tie them, and what those sums give away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from lyhord.instruments.definition import Instrument
from lyhord.method.tally import NO_BREAKDOWN, MethodError

CROSS: Final = "*"  # joins the two breakdowns of a crossed cell, and their values: "category*week", "bygglov*12"


class LatticeCell(NamedTuple):
    """One cell of one item at one municipality: the undivided total, a breakdown's value, or a crossed pair."""

    breakdown: str = NO_BREAKDOWN
    value: str = ""


TOTAL: Final = LatticeCell()


def crossed_cell(first: LatticeCell, second: LatticeCell) -> LatticeCell:
    """The cell where two breakdowns meet."""
    return LatticeCell(f"{first.breakdown}{CROSS}{second.breakdown}", f"{first.value}{CROSS}{second.value}")


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum that everybody knows: ``whole`` = all ``parts`` + ``rest``, the answers that have no value."""

    whole: LatticeCell
    parts: tuple[LatticeCell, ...]
    rest: LatticeCell

    def rest_size(self, bases: Mapping[LatticeCell, int]) -> int:
        """How many answers of the whole are in no part; negative where the parts overlap."""
        return bases[self.whole] - sum(bases[part] for part in self.parts)


def check_in_lattice(instrument: Instrument, cells: Collection[LatticeCell]) -> None:
    """MethodError where a cell is no part of the instrument's lattice or lacks the whole that it divides."""
    for cell in cells:
        for whole in _wholes(instrument, cell):
            if whole not in cells:
                raise MethodError(f"{cell} came without {whole}, which it divides. Pass the base n of both.")


def relations(instrument: Instrument, cells: Iterable[LatticeCell]) -> Iterator[Relation]:
    """Every sum between the given cells; values outside the total (kommunledningskontoret) are in no total's sum."""
    parts: dict[tuple[LatticeCell, str], list[LatticeCell]] = {}
    for cell in sorted(cells):
        for whole in _wholes(instrument, cell):
            if not _outside(instrument, cell, whole):
                parts.setdefault((whole, cell.breakdown), []).append(cell)
    for (whole, breakdown), members in parts.items():
        yield Relation(whole, tuple(members), LatticeCell(f"{whole.breakdown}>{breakdown}", whole.value))


def determined(
    ties: Sequence[Relation], hidden: Collection[LatticeCell], sizes: Mapping[LatticeCell, int], least: int
) -> frozenset[LatticeCell]:
    """The hidden cells that all sums together reveal, alone or as a group of fewer than ``least`` answers.

    The sums are linear equations in the hidden cells. Brought to reduced row echelon form, a cell is revealed exactly
    when it stands alone in a row.
    """
    unknown = sorted(hidden)
    rows = [_equation(tie, unknown) for tie in ties]
    found: set[LatticeCell] = set()
    for row in _reduced([row for row in rows if any(row)]):
        inside = [cell for cell, coefficient in zip(unknown, row, strict=True) if coefficient]
        summed = all(coefficient >= 0 for coefficient in row)
        if summed and is_revealing(inside, ties=ties, sizes=sizes, least=least):
            found.update(inside)
    return frozenset(found)


def is_revealing(
    cells: Sequence[LatticeCell], *, ties: Sequence[Relation], sizes: Mapping[LatticeCell, int], least: int
) -> bool:
    """Whether knowing the sum of these hidden cells reveals one of them, or a group of fewer than ``least`` answers.

    A large enough rest may be known: it was never withheld, only not shown.
    """
    if not cells:
        return False
    if sum(sizes[cell] for cell in cells) < least:
        return True
    return len(cells) == 1 and all(cells[0] != tie.rest for tie in ties)


def _wholes(instrument: Instrument, cell: LatticeCell) -> tuple[LatticeCell, ...]:
    """The cells that this one divides: none for the total, the total for a breakdown's, both parents for a crossed."""
    if cell == TOTAL:
        return ()
    if instrument.breakdown(cell.breakdown):
        return (TOTAL,)
    for first, second in instrument.crossed:
        if cell.breakdown == f"{first}{CROSS}{second}" and cell.value.count(CROSS) == 1:
            first_value, second_value = cell.value.split(CROSS)
            return (LatticeCell(first, first_value), LatticeCell(second, second_value))
    raise MethodError(
        f"{instrument.id} does not publish {cell.breakdown!r}. "
        "Only its breakdowns and the crossed pairs that it lists are; filters are not combined freely."
    )


def _outside(instrument: Instrument, cell: LatticeCell, whole: LatticeCell) -> bool:
    """Whether the cell's answers are left out of the whole."""
    inner = {cell.breakdown: cell.value}
    if CROSS in cell.breakdown:
        inner = dict(zip(cell.breakdown.split(CROSS), cell.value.split(CROSS), strict=True))
    for breakdown_id, value in inner.items():
        breakdown = instrument.breakdown(breakdown_id)
        if breakdown_id != whole.breakdown and breakdown and value in breakdown.outside_total:
            return True
    return False


def _equation(tie: Relation, unknown: Sequence[LatticeCell]) -> list[Fraction]:
    inside = {tie.rest, *tie.parts}
    return [Fraction(1 if cell in inside else -1 if cell == tie.whole else 0) for cell in unknown]


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """The rows in reduced echelon form, without those that are zero."""
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(done, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        scale = rows[done][column]
        rows[done] = [value / scale for value in rows[done]]
        for i, row in enumerate(rows):
            if i != done and row[column]:
                factor = row[column]
                rows[i] = [value - factor * lead for value, lead in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]
