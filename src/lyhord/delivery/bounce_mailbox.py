"""The mailbox that bounces come to, read over IMAP."""

from __future__ import annotations

import imaplib
import logging
import re
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from lyhord.delivery.bounces import Kind
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.receipts import apply_bounce

EXAMPLE: Final = "imaps://user:password@imap.exempel.se/INBOX"
TIMEOUT: Final = 30.0
AT_ONCE: Final = 200
LARGEST: Final = 1_000_000
SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
FOR_A_PERSON: Final = frozenset({Kind.REPLY, Kind.UNREADABLE})
log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An IMAP folder."""

    host: str
    port: int
    username: str
    password: str
    folder: str
    tls: bool


def mailbox_from_url(url: str) -> Mailbox:
    """The folder in an ``imap://`` or ``imaps://`` address; DeliveryError, without the address, where it is none."""
    refused = DeliveryError(f"LYHORD_BOUNCES_URL names no mailbox; it looks like {EXAMPLE}.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refused from None
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise refused
    tls = parts.scheme == "imaps"
    username, password = unquote(parts.username), unquote(parts.password or "")
    return Mailbox(parts.hostname, port or (993 if tls else 143), username, password, parts.path[1:] or "INBOX", tls)


def problems(url: str) -> list[str]:
    """What is wrong with the setting; nothing where it is empty or right."""
    try:
        if url:
            mailbox_from_url(url)
    except DeliveryError as error:
        return [str(error)]
    return []


def read(mailbox: Mailbox) -> int:
    """Apply the bounces that nobody has read and remove them, since they hold addresses; how many were read.

    What is no bounce, and what cannot be read as one, stays for a person, marked as seen. DeliveryError where the
    mailbox cannot be opened.
    """
    try:
        with _opened(mailbox) as server:
            server.login(mailbox.username, mailbox.password)
            server.select(f'"{mailbox.folder}"')
            _, found = server.uid("SEARCH", "UNSEEN")
            numbers = found[0].split()[:AT_ONCE] if found and found[0] else []
            for number in numbers:
                _read_one(server, number.decode())
            server.expunge()
    except (OSError, imaplib.IMAP4.error) as error:
        raise DeliveryError(f"The mailbox of bounces at {mailbox.host} cannot be read: {error}") from error
    return len(numbers)


def _read_one(server: imaplib.IMAP4, number: str) -> None:
    _, told = server.uid("FETCH", number, "(RFC822.SIZE)")
    size = SIZE.search(told[0]) if told and isinstance(told[0], bytes) else None
    kind = Kind.UNREADABLE
    if size and int(size.group(1)) <= LARGEST:
        _, parts = server.uid("FETCH", number, "(BODY.PEEK[])")
        raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        kind = apply_bounce(raw).kind
    if kind in FOR_A_PERSON:
        log.warning("A mail in the mailbox of bounces is for a person to read (%s)", kind)
    server.uid("STORE", number, "+FLAGS", "(\\Seen)" if kind in FOR_A_PERSON else "(\\Deleted)")


def _opened(mailbox: Mailbox) -> imaplib.IMAP4:
    if mailbox.tls:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=TIMEOUT)
    return imaplib.IMAP4(mailbox.host, mailbox.port, timeout=TIMEOUT)
