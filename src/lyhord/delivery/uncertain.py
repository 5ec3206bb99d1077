"""Messages of which nobody knows whether they left: what a person needs to find out, and what the person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.delivery import outbox
from lyhord.delivery.contents import opened_from
from lyhord.delivery.errors import SealError
from lyhord.delivery.models import Channel, Message, State
from lyhord.delivery.outcomes import Failure

MOST: Final = 100
SHOWN_DIGITS: Final = 4
WHY: Final = MappingProxyType(
    {
        Failure.CONNECTION: gettext_lazy("Förbindelsen bröts innan svaret kom."),
        Failure.LOST: gettext_lazy("Programmet avbröts medan meddelandet skickades."),
        Failure.BUSY: gettext_lazy("Bara en del av meddelandet togs emot."),
    }
)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One of them. ``address`` is masked; empty where the message has been forgotten and cannot be sent again."""

    pk: int
    is_sms: bool
    address: str
    at: datetime | None
    why: str | Promise


def uncertain() -> list[Uncertain]:
    """The oldest of the scope's uncertain messages."""
    rows = Message.objects.filter(state=State.UNKNOWN).select_related("key").order_by("finished", "pk")[:MOST]
    return [_shown(message) for message in rows]


def how_many() -> int:
    """How many of the scope's messages are uncertain."""
    return Message.objects.filter(state=State.UNKNOWN).count()


@transaction.atomic
def settle(message: Message, *, was_sent: bool, by: Acting | None) -> bool:
    """A person has found out; written down. It counts as sent, or is sent once more. False where it is not uncertain.

    A message that has been forgotten can only count as sent.
    """
    done = outbox.leave_be(message.pk) if was_sent else outbox.send_again(message.pk)
    if done:
        action = "message.counted_as_sent" if was_sent else "message.sent_again"
        record(action, message, by=by, organisation=message.organisation)
    return done


def masked(address: str) -> str:
    """As much of an address as it takes to find it in a log."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}" if at else f"…{address[-SHOWN_DIGITS:]}"


def _shown(message: Message) -> Uncertain:
    try:
        address = masked(opened_from(message)[0])
    except SealError:
        address = ""
    why = WHY.get(Failure(message.failure), "") if message.failure in set(Failure) else ""
    return Uncertain(message.pk, message.channel == Channel.SMS, address, message.finished, why)
