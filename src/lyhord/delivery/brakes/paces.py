"""Places in time for e-mail to each receiving domain, shared by every worker: two workers do not send twice as fast."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.db import transaction

from lyhord.delivery.brakes.models import Pace
from lyhord.delivery.contents import house_keys
from lyhord.delivery.rates import Queue

KEPT: Final = timedelta(hours=1).total_seconds()
Recipient = tuple[int, str]  # organisation and domain
Place = tuple[bool, float]


def places(recipients: Sequence[Recipient], per_second: float) -> list[Place]:
    """For each in order: whether there is a place soon, and how many seconds to wait, for it or before asking again.

    One query to read and one to write for all of them. ``per_second`` 0, or no domain: nobody waits.
    """
    if not per_second or not any(domain for _, domain in recipients):
        return [(True, 0.0)] * len(recipients)
    keys = {one: house_keys().digest("pace", str(one[0]), one[1]) for one in recipients if one[1]}
    now = time.time()
    with transaction.atomic():
        wanted = sorted(set(keys.values()))
        Pace.objects.bulk_create([Pace(key=key) for key in wanted], ignore_conflicts=True)
        rows = {row.key: row for row in Pace.objects.select_for_update().filter(key__in=wanted).order_by("key")}
        queues = {key: Queue(row.free, row.beyond) for key, row in rows.items()}
        found = [queues[keys[one]].place(per_second, now) if one[1] else (True, 0.0) for one in recipients]
        for key, queue in queues.items():
            rows[key].free, rows[key].beyond = queue.free, queue.beyond
        Pace.objects.bulk_update(list(rows.values()), ["free", "beyond"])
    return found


def forget_old() -> int:
    """Remove the paces of domains that nothing was sent to for an hour; how many."""
    return Pace.objects.filter(free__lt=time.time() - KEPT, beyond__lt=time.time() - KEPT).delete()[0]
