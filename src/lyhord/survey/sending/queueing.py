"""Handing invitations and reminders that are due to the outbox, and hearing what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lyhord.accounts.scope import scope
from lyhord.delivery.listeners import Event, News, listen
from lyhord.delivery.outbox import Draft, Priority, enqueue
from lyhord.measurements.counts.adding import add_flow
from lyhord.measurements.models import Participation, Round
from lyhord.method.tally import Flow
from lyhord.survey.contacts.models import Contact, ContactKey
from lyhord.survey.contacts.storing import forget, opened_with
from lyhord.survey.sending.links import link_for
from lyhord.survey.sending.models import Invitation, SendingPlan
from lyhord.survey.sending.plans import hours_of, plan_of, series_of
from lyhord.survey.sending.quota import is_full
from lyhord.survey.sending.wording import content_for

BATCH: Final = 500
INVITATION: Final = "invitation"
REMINDER: Final = "reminder"
State = Invitation.State


def queue_due(participation: Participation, now: datetime | None = None, limit: int = 20 * BATCH) -> int:
    """Queue what is due for the participation, within its scope; how many messages.

    Nothing while the plan is paused, outside its hours, when the quota is full or the round is not open.
    """
    now = now or timezone.now()
    plan = plan_of(participation)
    if plan.paused or participation.round.state != Round.State.OPEN or not hours_of(plan).holds(now):
        return 0
    queued = 0
    while queued < limit and not is_full(participation):
        with transaction.atomic():
            due = _due(participation, plan, now)
            queued += _queue(participation, plan, due) if due else 0
        if len(due) < BATCH:
            break
    return queued


def hear(news: News) -> None:
    """Note what became of an invitation's message. Hearing the same twice changes nothing."""
    if not news.reference.isdigit():
        return
    with scope(news.organisation_id):
        invitation = Invitation.objects.filter(pk=int(news.reference)).first()
        if invitation is not None:
            _note(invitation, news.event)


def listen_to_delivery() -> None:
    """Hear of invitations and reminders from now on."""
    listen(INVITATION, hear)
    listen(REMINDER, hear)


def _due(participation: Participation, plan: SendingPlan, now: datetime) -> list[Invitation]:
    """Invitations to send, and sent ones to remind of; only those who have not answered still have a nonce."""
    rows = Invitation.objects.filter(
        participation=participation, due__lte=now, nonce__isnull=False, contact__isnull=False
    )
    first = rows.filter(state=State.PLANNED)
    again = rows.filter(state=State.SENT, reminders__lt=plan.reminders)
    chosen = (first | again).order_by("due").values_list("pk", flat=True)[:BATCH]
    held = Invitation.objects.filter(pk__in=list(chosen)).select_for_update(of=("self",))
    return list(held.select_related("contact"))


def _queue(participation: Participation, plan: SendingPlan, due: Sequence[Invitation]) -> int:
    contacts = [one.contact for one in due if one.contact is not None]
    keys = dict(ContactKey.objects.filter(person__in=[one.person for one in contacts]).values_list("person", "wrapped"))
    drafts: list[Draft] = []
    for one in due:
        if one.contact is not None and one.contact.person in keys:
            address = opened_with(one.contact, bytes(keys[one.contact.person]))
            drafts.append(_draft(participation, plan, one, address))
    outcome = enqueue(participation.organisation, drafts)
    reminded = [one.pk for one in due if one.state == State.SENT]
    Invitation.objects.filter(pk__in=reminded).update(reminders=F("reminders") + 1)
    Invitation.objects.filter(pk__in=[one.pk for one in due]).update(state=State.QUEUED, due=None)
    _opted_out(int(draft.reference) for draft in outcome.suppressed)
    _count_invited(participation, sum(message.purpose == INVITATION for message in outcome.messages))
    return len(outcome.messages)


def _count_invited(participation: Participation, number: int) -> None:
    """Count them for the response rate. The invitation itself is erased when it is answered (docs/anonymity.md)."""
    if number:
        key = participation.round.key
        add_flow(participation, Flow(key, participation.municipality_id, participation.channel, invited=number))


def _draft(participation: Participation, plan: SendingPlan, invitation: Invitation, address: str) -> Draft:
    link, reminder = link_for(bytes(invitation.nonce or b"")), invitation.state == State.SENT
    return Draft(
        address=address,
        content=content_for(participation, plan, invitation.language, link, reminder=reminder),
        purpose=REMINDER if reminder else INVITATION,
        reference=str(invitation.pk),
        priority=Priority.BULK,
        series=series_of(participation),
    )


def _opted_out(numbers: Iterable[int]) -> None:
    """They are on the suppression list since they were handed over: nothing more is sent to them."""
    for number in numbers:
        invitation = Invitation.objects.select_related("contact").get(pk=number)
        end_sending(invitation, State.OPTED_OUT)


def end_sending(invitation: Invitation, state: Invitation.State) -> None:
    """Plan nothing more for an invitation and forget the person's address; the link itself goes on working."""
    contact: Contact | None = invitation.contact
    Invitation.objects.filter(pk=invitation.pk).update(state=state, due=None, contact=None)
    if contact is not None:
        forget([contact])


def _note(invitation: Invitation, event: Event) -> None:
    if event in (Event.FAILED, Event.BOUNCED):
        if invitation.state != State.OPTED_OUT:
            end_sending(invitation, State.FAILED)
        return
    if event != Event.SENT or invitation.state != State.QUEUED:
        return
    plan = plan_of(invitation.participation)
    due = None
    if invitation.reminders < plan.reminders:
        due = hours_of(plan).next_permitted(timezone.now() + timedelta(days=plan.reminder_days))
    Invitation.objects.filter(pk=invitation.pk, state=State.QUEUED).update(state=State.SENT, due=due)
