"""Work that recurs: each job is done once in each of its slots, by whichever worker takes the slot first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.models import Firing

KEPT: Final = timedelta(days=7)
EPOCH: Final = datetime(2020, 1, 6, tzinfo=UTC)  # a Monday, so that slots of a week begin on one


@dataclass(frozen=True, slots=True)
class Job:
    """Done every ``every``, counted from midnight UTC. A slot whose worker died is not done again: the next one is.

    The function takes the scopes that it needs itself and must take being interrupted.
    """

    name: str
    every: timedelta
    function: Callable[[], object]

    def slot(self, now: datetime) -> datetime:
        """The beginning of the slot that ``now`` lies in."""
        return now - (now - EPOCH) % self.every


_jobs: Final[dict[str, Job]] = {}


def register(name: str, every: timedelta, function: Callable[[], object]) -> Job:
    """Let workers do this from now on. DeliveryError where another job has the name or the interval is too short."""
    if every < timedelta(seconds=1):
        raise DeliveryError(f"The job {name} would recur every {every}; a second is the least.")
    job = Job(name, every, function)
    if _jobs.setdefault(name, job) != job:
        raise DeliveryError(f"Two jobs are called {name}; give one of them another name.")
    return job


def jobs() -> tuple[Job, ...]:
    """Every registered job, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))


def take(job: Job, now: datetime) -> bool:
    """Take the job's present slot; False where it has been taken, by this worker or another."""
    slot = job.slot(now)
    if Firing.objects.filter(job=job.name, slot=slot).exists():
        return False
    try:
        with transaction.atomic():
            Firing.objects.create(job=job.name, slot=slot)
    except IntegrityError:
        return False
    Firing.objects.filter(job=job.name, slot__lt=slot - max(KEPT, 2 * job.every)).delete()
    return True
