"""Reading a round's counts as the method takes them: six queries, however many took part and answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet

from lyhord.measurements.counts.models import (
    CountedRow,
    DurationCell,
    ExternalValue,
    FlowCount,
    PairCell,
    TallyCell,
)
from lyhord.measurements.models import Participation, Round
from lyhord.method.tally import Cell, Counts, DurationSum, ExternalFigure, Flow, Pair, PairTally, Place, Tally

Row = tuple[Any, ...]
Wholes = Mapping[int, Place]  # a participation's undivided place, by its id
R = TypeVar("R", bound=CountedRow)


def counts_of(round_: Round, *others: Round, breakdowns: Collection[str] | None = None) -> Counts:
    """Everything that a report or page of the rounds is made from, as far as the scope at hand sees.

    ``breakdowns`` limits tally and durations to some of them, such as ``{"none"}`` for the totals alone. The cost
    follows the number of cells and not that of the answers. ScopeError without a scope.
    """
    rounds = (round_, *others)
    wholes = _wholes(rounds)
    return Counts(
        tally=Tally.from_cells(_cells(wholes, _divided(TallyCell.objects.all(), rounds, breakdowns))),
        pairs=PairTally(_pairs(wholes, _rows(PairCell.objects.all(), rounds))),
        flows=_flows(wholes, _rows(FlowCount.objects.all(), rounds)),
        durations=_durations(wholes, _divided(DurationCell.objects.all(), rounds, breakdowns)),
        external=_external(rounds),
    )


def printed_of(*rounds: Round) -> tuple[ExternalFigure, ...]:
    """The printed figures that stand beside the rounds' own: everybody's, since they are published."""
    return _external(rounds)


def _wholes(rounds: Sequence[Round]) -> Wholes:
    by_id = {one.pk: one for one in rounds}
    rows = Participation.objects.filter(round__in=rounds).values_list("pk", "round_id", "municipality_id", "channel")
    return {
        pk: Place(by_id[round_id].key, by_id[round_id].instrument_id, municipality, channel)
        for pk, round_id, municipality, channel in rows
    }


def _rows(rows: QuerySet[R], rounds: Sequence[Round]) -> QuerySet[R]:
    return rows.filter(participation__round__in=rounds)


def _divided(rows: QuerySet[R], rounds: Sequence[Round], breakdowns: Collection[str] | None) -> QuerySet[R]:
    found = _rows(rows, rounds)
    return found if breakdowns is None else found.filter(breakdown__in=breakdowns)


def _cells(wholes: Wholes, rows: QuerySet[TallyCell]) -> Iterator[tuple[Cell, int]]:
    columns = ("participation_id", "breakdown", "value", "item", "option")
    places: dict[tuple[int, str, str], Place] = {}
    for whole, breakdown, value, item, option, count in (
        rows.order_by(*columns).values_list(*columns, "count").iterator()
    ):
        place = places.get((whole, breakdown, value))
        if place is None:
            place = places[whole, breakdown, value] = wholes[whole]._replace(breakdown=breakdown, value=value)
        yield Cell(place, item, option), count


def _pairs(wholes: Wholes, rows: QuerySet[PairCell]) -> Mapping[Pair, Mapping[tuple[str, str], int]]:
    columns = ("participation_id", "first", "second", "first_option", "second_option")
    found: dict[Pair, dict[tuple[str, str], int]] = {}
    for whole, first, second, *options, count in rows.order_by(*columns).values_list(*columns, "count"):
        pair = Pair(*wholes[whole][:3], first, second)
        found.setdefault(pair, {})[options[0], options[1]] = count
    return found


def _flows(wholes: Wholes, rows: QuerySet[FlowCount]) -> tuple[Flow, ...]:
    stages: dict[int, dict[str, int]] = {}
    excluded: dict[int, list[tuple[str, int]]] = {}
    for whole, stage, reason, count in rows.order_by("participation_id", "stage", "reason").values_list(
        "participation_id", "stage", "reason", "count"
    ):
        known = stages.setdefault(whole, {})
        if stage == FlowCount.Stage.EXCLUDED:
            excluded.setdefault(whole, []).append((reason, count))
        else:
            known[stage] = count
    return tuple(
        Flow(place.round, place.municipality, place.channel, **known, excluded=tuple(excluded.get(whole, ())))
        for whole, known in stages.items()
        for place in (wholes[whole],)
    )


def _durations(wholes: Wholes, rows: QuerySet[DurationCell]) -> Mapping[tuple[Place, str], DurationSum]:
    keys = ("participation_id", "breakdown", "value", "item")
    numbers = ("n", "seconds", "squares", "least", "greatest")
    return {
        (wholes[whole]._replace(breakdown=breakdown, value=value), item): DurationSum(*found)
        for whole, breakdown, value, item, *found in rows.order_by(*keys).values_list(*keys, *numbers)
    }


def _external(rounds: Sequence[Round]) -> tuple[ExternalFigure, ...]:
    rows = ExternalValue.objects.filter(round__in=rounds).order_by("measure", "of_round", "municipality_code", "pk")
    return tuple(
        ExternalFigure(
            measure=row.measure,
            label=row.label,
            value=row.value,
            source=row.source,
            round=row.of_round,
            municipality=row.municipality_code,
            group=row.group,
            low=row.low,
            high=row.high,
            members=row.members,
        )
        for row in rows
    )
