"""The daily ration: who among the waiting contacts is invited, drawn once a day by a seed that anyone may repeat."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from lyhord.measurements.models import Participation, Round
from lyhord.method.sampling import Period, ration
from lyhord.survey.contacts.models import Contact, Surveyed
from lyhord.survey.contacts.naming import FRESH
from lyhord.survey.contacts.storing import forget, insert
from lyhord.survey.sending.hours import Hours
from lyhord.survey.sending.links import hash_of, link_for, new_nonce
from lyhord.survey.sending.models import Invitation, SendingPlan
from lyhord.survey.sending.plans import hours_of, plan_of
from lyhord.survey.sending.quota import received

BATCH: Final = 500
SURVEYED: Final = ("organisation", "person", "since")
INVITATION: Final = (
    "participation", "contact", "nonce", "link_hash", "language", "state", "reminders", "due",
)  # fmt: skip
State = Invitation.State


def draw_today(participation: Participation, now: datetime | None = None) -> int | None:
    """Draw the day's ration once, when the day's sending begins, within the participation's scope; how many.

    None where nothing is drawn now: it is too early or no sending day, the plan is paused, the round is not open, or
    the day's ration has been drawn.
    """
    now = now or timezone.now()
    plan, today = plan_of(participation), timezone.localdate(now)
    if plan.paused or participation.round.state != Round.State.OPEN or not hours_of(plan).holds(now):
        return None
    with transaction.atomic():
        SendingPlan.objects.get_or_create(participation=participation)
        if not SendingPlan.objects.filter(pk=plan.pk).exclude(drawn_on__gte=today).update(drawn_on=today):
            return None
        _forget_stale(participation, now)
        drawn = _drawn(participation, period_of(participation, plan, today), today)
        _invite(participation, drawn, hours_of(plan), now)
    return len(drawn)


def seed_of(participation: Participation, day: date) -> str:
    """The seed of a day's draw: round, municipality, channel and day."""
    return f"{participation.round.key}|{participation.municipality_id}|{participation.channel}|{day.isoformat()}"


def period_of(participation: Participation, plan: SendingPlan, today: date) -> Period | None:
    """Where the participation stands; None where it has no quota and everyone is invited.

    Still expected are the answers of those who are yet to be sent to or reminded.
    """
    if participation.quota is None:
        return None
    ends = participation.round.ends
    open_still = Invitation.objects.filter(participation=participation, due__isnull=False).exclude(state=State.FAILED)
    return Period(
        quota=participation.quota,
        received=received(participation),
        days_left=max(1, sum(1 for _ in hours_of(plan).sending_days(today, ends))),
        response_rate=plan.response_rate,
        pending=plan.response_rate * open_still.count(),
    )


def _drawn(participation: Participation, period: Period | None, today: date) -> list[int]:
    """The ids of those whom the ration takes; only ids are held of all who wait, since they may be a million."""
    pool = [str(number) for number in _waiting(participation).values_list("pk", flat=True).iterator()]
    chosen = pool if period is None else ration(pool, period, seed_of(participation, today)).chosen
    return [int(number) for number in chosen]


def _waiting(participation: Participation) -> QuerySet[Contact]:
    """Those who wait and have not been invited through another channel meanwhile."""
    since = min(timezone.localdate() - timedelta(days=participation.round.quarantine_days), participation.round.starts)
    recent = Surveyed.objects.filter(since__gte=since)
    return Contact.objects.filter(
        ~Exists(recent.filter(person=OuterRef("person"))),
        ~Exists(recent.filter(person=OuterRef("also"))),
        participation=participation,
        state=Contact.State.WAITING,
    ).order_by("pk")


def _forget_stale(participation: Participation, now: datetime) -> None:
    """Those whom no ration chose while the contact was fresh: their addresses are kept no longer."""
    stale = Contact.objects.filter(
        participation=participation, state=Contact.State.WAITING, contacted__lt=now - FRESH
    ).only("pk", "person")
    while part := list(stale[:BATCH]):
        forget(part)


def _invite(participation: Participation, drawn: list[int], hours: Hours, now: datetime) -> None:
    """Give those who were drawn an invitation and note that they are surveyed, as plain rows: a day's may be many."""
    participation.require_scope()
    delay = timedelta(hours=participation.round.delays.get(participation.channel, 0))
    day = connection.ops.adapt_datefield_value(timezone.localdate(now))

    @lru_cache(maxsize=1024)
    def due(contacted: datetime) -> object:
        """When one who made contact then is sent to, as the database takes it."""
        return connection.ops.adapt_datetimefield_value(hours.next_permitted(max(contacted + delay, now)))

    for start in range(0, len(drawn), BATCH):
        rows = Contact.objects.filter(pk__in=drawn[start : start + BATCH])
        part = list(rows.order_by("pk").values_list("pk", "person", "also", "language", "contacted"))
        rows.update(state=Contact.State.DRAWN)
        people = [index for _, person, also, _, _ in part for index in (person, also) if index]
        Surveyed.objects.filter(person__in=people).delete()
        insert(Surveyed, SURVEYED, [(participation.organisation_id, person, day) for person in people])
        invitations = []
        for contact, _, _, language, contacted in part:
            nonce = new_nonce()
            hashed, planned = hash_of(link_for(nonce)), State.PLANNED.value
            invitations.append((participation.pk, contact, nonce, hashed, language or "sv", planned, 0, due(contacted)))
        insert(Invitation, INVITATION, invitations)
