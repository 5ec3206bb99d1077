"""What the room of delivery does by itself, over and over: take back, fetch bounces, forget."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery import bounce_mailbox, leasing, outbox, periodic, receipts
from lyhord.delivery.brakes import paces
from lyhord.delivery.models import Message

HASHES_LAST: Final = timedelta(days=30)  # as long as a bounce may take to come, with a wide margin


def take_back() -> int:
    """Take back what workers left that died."""
    with scope_of_everything("a worker that died may have held any organisation's messages"):
        return leasing.recover()


def fetch_bounces() -> int:
    """Read the mailbox of bounces, where the settings name one."""
    if not settings.BOUNCES_URL:
        return 0
    with scope_of_everything("a bounce's token tells whose message it is about"):
        return bounce_mailbox.read(bounce_mailbox.mailbox_from_url(settings.BOUNCES_URL))


def forget_old() -> int:
    """Forget early receipts after a day, and whom a finished message went to after thirty."""
    with scope_of_everything("forgetting knows no organisation"):
        old = Message.objects.filter(finished__lt=timezone.now() - HASHES_LAST).exclude(address_hash="")
        return receipts.forget_early() + old.update(address_hash="", **outbox.NOTHING_SEALED)


def register() -> None:
    """Register the room's recurring work."""
    periodic.register("delivery.take_back", timedelta(seconds=10), take_back)
    periodic.register("delivery.fetch_bounces", timedelta(minutes=1), fetch_bounces)
    periodic.register("delivery.forget_paces", timedelta(hours=1), paces.forget_old)
    periodic.register("delivery.forget_old", timedelta(days=1), forget_old)
