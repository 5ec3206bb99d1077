"""Proving the tally: every count of answers is made anew from the responses and compared with what is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lyhord.accounts.scope import scope_of_everything
from lyhord.instruments.definition import Instrument
from lyhord.measurements.counts.models import FlowCount, PairCell, TallyCell
from lyhord.measurements.models import Disposal, Participation
from lyhord.measurements.rounds import instrument_of
from lyhord.survey.answers.counting import Gathered, counted
from lyhord.survey.answers.mixing import answered, place_of
from lyhord.survey.answers.models import Response

Key = tuple[str, ...]
REASON = "a recount compares everybody's counts with everybody's answers"


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that is not what the answers give."""

    participation: str
    what: str
    kept: int
    recounted: int


def differences() -> Iterator[Difference]:
    """Every kept count that the responses do not give, and every count they give that is not kept.

    Only participations with responses are looked at: others' counts were imported, or their responses have been
    disposed of. Counts of coded comments are another room's.
    """
    with scope_of_everything(REASON):
        disposed = Disposal.objects.filter(kind=Disposal.Kind.RESPONSES).values("participation")
        there = Response.objects.order_by().values("participation")
        rows = Participation.objects.filter(pk__in=there).exclude(pk__in=disposed)
        for participation in rows.select_related("round", "municipality").order_by("pk"):
            yield from _differences_of(participation)


def _differences_of(participation: Participation) -> Iterator[Difference]:
    instrument = instrument_of(participation.round)
    rows = Response.objects.filter(participation=participation).iterator(chunk_size=2_000)
    ours = _keyed(counted(instrument, place_of(participation), map(answered, rows)))
    kept = _kept(participation, instrument)
    for key in sorted(ours.keys() | kept.keys()):
        if ours.get(key, 0) != kept.get(key, 0):
            yield Difference(str(participation), " · ".join(filter(None, key)), kept.get(key, 0), ours.get(key, 0))


def _keyed(gathered: Gathered) -> Mapping[Key, int]:
    cells: dict[Key, int] = {
        ("cell", cell.place.breakdown, cell.place.value, cell.item, cell.option): count
        for cell, count in gathered.cells.items()
    }
    pairs: dict[Key, int] = {
        ("pair", pair.first, pair.second, *options): count
        for pair, joint in gathered.pairs.items()
        for options, count in joint.items()
    }
    return {**cells, **pairs, ("flow", "answered"): gathered.answered, ("flow", "commented"): gathered.commented}


def _kept(participation: Participation, instrument: Instrument) -> Mapping[Key, int]:
    put = [item.id for item in instrument.items_in(participation.channel) if item.is_put]
    cells = TallyCell.objects.filter(participation=participation, item__in=put)
    pairs = PairCell.objects.filter(participation=participation)
    flows = FlowCount.objects.filter(participation=participation, stage__in=("answered", "commented"))
    found: dict[Key, int] = {}
    for *key, count in cells.values_list("breakdown", "value", "item", "option", "count"):
        found["cell", *key] = count
    for *key, count in pairs.values_list("first", "second", "first_option", "second_option", "count"):
        found["pair", *key] = count
    for stage, count in flows.values_list("stage", "count"):
        found["flow", stage] = count
    return found
