"""Which calls an interviewer sees: today's, those to be graded, those that wait for a new plan, and those made."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from lyhord.accounts.models import User
from lyhord.measurements.models import Round
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.planning.probes import probes_of_today

State = Probe.State
MOST_DONE = 30


def begun(caller: User) -> QuerySet[Probe]:
    """The person's calls that are dialled and not finished, of any day, the oldest first; within the scope."""
    return _own(caller).filter(state=State.STARTED, round__state__in=(Round.State.OPEN, Round.State.CLOSED))


def done(caller: User) -> QuerySet[Probe]:
    """The person's latest calls that are done, the latest first."""
    return _own(caller).filter(state=State.DONE).order_by("-done_at", "-pk")[:MOST_DONE]


def next_call(caller: User, after: Probe | None = None) -> Probe | None:
    """The call to make now: of today's that are planned the first one, another than ``after``."""
    rows = probes_of_today(caller).filter(state=State.PLANNED)
    return (rows.exclude(pk=after.pk) if after else rows).first()


def may_be_made(probe: Probe) -> bool:
    """Whether the call may be made now: planned for today in an open round, or begun already."""
    if probe.state == State.STARTED:
        return True
    is_today = probe.due_at is not None and timezone.localdate(probe.due_at) == timezone.localdate()
    return probe.state == State.PLANNED and probe.round.state == Round.State.OPEN and is_today


def _own(caller: User) -> QuerySet[Probe]:
    rows = Probe.objects.filter(interviewer=caller, address="")
    return rows.select_related("municipality", "round", "persona").order_by("due_at", "pk")
