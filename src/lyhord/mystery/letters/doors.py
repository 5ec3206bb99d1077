"""The mail servers of each persona domain: where its letters leave and where its replies come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from django.conf import settings

from lyhord.delivery.bounce_mailbox import Mailbox as ImapDoor
from lyhord.delivery.bounce_mailbox import mailbox_from_url
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.gateways.choosing import route_from_url
from lyhord.delivery.gateways.smtp import Route
from lyhord.mystery.errors import MysteryError

SMTP_EXAMPLE: Final = "post.exempel.se=smtp://user:password@smtp.exempel.se:587?security=starttls"
IMAP_EXAMPLE: Final = "post.exempel.se=imaps://user:password@imap.exempel.se/INBOX"
T = TypeVar("T")


def routes() -> Mapping[str, Route]:
    """The server that each domain's letters leave by; it is greeted in the domain's name. MysteryError: see check."""
    found = _read("LYHORD_LETTERS_SMTP", settings.LETTERS_SMTP, SMTP_EXAMPLE, route_from_url)
    return {domain: replace(route, helo=domain) for domain, route in found.items()}


def mailboxes() -> Mapping[str, ImapDoor]:
    """The mailbox that all addresses of each domain lead to. MysteryError: see check."""
    return _read("LYHORD_LETTERS_IMAP", settings.LETTERS_IMAP, IMAP_EXAMPLE, mailbox_from_url)


def problems() -> list[str]:
    """What is wrong with the settings, without opening anything."""
    found: list[str] = []
    for read in (routes, mailboxes):
        try:
            read()
        except MysteryError as error:
            found.append(str(error))
    return found


def _read(name: str, text: str, example: str, read: Callable[[str], T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for word in text.split():
        domain, _, url = word.partition("=")
        try:
            found[domain.lower()] = read(url)
        except DeliveryError:
            raise MysteryError(
                f"{name} names no server for {domain or 'its first word'}: it looks like {example}."
            ) from None
    return found
