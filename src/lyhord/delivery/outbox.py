"""What rooms above do with the outbox: queue messages, cancel and forget them, pause an organisation, decide."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from lyhord.accounts.models import Organisation
from lyhord.delivery import suppression
from lyhord.delivery.contents import Content, address_hash, checked_address, checked_content, sealed_into
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.listeners import Event, News, tell
from lyhord.delivery.models import WAITING, Message, MessageKey, Sender, State

BATCH: Final = 1000
TOKEN_BYTES: Final = 16


class Priority(IntEnum):
    """Who goes first within an organisation. The claim asks for each of these and no other."""

    URGENT = 1  # somebody waits for it now: a test message, a code
    NORMAL = 5
    BULK = 9


@dataclass(frozen=True, slots=True)
class Draft:
    """One message to queue. ``due`` None is now; ``reference`` is the caller's own id, told back with the news.

    ``series`` is the caller's own word for what is held and let go together.
    """

    address: str
    content: Content
    purpose: str
    reference: str = ""
    due: datetime | None = None
    priority: Priority = Priority.NORMAL
    series: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """What was queued, and what was not since its address is on the suppression list."""

    messages: tuple[Message, ...]
    suppressed: tuple[Draft, ...]


def new_token() -> str:
    """128 random bits that survive a mail server that writes addresses in small letters."""
    return base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().rstrip("=").lower()


def enqueue(organisation: Organisation, drafts: Iterable[Draft]) -> Queued:
    """Queue the drafts in one transaction; nothing where one of them cannot be sent (DeliveryError)."""
    hashed = [_hashed(organisation, draft) for draft in drafts]
    listed = suppression.listed(organisation.pk, [digest for _, _, digest in hashed])
    kept = [one for one in hashed if one[2] not in listed]
    with transaction.atomic():
        messages: list[Message] = []
        for start in range(0, len(kept), BATCH):
            messages += _stored(organisation, kept[start : start + BATCH])
    return Queued(tuple(messages), tuple(draft for draft, _, digest in hashed if digest in listed))


def cancel(messages: Iterable[int]) -> int:
    """Cancel what has not begun to leave; how many. A message that is being sent is not among them."""
    ids = list(messages)
    with transaction.atomic():
        done = Message.objects.filter(pk__in=ids, state__in=WAITING).update(
            state=State.CANCELLED, fence="", leased_until=None, finished=timezone.now(), **NOTHING_SEALED
        )
        MessageKey.objects.filter(pk__in=ids, message__state=State.CANCELLED).delete()
    return done


def hold(reference: str) -> None:
    """Keep messages about ``reference`` from whoever would settle them, until the transaction ends.

    A worker that settles holds its messages and then tells the rooms, which hold what the messages are about. Who takes
    them in the other order must call this first, or PostgreSQL finds a deadlock and lets one of the two fail.
    """
    if connection.features.has_select_for_update:
        rows = Message.objects.exclude(reference="").filter(reference=reference).order_by("pk")
        list(rows.select_for_update().values_list("pk", flat=True))


def forget(reference: str) -> int:
    """Erase what ties messages about ``reference`` to a person: key, address, body, hash and the reference itself.

    What waits is cancelled first. Called when a person has answered or asked to be erased; how many rows it touched.
    A late bounce of a forgotten message suppresses nobody.
    """
    if not reference:
        raise DeliveryError("Nothing can be forgotten without a reference: it would mean every message that has none.")
    # The index's own condition stands in the query too: SQLite uses a partial index only then.
    about = Message.objects.exclude(reference="").filter(reference=reference)
    with transaction.atomic():
        ids = list(about.values_list("pk", flat=True))
        cancel(ids)
        MessageKey.objects.filter(pk__in=ids).delete()
        return about.update(reference="", address_hash="", **NOTHING_SEALED)


def pause(organisation: Organisation | int, reason: str) -> None:
    """Send nothing more for the organisation until ``resume``; what is on its way goes. ``reason`` is shown."""
    number = organisation if isinstance(organisation, int) else organisation.pk
    if not reason or not Sender.objects.filter(pk=number).update(paused=reason[:200]):
        raise DeliveryError(f"Organisation {number} has no sender to pause, or no reason was given.")


def resume(organisation: Organisation | int) -> None:
    """Send again."""
    number = organisation if isinstance(organisation, int) else organisation.pk
    Sender.objects.filter(pk=number).update(paused="")


def send_again(message_id: int) -> bool:
    """A person's decision: an uncertain message is sent once more. False where it is not uncertain, or forgotten."""
    waiting = Message.objects.filter(pk=message_id, state=State.UNKNOWN, key__isnull=False)
    return bool(waiting.update(state=State.QUEUED, fence="", finished=None, failure="", due=timezone.now()))


def leave_be(message_id: int) -> bool:
    """A person's decision: an uncertain message counts as sent, and its room is told so. False where it is certain."""
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=message_id, state=State.UNKNOWN).first()
        if message is None:
            return False
        Message.objects.filter(pk=message_id).update(state=State.SENT, failure="", **NOTHING_SEALED)
        MessageKey.objects.filter(pk=message_id).delete()
        tell(
            News(
                Event.SENT,
                message.pk,
                message.organisation_id,
                message.channel,
                message.purpose,
                message.reference,
            )
        )
    return True


NOTHING_SEALED: Final[dict[str, None]] = {"sealed_address": None, "sealed_body": None}
Hashed = tuple[Draft, str, str]


def _hashed(organisation: Organisation, draft: Draft) -> Hashed:
    channel = checked_content(draft.content).channel
    address = checked_address(channel, draft.address)
    return draft, address, address_hash(organisation.pk, channel, address)


def _stored(organisation: Organisation, drafts: Iterable[Hashed]) -> list[Message]:
    now = timezone.now()
    rows: list[Message] = []
    wrapped: list[bytes] = []
    for draft, address, digest in drafts:
        message = Message(
            organisation=organisation,
            channel=draft.content.channel,
            purpose=draft.purpose,
            reference=draft.reference,
            series=draft.series,
            token=new_token(),
            priority=draft.priority,
            due=draft.due or now,
            address_hash=digest,
        )
        wrapped.append(sealed_into(message, address, draft.content))
        rows.append(message)
    rows = Message.objects.bulk_create(rows)
    MessageKey.objects.bulk_create(
        MessageKey(message=message, wrapped=key) for message, key in zip(rows, wrapped, strict=True)
    )
    return rows
