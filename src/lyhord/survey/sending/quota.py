"""How many answers count towards a quota: told by the room that takes answers in, which lies above this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from django.db.models import Sum

from lyhord.measurements.counts.models import TallyCell
from lyhord.measurements.models import Participation
from lyhord.measurements.rounds import instrument_of
from lyhord.method.tally import NO_BREAKDOWN

NotYetCounted = Callable[[Participation], int]
_sources: Final[list[NotYetCounted]] = []


def also_count(source: NotYetCounted) -> None:
    """Add what ``source`` counts to the quota: answers taken in that are not yet in the tally.

    It is asked within a scope that holds the participation.
    """
    if source not in _sources:
        _sources.append(source)


def received(participation: Participation) -> int:
    """Answers that count towards the quota, within the participation's scope."""
    return received_by([participation])[participation.pk]


def received_by(participations: Sequence[Participation]) -> dict[int, int]:
    """Answers that count towards the quota of each participation: one query for all, and each source for each.

    In the tally they are those to the channel's quota item, or where it has none those to its first item.
    """
    items = {one.pk: quota_item_of(one) for one in participations}
    rows = TallyCell.objects.filter(
        participation__in=list(items), breakdown=NO_BREAKDOWN, item__in=sorted(set(items.values()))
    )
    found: Counter[int] = Counter(dict.fromkeys(items, 0))
    for number, item, total in rows.values_list("participation", "item").annotate(total=Sum("count")):
        found[number] += total if items[number] == item else 0
    for one in participations:
        found[one.pk] += sum(source(one) for source in _sources)
    return dict(found)


def quota_item_of(participation: Participation) -> str:
    """The item whose answers fill the quota."""
    instrument = instrument_of(participation.round)
    own = [item.id for item in instrument.items if item.id.startswith(f"{participation.channel}.")]
    return instrument.channel(participation.channel).quota_item or next(iter(own), "")


def is_full(participation: Participation) -> bool:
    """Whether sending stops. Answering never does."""
    return participation.quota is not None and received(participation) >= participation.quota
