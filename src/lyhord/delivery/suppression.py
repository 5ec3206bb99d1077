"""The suppression list: addresses that get nothing more from an organisation, kept as keyed hashes only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils import timezone

from lyhord.delivery.contents import address_hash, checked_address
from lyhord.delivery.models import Channel, Suppression

BATCH: Final = 500


def suppress(organisation_id: int, channel: Channel | str, address: str, reason: Suppression.Reason) -> None:
    """Put an address on the organisation's list. Doing it twice changes nothing."""
    digest = address_hash(organisation_id, channel, checked_address(channel, address))
    suppress_hash(organisation_id, channel, digest, reason)


def suppress_hash(organisation_id: int, channel: Channel | str, digest: str, reason: Suppression.Reason) -> None:
    """Put a hashed address on the list; the first reason stays. An empty hash (a forgotten address) lists nobody."""
    if digest:
        Suppression.objects.get_or_create(
            organisation_id=organisation_id,
            channel=channel,
            address_hash=digest,
            defaults={"reason": reason, "since": timezone.localdate()},
        )


def is_suppressed(organisation_id: int, channel: Channel | str, address: str) -> bool:
    """Whether the organisation sends nothing to the address."""
    digest = address_hash(organisation_id, channel, checked_address(channel, address))
    return bool(listed(organisation_id, [digest]))


def release(organisation_id: int, channel: Channel | str, address: str) -> bool:
    """Take an address off the list, as when it was mistyped or its owner asks; whether it was there."""
    digest = address_hash(organisation_id, channel, checked_address(channel, address))
    gone, _ = Suppression.objects.filter(organisation_id=organisation_id, channel=channel, address_hash=digest).delete()
    return bool(gone)


def listed(organisation_id: int, digests: Iterable[str]) -> set[str]:
    """Which of these hashes are on the organisation's list; a hash holds its channel."""
    wanted = list(dict.fromkeys(digests))
    found: set[str] = set()
    for start in range(0, len(wanted), BATCH):
        rows = Suppression.objects.filter(
            organisation_id=organisation_id, address_hash__in=wanted[start : start + BATCH]
        )
        found.update(rows.values_list("address_hash", flat=True))
    return found


def listed_anywhere(digests: Iterable[str]) -> set[str]:
    """Which of these hashes are on any list of the scope; a hash holds its organisation."""
    return set(Suppression.objects.filter(address_hash__in=list(digests)).values_list("address_hash", flat=True))
