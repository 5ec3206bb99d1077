"""Adding counts to a participation: what survey, mystery and comments call once answers may no longer be linked.

Counts of answers only grow here; a correction counts anew from the answers. Rows of several participations should be
added in the order of their ids within one transaction. Locking a round does not wait for those who are adding: lock it
after the last of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django.db import transaction
from django.db.models import F

from lyhord.measurements.counts.models import DurationCell, FlowCount, PairCell, TallyCell
from lyhord.measurements.counts.upsert import Row, Upsert
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.rounds import instrument_of
from lyhord.method.tally import Cell, DurationSum, Flow, Pair, Place

CELLS: Final = Upsert(TallyCell, ("participation_id", "breakdown", "value", "item", "option"), ("count",))
PAIRS: Final = Upsert(PairCell, ("participation_id", "first", "second", "first_option", "second_option"), ("count",))
FLOWS: Final = Upsert(FlowCount, ("participation_id", "stage", "reason"), ("count",))
DURATIONS: Final = Upsert(
    DurationCell,
    ("participation_id", "breakdown", "value", "item"),
    ("n", "seconds", "squares"),
    least=("least",),
    greatest=("greatest",),
)
Counted = Callable[[Participation], None]
_listeners: Final[list[Counted]] = []
STAGES: Final = (FlowCount.Stage.LISTED, FlowCount.Stage.INVITED, FlowCount.Stage.ANSWERED, FlowCount.Stage.COMMENTED)


def also_tell(listener: Counted) -> None:
    """Call ``listener`` whenever cells were added to a participation: in the same transaction, within its scope."""
    if listener not in _listeners:
        _listeners.append(listener)


@transaction.atomic
def add_cells(participation: Participation, cells: Iterable[tuple[Cell, int]]) -> None:
    """Add counted answers to the participation's tally: ``add_cells(participation, tally.cells())``.

    MeasurementError for a cell of another round, instrument, municipality or channel, an item that the instrument
    lacks, a count below zero, or a locked round; nothing is added then. ScopeError outside the organisation's scope.
    """
    gathered: dict[Row, int] = {}
    places: set[Place] = set()
    items: set[str] = set()
    for cell, count in cells:
        _require_count(count, f"{cell.item}, {cell.option}")
        places.add(cell.place)
        items.add(cell.item)
        key = (participation.pk, cell.place.breakdown, cell.place.value, cell.item, cell.option)
        gathered[key] = gathered.get(key, 0) + count
    _require(participation, places, items)
    CELLS.add([(*key, count) for key, count in gathered.items() if count])
    for listener in _listeners:
        listener(participation)


@transaction.atomic
def add_pairs(participation: Participation, pairs: Mapping[Pair, Mapping[tuple[str, str], int]]) -> None:
    """Add joint answers to two items; errors as for ``add_cells``."""
    rows: list[Row] = []
    for pair, joint in pairs.items():
        _require(participation, {Place(*pair[:3], participation.channel)}, {pair.first, pair.second})
        for options, count in joint.items():
            _require_count(count, f"{pair.first} and {pair.second}")
            rows.append((participation.pk, pair.first, pair.second, *options, count))
    PAIRS.add([row for row in rows if row[-1]])


@transaction.atomic
def add_flow(participation: Participation, flow: Flow) -> None:
    """Add contacts to the stages that they came to; a stage of None stays as it is, a stage of zero becomes known.

    Errors as for ``add_cells``.
    """
    place = Place(flow.round, participation.round.instrument_id, flow.municipality, flow.channel)
    _require(participation, {place}, set())
    known = [(stage, "", getattr(flow, stage.value)) for stage in STAGES]
    excluded = [(FlowCount.Stage.EXCLUDED, reason, count) for reason, count in flow.excluded]
    rows = [(stage, reason, count) for stage, reason, count in (*known, *excluded) if count is not None]
    for stage, _, count in rows:
        _require_count(count, stage)
    FLOWS.add([(participation.pk, stage.value, reason, count) for stage, reason, count in rows])


def take_back_invited(participation: Participation, count: int) -> None:
    """Take back invitations that were counted and recalled before they left: nobody was invited by them.

    It may shrink since it follows the outbox, not answers. ScopeError outside the organisation's scope.
    """
    _take_back(participation, FlowCount.Stage.INVITED, "", count)


@transaction.atomic
def take_back_listed(participation: Participation, flow: Flow) -> None:
    """Take back the listed and excluded of a list that was recalled; they follow the lists. Errors as for ``add_flow``.

    Nothing in a locked round: its counts no longer change.
    """
    place = Place(flow.round, participation.round.instrument_id, flow.municipality, flow.channel)
    _require(participation, {place}, set())
    _take_back(participation, FlowCount.Stage.LISTED, "", flow.listed or 0)
    for reason, count in flow.excluded:
        _take_back(participation, FlowCount.Stage.EXCLUDED, reason, count)


def _take_back(participation: Participation, stage: FlowCount.Stage, reason: str, count: int) -> None:
    participation.require_scope()
    _require_count(count, stage)
    rows = FlowCount.objects.filter(participation=participation, stage=stage, reason=reason)
    rows.update(count=F("count") - count)


@transaction.atomic
def add_durations(participation: Participation, durations: Mapping[tuple[Place, str], DurationSum]) -> None:
    """Add exact durations; errors as for ``add_cells``."""
    _require(participation, {place for place, _ in durations}, {item for _, item in durations})
    DURATIONS.add(
        [
            (participation.pk, place.breakdown, place.value, item, *_numbers(found))
            for (place, item), found in durations.items()
            if found.n
        ]
    )


def _numbers(found: DurationSum) -> tuple[int, ...]:
    return found.n, found.seconds, found.squares, found.least, found.greatest


def _require_count(count: int, what: str) -> None:
    if count < 0:
        raise MeasurementError(f"{what}: {count} cannot be added, counts only grow. Count anew to correct them.")


def _require(participation: Participation, places: set[Place], items: set[str]) -> None:
    participation.require_scope()
    round_ = participation.round
    own = (round_.key, round_.instrument_id, participation.municipality_id, participation.channel)
    for place in places:
        if place[:4] != own:
            raise MeasurementError(
                f"Counts of {' · '.join(place[:4])} do not belong to {' · '.join(own)}. "
                "Add them to their own participation."
            )
    known = {item.id for item in instrument_of(round_).items_in(participation.channel)}
    if unknown := sorted(items - known):
        raise MeasurementError(
            f"{round_.instrument_id} has no item {', '.join(unknown)} in {participation.channel}. Correct the item ids."
        )
    if Round.objects.filter(pk=round_.pk, state=Round.State.LOCKED).exists():
        raise MeasurementError(f"Round {round_.key} is locked. Its counts no longer change.")
