"""Where everybody stands in a round so far, by the rules of the report, at a cost that no number of answers changes.

What everybody's undivided counts give is kept in the process until a count changes: two sums over them tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from django.db.models import F, Sum

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.composition.material import RoundMaterial
from lyhord.composition.national_counts import national_counts
from lyhord.composition.standing import Standing, standing_of
from lyhord.instruments.definition import Instrument, Thresholds
from lyhord.measurements.counts.models import FlowCount, TallyCell
from lyhord.measurements.counts.reading import counts_of
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import thresholds_of
from lyhord.measurements.register import all_values, as_value
from lyhord.measurements.rounds import instrument_of
from lyhord.method.groups import Municipality
from lyhord.method.tally import NO_BREAKDOWN, Counts, Tally
from lyhord.results.reach import Part

EVERYONE: Final = "the total so far is over every participant"
OWN_LIMITS: Final = ("publish", "comments")  # what a municipality raises for itself; the total's limits are everyone's
Sums = tuple[int, ...]


def standing_so_far(round_: Round) -> Standing | None:
    """Where everybody stands, from undivided counts and without ranks; None where nothing has been counted."""
    sums = _sums(round_)
    return _standing(round_.pk, round_.definition_hash, sums) if sums[0] else None


def forget() -> None:
    """Drop what is kept in the process: for tests, whose databases begin anew."""
    _standing.cache_clear()


def own_so_far(round_: Round, part: Part) -> Standing:
    """The standing with one municipality's breakdowns in it, and its figures held to the thresholds that it raised.

    The totals are those of all, by the instrument's own thresholds.
    """
    everyone = standing_so_far(round_) or _nothing(round_, as_value(part.municipality))
    with scope(part.organisation_id):
        own = counts_of(round_)
    material = everyone.material
    counts = Counts(Tally({**material.counts.tally.by_place, **own.tally.by_place}), flows=own.flows)
    instrument = replace(material.instrument, thresholds=own_thresholds(part.participations))
    return replace(everyone, material=replace(material, instrument=instrument, counts=counts))


def own_thresholds(participations: Sequence[Participation]) -> Thresholds:
    """The instrument's thresholds with ``publish`` and ``comments`` as the strictest of the participations has them."""
    given = [thresholds_of(each) for each in participations]
    strictest = {name: max(getattr(limits, name) for limits in given) for name in OWN_LIMITS}
    return replace(instrument_of(participations[0].round).thresholds, **strictest)


def _sums(round_: Round) -> Sums:
    """Two sums over the undivided counts and two over the flows: none stays the same when a count changes."""
    with scope_of_everything(EVERYONE):
        cells = TallyCell.objects.filter(participation__round=round_, breakdown=NO_BREAKDOWN)
        flows = FlowCount.objects.filter(participation__round=round_)
        both = (rows.aggregate(all=Sum("count"), placed=Sum(F("count") * F("id"))) for rows in (cells, flows))
        counted, flowed = both
    found = (counted["all"], counted["placed"], flowed["all"], flowed["placed"])
    return tuple(int(each or 0) for each in found)


@lru_cache(maxsize=8)
def _standing(round_id: int, definition_hash: str, sums: Sums) -> Standing:  # noqa: ARG001 - sums are part of the key
    round_ = Round.objects.get(pk=round_id, definition_hash=definition_hash)
    with scope_of_everything(EVERYONE):
        counts = counts_of(round_, breakdowns={NO_BREAKDOWN})
    register = {place.code: place for place in all_values()}
    return standing_of(_material(round_, instrument_of(round_), counts, register), ranked=False)


def _nothing(round_: Round, own: Municipality) -> Standing:
    """The standing of a round in which nothing has been counted."""
    instrument = instrument_of(round_)
    empty = _material(round_, instrument, Counts(Tally({})), {own.code: own})
    return Standing(empty, (), {channel.id: () for channel in instrument.channels}, national_counts(empty), {}, {}, {})


def _material(
    round_: Round, instrument: Instrument, counts: Counts, register: Mapping[str, Municipality]
) -> RoundMaterial:
    days = (round_.starts, round_.ends, round_.ends)
    return RoundMaterial(instrument, round_.key, counts, register, *days, fictitious=round_.fictitious)
