"""Builders for sending: contacts drawn and queued at a moment when messages may leave."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from builders_records import organisation_of
from lyhord.accounts.scope import scope
from lyhord.delivery.contents import Content, opened_from
from lyhord.delivery.listeners import Event, News
from lyhord.delivery.models import Message
from lyhord.measurements.models import Participation
from lyhord.survey.contacts.models import Contact
from lyhord.survey.sending.drawing import draw_today
from lyhord.survey.sending.hours import Hours
from lyhord.survey.sending.models import Invitation
from lyhord.survey.sending.queueing import hear, queue_due
from survey.contacts.handing_over import brilliant, handed

HOURS = Hours(time(9), time(19))


def sending_moment(days: int = 1) -> datetime:
    """A moment so many days from now, or the first after it, at which messages may leave."""
    return HOURS.next_permitted(timezone.now() + timedelta(days=days)) + timedelta(minutes=5)


def waiting(participation: Participation, count: int = 3, before: timedelta = timedelta(hours=1)) -> None:
    """So many contacts who wait, with their contact that long before the next sending moment."""
    if participation.channel == "tel":
        handed(brilliant(*(f"07017{number:05}" for number in range(count))))
    else:
        handed(brilliant(*(f"person{number}@example.org" for number in range(count))))
    with scope(organisation_of()):
        Contact.objects.filter(participation=participation).update(contacted=sending_moment() - before)


def drawn(participation: Participation, now: datetime | None = None) -> int | None:
    """How many the day's ration took."""
    with scope(participation.organisation_id):
        return draw_today(participation, now or sending_moment())


def queued(participation: Participation, now: datetime | None = None) -> int:
    """How many messages went to the outbox."""
    with scope(participation.organisation_id):
        return queue_due(participation, now or sending_moment())


def outbox_of(participation: Participation) -> list[tuple[str, str, Content]]:
    """What waits in the outbox: purpose, address and content, in order."""
    with scope(participation.organisation_id):
        rows = Message.objects.filter(state="queued").select_related("key").order_by("pk")
        return [(one.purpose, *opened_from(one)) for one in rows]


def told(participation: Participation, event: Event, purpose: str = "invitation") -> None:
    """Delivery tells of an event of every message in the outbox."""
    with scope(participation.organisation_id):
        messages = list(Message.objects.filter(purpose=purpose))
    for one in messages:
        hear(News(event, one.pk, one.organisation_id, one.channel, one.purpose, one.reference))


def states_of(participation: Participation) -> list[str]:
    """The states of the participation's invitations."""
    with scope(participation.organisation_id):
        return sorted(Invitation.objects.filter(participation=participation).values_list("state", flat=True))
