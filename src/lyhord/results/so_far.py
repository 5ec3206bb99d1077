"""Where everybody stands in a round so far, by the rules of the report, at a cost that no number of answers changes.

While a round goes on its figures are the shown counts, which advance in groups of answers (``following``); when it has
closed they are the counts themselves. What everybody's undivided counts give is kept in the process until sums over
them tell that one has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from lyhord.method.tally import NO_BREAKDOWN, Cell, Counts, Place, Tally
from lyhord.results.following import ENDED, shown_cells
from lyhord.results.models import ShownCounts
from lyhord.results.reach import Part

EVERYONE: Final = "the total so far is over every participant"
OWN_LIMITS: Final = ("publish", "comments")  # what a municipality raises for itself; the total's limits are everyone's
Version = tuple[int, ...]  # whether the round has closed, then two sums over its counts and two over its flows


def standing_so_far(round_: Round) -> Standing | None:
    """Where everybody stands, from undivided counts and without ranks; None where nothing may be seen yet."""
    return _standing(round_.pk, round_.definition_hash, version_of(round_))


def version_of(round_: Round) -> Version:
    """What changes as soon as anything that the round's figures are made from does."""
    ended = round_.state in ENDED
    with scope_of_everything(EVERYONE):
        if ended:
            rows = TallyCell.objects.filter(participation__round=round_, breakdown=NO_BREAKDOWN)
            seen = rows.aggregate(all=Sum("count"), placed=Sum(F("count") * F("id")))
        else:
            shown = ShownCounts.objects.filter(participation__round=round_)
            seen = shown.aggregate(all=Sum("version"), placed=Sum(F("version") * F("participation_id")))
        flows = FlowCount.objects.filter(participation__round=round_)
        flowed = flows.aggregate(all=Sum("count"), placed=Sum(F("count") * F("id")))
    found = (seen["all"], seen["placed"], flowed["all"], flowed["placed"])
    return (int(ended), *(int(each or 0) for each in found))


def forget() -> None:
    """Drop what is kept in the process: for tests, whose databases begin anew."""
    _standing.cache_clear()


def own_so_far(round_: Round, part: Part) -> Standing:
    """The standing with one municipality's breakdowns in it, and its figures held to the thresholds that it raised.

    The totals are those of all, by the instrument's own thresholds.
    """
    everyone = standing_so_far(round_) or _nothing(round_, as_value(part.municipality))
    own = _own_counts(round_, part)
    material = everyone.material
    counts = Counts(Tally({**material.counts.tally.by_place, **own.tally.by_place}), flows=own.flows)
    instrument = replace(material.instrument, thresholds=own_thresholds(part.participations))
    return replace(everyone, material=replace(material, instrument=instrument, counts=counts))


def own_thresholds(participations: Sequence[Participation]) -> Thresholds:
    """The instrument's thresholds with ``publish`` and ``comments`` as the strictest of the participations has them."""
    given = [thresholds_of(each) for each in participations]
    strictest = {name: max(getattr(limits, name) for limits in given) for name in OWN_LIMITS}
    return replace(instrument_of(participations[0].round).thresholds, **strictest)


@lru_cache(maxsize=8)
def _standing(round_id: int, definition_hash: str, version: Version) -> Standing | None:
    round_ = Round.objects.get(pk=round_id, definition_hash=definition_hash)
    with scope_of_everything(EVERYONE):
        counts = counts_of(round_, breakdowns={NO_BREAKDOWN} if version[0] else ())
        if not version[0]:
            counts = replace(counts, tally=Tally.from_cells(_shown_by_everyone(round_)))
    if not counts.tally.by_place:
        return None
    register = {place.code: place for place in all_values()}
    return standing_of(_material(round_, instrument_of(round_), counts, register), ranked=False)


def _shown_by_everyone(round_: Round) -> Iterator[tuple[Cell, int]]:
    """Everybody's undivided counts, as they may be seen."""
    columns = ("participation__municipality_id", "participation__channel", "whole")
    rows = ShownCounts.objects.filter(participation__round=round_).order_by("participation_id")
    for municipality, channel, whole in rows.values_list(*columns):
        place = Place(round_.key, round_.instrument_id, municipality, channel)
        for item, counts in whole.items():
            yield from ((Cell(place, item, option), count) for option, count in counts.items())


def _own_counts(round_: Round, part: Part) -> Counts:
    """One municipality's counts with its breakdowns, as they may be seen."""
    with scope(part.organisation_id):
        if round_.state in ENDED:
            return counts_of(round_)
        counts = counts_of(round_, breakdowns=())
        rows = ShownCounts.objects.in_bulk([one.pk for one in part.participations])
    cells = [
        cell
        for one in part.participations
        if one.pk in rows
        for cell in shown_cells(Place(round_.key, round_.instrument_id, one.municipality_id, one.channel), rows[one.pk])
    ]
    return replace(counts, tally=Tally.from_cells(cells))


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
