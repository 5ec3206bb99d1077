"""What a round's reports are composed from, read from the records: counts, register, printed figures, thresholds.

A report of the records and one of a file with the same answers are made by the same code from the same counts. What
they cannot share is the period: a round has stated days, a file only those of its answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from lyhord.accounts.scope import scope_of_everything
from lyhord.composition.material import CompositionError, RoundMaterial
from lyhord.instruments.definition import Instrument, Thresholds
from lyhord.measurements.counts.reading import counts_of
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import thresholds_of
from lyhord.measurements.register import all_values
from lyhord.measurements.rounds import instrument_of
from lyhord.method.tally import NO_BREAKDOWN, Cell, Tally
from lyhord.reports.mystery_material import mystery_material_of
from lyhord.survey.answers.models import Intake

Earlier = Round | Instrument
EVERYONE: Final = "a report compares a municipality with every participant"
MYSTERY: Final = "mystery"
OWN_LIMITS: Final = ("publish", "comments")  # what a municipality raises for itself; the total's limits are everyone's


def material_of(round_: Round, *, previous: Sequence[Earlier] = (), issued: date | None = None) -> RoundMaterial:
    """A finished round, ready to be composed.

    ``previous`` is what to compare with, newest first: earlier rounds, or the instruments of those that only printed
    figures are known of. The report's date is the round's last day unless ``issued`` says another. CompositionError
    while the round is open or answers wait to be counted: a report made then would soon be wrong, and two of them
    would tell what was added in between.
    """
    if instrument_of(round_).method == MYSTERY:
        known = [instrument_of(each) if isinstance(each, Round) else each for each in previous]
        return mystery_material_of(round_, known, issued)
    with scope_of_everything(EVERYONE):
        require_finished(round_)
        counts = counts_of(round_)
        cells = [cell for each in previous if isinstance(each, Round) for cell in _earlier_cells(each)]
    if cells:
        counts = replace(counts, tally=Tally.from_cells((*counts.tally.cells(), *cells)))
    return RoundMaterial(
        instrument=instrument_of(round_),
        round_id=round_.key,
        counts=counts,
        municipalities={place.code: place for place in all_values()},
        started=round_.starts,
        ended=round_.ends,
        issued=issued or round_.ends,
        fictitious=round_.fictitious,
        previous=tuple(instrument_of(each) if isinstance(each, Round) else each for each in previous),
    )


def require_finished(round_: Round) -> None:
    """CompositionError, in Swedish, while the round can still change; within a scope that holds its answers."""
    if round_.state not in (Round.State.CLOSED, Round.State.LOCKED):
        raise CompositionError(
            f"Omgången {round_.key} är {round_.get_state_display()}. Stäng den innan rapporterna görs."
        )
    waiting = Intake.objects.filter(participation__round=round_).count()
    if waiting:
        raise CompositionError(
            f"{waiting} svar i omgången {round_.key} är inte räknade än. Låt lyhord work gå några minuter."
        )


def raised_limits(round_: Round) -> Mapping[str, Thresholds]:
    """By code, the thresholds of municipalities that raised any: the strictest of their channels."""
    found: dict[str, Thresholds] = {}
    with scope_of_everything(EVERYONE):
        for each in Participation.objects.filter(round=round_).exclude(raised_thresholds={}).select_related("round"):
            known = found.get(each.municipality_id, instrument_of(round_).thresholds)
            own = thresholds_of(each)
            strictest = {name: max(getattr(known, name), getattr(own, name)) for name in OWN_LIMITS}
            found[each.municipality_id] = replace(known, **strictest)
    return found


def _earlier_cells(round_: Round) -> Iterator[tuple[Cell, int]]:
    """An earlier round's undivided counts, under the name that reports know it by: its instrument's."""
    for cell, count in counts_of(round_, breakdowns={NO_BREAKDOWN}).tally.cells():
        yield cell._replace(place=cell.place._replace(round=round_.instrument_id)), count
