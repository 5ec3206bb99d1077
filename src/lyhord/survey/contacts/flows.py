"""How many rows of the lists concern each participation, and for what reasons rows of them are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django.db import transaction

from lyhord.measurements.counts.adding import add_flow, take_back_listed
from lyhord.measurements.models import Participation, Round
from lyhord.method.tally import Flow
from lyhord.survey.contacts.models import Upload
from lyhord.survey.contacts.naming import Fault

LISTED: Final = "listed"
Counted = Mapping[str, Mapping[str, int]]  # participation -> "listed" or a reason -> rows


def flow_of(taken: Iterable[int], left_out: Iterable[Fault]) -> Counted:
    """What a batch adds: rows that are taken into participations, and those that are left out of one.

    Rows are counted, not people. A row that names nobody, or a channel that is not measured, is in no participation.
    """
    listed = Counter(taken)
    excluded = Counter((fault.participation, fault.reason.value) for fault in left_out)
    found: dict[str, dict[str, int]] = {str(number): {LISTED: rows} for number, rows in listed.items()}
    for (participation, reason), rows in excluded.items():
        if participation is not None:
            counts = found.setdefault(str(participation), {LISTED: 0})
            counts[LISTED] += rows
            counts[reason] = rows
    return found


def together(one: Counted, other: Counted) -> Counted:
    """Both counted as one."""
    return {key: dict(Counter(one.get(key, {})) + Counter(other.get(key, {}))) for key in {*one, *other}}


def count(flow: Counted) -> None:
    """Add to the flows of the participations, in the transaction that writes the batch."""
    for participation, added in _flows(flow):
        add_flow(participation, added)


@transaction.atomic
def uncount(upload: Upload) -> None:
    """Take back what a recalled list was counted as, once; not where its round is locked."""
    held = Upload.objects.select_for_update(of=("self",)).select_related("round").get(pk=upload.pk)
    if held.round.state != Round.State.LOCKED:
        for participation, counted in _flows(held.flow):
            take_back_listed(participation, counted)
    Upload.objects.filter(pk=upload.pk).update(flow={})


def _flows(counted: Counted) -> Iterator[tuple[Participation, Flow]]:
    rows = Participation.objects.filter(pk__in=list(map(int, counted))).select_related("round").order_by("pk")
    for one in rows:
        own = counted[str(one.pk)]
        excluded = tuple(sorted((reason, number) for reason, number in own.items() if reason != LISTED))
        yield one, Flow(one.round.key, one.municipality_id, one.channel, listed=own[LISTED], excluded=excluded)
