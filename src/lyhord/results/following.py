"""The shown counts follow the counts: in the same transaction as answers are counted, and never in a page's request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery import periodic
from lyhord.instruments.definition import Instrument, MeasureKind
from lyhord.measurements.counts.adding import also_tell
from lyhord.measurements.counts.models import TallyCell
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import thresholds_of
from lyhord.measurements.rounds import instrument_of
from lyhord.method.measures import base_of
from lyhord.method.tally import NO_BREAKDOWN, Cell, Place
from lyhord.results.advancing import Counted, Rule, Shown, advanced
from lyhord.results.models import ShownCounts

CATEGORY: Final = "category"
SMALLEST_BATCH: Final = 5  # design: live figures advance by at least five answers
ENDED: Final = (Round.State.CLOSED, Round.State.LOCKED)
Gathered = dict[str, dict[str, dict[str, int]]]  # item -> category ("" undivided) -> option -> count


def listen() -> None:
    """Follow every count from now on, and let workers catch up with those that were counted before."""
    also_tell(follow)
    periodic.register("results.follow", timedelta(minutes=5), catch_up)


@transaction.atomic(savepoint=False)
def follow(participation: Participation) -> None:
    """Show anew what may be, within the scope of the participation's organisation.

    What is shown of a closed round are its counts themselves; that is noted, in case the round opens again.
    """
    row = ShownCounts.objects.select_for_update(of=("self",)).filter(participation=participation).first()
    is_new = row is None
    row = row or ShownCounts(participation=participation)
    ended = participation.round.state in ENDED
    before = {} if ended else {item: shown_from(state) for item, state in row.states.items()}
    after = _advanced(participation, before)
    if after == before and ended == row.settled:
        return
    row.whole = {item: dict(shown.whole) for item, shown in after.items()}
    row.states = {item: asdict(shown) for item, shown in after.items()}
    row.version += 1
    row.settled = ended
    row.save(force_insert=is_new)


def catch_up() -> int:
    """Follow what was counted before anybody listened, and what has closed since; how many participations."""
    with scope_of_everything("figures are shown to every organisation"):
        known = ShownCounts.objects.filter(participation=OuterRef("pk"))
        counted = TallyCell.objects.filter(participation=OuterRef("pk"))
        rows = Participation.objects.select_related("round").filter(Exists(counted))
        new = rows.filter(~Exists(known)).exclude(round__state=Round.State.LOCKED)
        closed = rows.filter(Exists(known.filter(settled=False)), round__state__in=ENDED)
        found = [*new, *closed]
    for participation in found:
        with scope(participation.organisation_id):
            follow(participation)
    return len(found)


def shown_from(state: Mapping[str, Any]) -> Shown:
    """One item's state as it was stored."""
    rows = state["rows"]
    return Shown(state["own"], state["rest"], state["apart"], None if rows is None else tuple(rows))


def shown_cells(place: Place, row: ShownCounts) -> Iterator[tuple[Cell, int]]:
    """What may be seen of the participation at ``place``, undivided and by category, as cells of a tally."""
    for item, state in row.states.items():
        parts = {("", NO_BREAKDOWN): row.whole[item]}
        parts |= {(key, CATEGORY): counts for key, counts in shown_from(state).parts.items()}
        for (value, breakdown), counts in parts.items():
            at = place._replace(breakdown=breakdown, value=value)
            yield from ((Cell(at, item, option), count) for option, count in counts.items())


def _advanced(participation: Participation, before: Mapping[str, Shown]) -> dict[str, Shown]:
    instrument = instrument_of(participation.round)
    limits = thresholds_of(participation)
    category = instrument.breakdown(CATEGORY)
    outside = frozenset(category.outside_total if category else ())
    options = _weighing(instrument)
    found = {}
    for item, counts in _counted(participation).items():
        whole = counts.pop("", {})
        rule = Rule(max(SMALLEST_BATCH, limits.batch), limits.publish, options.get(item, frozenset()))
        now = Counted(whole, counts if item in options else {}, outside)
        found[item] = advanced(before.get(item, Shown()), now, rule)
    return found


def _weighing(instrument: Instrument) -> Mapping[str, frozenset[str]]:
    """The options that the figure rests on, of each item that is shown by category."""
    indexed = (one for one in instrument.measures if one.headline and one.kind is MeasureKind.INDEX)
    return {one.item: frozenset(base_of(one, instrument.item(one.item))) for one in indexed}


def _counted(participation: Participation) -> Gathered:
    rows = TallyCell.objects.filter(participation=participation, breakdown__in=(NO_BREAKDOWN, CATEGORY))
    found: Gathered = {}
    for value, item, option, count in rows.order_by("item", "value", "option").values_list(
        "value", "item", "option", "count"
    ):
        found.setdefault(item, {}).setdefault(value, {})[option] = count
    return found
