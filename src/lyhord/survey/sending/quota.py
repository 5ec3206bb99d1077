"""How many answers count towards a quota: told by the room that takes answers in, which lies above this one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.models import Sum

from lyhord.measurements.counts.models import TallyCell
from lyhord.measurements.models import Participation
from lyhord.measurements.rounds import instrument_of
from lyhord.method.tally import NO_BREAKDOWN

Counter = Callable[[Participation], int]
_counters: Final[list[Counter]] = []


def also_count(counter: Counter) -> None:
    """Add what ``counter`` counts to the quota: answers not yet in the tally, such as those taken in but not mixed."""
    if counter not in _counters:
        _counters.append(counter)


def received(participation: Participation) -> int:
    """Answers that count towards the quota, within the participation's scope.

    In the tally they are those to the channel's quota item, or where it has none those to its first item.
    """
    return _in_tally(participation) + sum(counter(participation) for counter in _counters)


def is_full(participation: Participation) -> bool:
    """Whether sending stops. Answering never does."""
    return participation.quota is not None and received(participation) >= participation.quota


def _in_tally(participation: Participation) -> int:
    instrument = instrument_of(participation.round)
    items = [item.id for item in instrument.items if item.id.startswith(f"{participation.channel}.")]
    item = instrument.channel(participation.channel).quota_item or next(iter(items), "")
    rows = TallyCell.objects.filter(participation=participation, breakdown=NO_BREAKDOWN, item=item)
    return int(rows.aggregate(total=Sum("count"))["total"] or 0)
