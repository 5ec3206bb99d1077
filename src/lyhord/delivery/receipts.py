"""What comes back about messages that have left, written into their rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lyhord.delivery import bounces, suppression
from lyhord.delivery.bounces import Bounce, Kind
from lyhord.delivery.brakes import holds
from lyhord.delivery.gateways.contract import Receipt
from lyhord.delivery.leasing import announce
from lyhord.delivery.listeners import Event
from lyhord.delivery.models import Channel, EarlyReceipt, Message, MessageKey, Sender, State, Suppression
from lyhord.delivery.outbox import NOTHING_SEALED, pause
from lyhord.delivery.outcomes import Failure

ARRIVED: Final = "delivered"
EARLY_FOR: Final = timedelta(days=1)
# Delivered is the last word; a receipt may also tell what became of a message whose handing over nobody saw the end of.
OPEN: Final = (State.SENDING, State.SENT, State.UNKNOWN)
PAUSED: Final = "Flera mottagande servrar avvisar avsändaren; kontrollera SPF, DKIM och DMARC."


def apply(receipt: Receipt) -> bool:
    """Record a receipt; whether it changed anything. Told twice, it changes nothing the second time.

    One that comes before its message is known to have been sent is kept for a day.
    """
    about = Q(token=receipt.token) if receipt.token else Q(provider_reference__in=receipt.references)
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(about, channel=Channel.SMS).first()
        if message is None:
            _keep(receipt)
            return False
        return _told(message, delivered=receipt.delivered, failure=receipt.failure)


def apply_early(references: Iterable[str]) -> int:
    """Record the receipts that were there before the messages with these names; how many changed something."""
    names = [name for name in references if name]
    if not names:
        return 0
    kept = list(EarlyReceipt.objects.filter(provider_reference__in=names))
    changed = 0
    for early in kept:
        delivered = early.outcome == ARRIVED
        failure = "" if delivered else early.outcome
        changed += apply(Receipt(delivered, failure, references=(early.provider_reference,)))
    EarlyReceipt.objects.filter(pk__in=[early.pk for early in kept]).delete()
    return changed


def forget_early() -> int:
    """Remove early receipts that nobody asked for within a day; how many."""
    return EarlyReceipt.objects.filter(at__lt=timezone.now() - EARLY_FOR).delete()[0]


def apply_bounce(raw: bytes, recipient: str = "") -> Bounce:
    """Record what a mail to a bounce address tells; what was read from it.

    An address that does not exist is suppressed. A full mailbox is not. Refusals that are about us pause the sender
    when they come in a burst.
    """
    bounce = bounces.bounce_of(raw, recipient)
    if bounce.kind is not Kind.FAILED or not bounce.token:
        return bounce
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(token=bounce.token, channel=Channel.EMAIL).first()
        if message is not None:
            _told(message, delivered=False, failure=bounce.failure)
    return bounce


def note_refusals(messages: Iterable[Message]) -> None:
    """What follows from refusals at handing over: unknown addresses are suppressed, a burst against us pauses."""
    for message in messages:
        _follow(message)


def _told(message: Message, *, delivered: bool, failure: str) -> bool:
    if message.state not in OPEN:
        return False
    message.state = State.DELIVERED if delivered else State.FAILED
    message.failure = failure
    changes = {"state": message.state, "failure": failure, "finished": timezone.now(), "leased_until": None}
    Message.objects.filter(pk=message.pk).update(fence="", **changes, **NOTHING_SEALED)
    MessageKey.objects.filter(pk=message.pk).delete()
    bounced = failure == Failure.ADDRESS
    announce([message], Event.DELIVERED if delivered else Event.BOUNCED if bounced else Event.FAILED, failure)
    _follow(message)
    return True


def _follow(message: Message) -> None:
    if message.failure == Failure.ADDRESS:
        owner, digest = message.organisation_id, message.address_hash
        suppression.suppress_hash(owner, message.channel, digest, Suppression.Reason.BOUNCED)
        holds.stop_where_needed(message)
    elif message.failure == Failure.POLICY:
        holds.stop_where_needed(message)
        _pause_at_burst(message.organisation_id)


def _pause_at_burst(organisation_id: int) -> None:
    """Messages of no series pause their sender; a series is held by itself."""
    since = timezone.now() - holds.BURST_WITHIN
    refused = Message.objects.filter(
        organisation_id=organisation_id, series="", state=State.FAILED, failure=Failure.POLICY, finished__gte=since
    )
    if refused.count() >= holds.BURST and Sender.objects.filter(pk=organisation_id, paused="").exists():
        pause(organisation_id, PAUSED)


def _keep(receipt: Receipt) -> None:
    if receipt.references:
        outcome = ARRIVED if receipt.delivered else receipt.failure
        EarlyReceipt.objects.update_or_create(
            provider_reference=receipt.references[0], defaults={"outcome": outcome, "at": timezone.now()}
        )
