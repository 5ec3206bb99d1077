"""One e-mail as it was read: frozen, bounded, and with what could not be read told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fault(StrEnum):
    """What kept the letter, or a part of it, from being read as it stands."""

    TOO_LARGE = "too_large"  # more than 25 MB: only the beginning was read
    TOO_DEEP = "too_deep"  # parts within parts beyond the limit were left out
    TOO_MANY_PARTS = "too_many_parts"
    HEADERS_CUT = "headers_cut"  # more or longer header fields than any letter needs
    TEXT_CUT = "text_cut"  # the text is longer than what is read of it
    CHARSET_REPAIRED = "charset_repaired"  # the declared character set was wrong or missing
    UNDECODABLE = "undecodable"  # a part's base64 or the like was broken; what could be decoded stands
    NO_TEXT = "no_text"  # no plain text and no HTML


@dataclass(frozen=True, slots=True)
class Person:
    """A sender or recipient: the name shown, and the address in lower case."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """What was attached; it is never opened. ``size`` is in bytes as sent, still encoded."""

    name: str
    content_type: str
    size: int
    inline: bool  # a picture that the text shows, such as a logotype


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The head of a letter attached as ``message/rfc822``; its text is not read."""

    message_id: str
    subject: str
    sender: Person
    refers_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a mail server reports of one recipient (RFC 3464): ``failed``, ``delayed`` …, and its status code."""

    recipient: str
    action: str
    status: str


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail, read. Nothing of it has been judged yet.

    ``recipients`` are the addresses of To, Cc and the headers that servers add, in lower case, the surest first.
    ``date`` is what the sender's clock said: never measure time by it. ``text`` is the plain text, made from the HTML
    only where there is no plain text; links stand in it as ``words <https://…>``. ``headers`` has lower-case names.
    """

    subject: str
    sender: Person
    recipients: tuple[str, ...]
    date: datetime | None
    message_id: str
    refers_to: tuple[str, ...]  # In-Reply-To and References, without angle brackets
    headers: Mapping[str, tuple[str, ...]]
    text: str
    from_html: bool
    attachments: tuple[Attachment, ...]
    enclosed: tuple[Enclosed, ...]
    reports: tuple[DeliveryReport, ...]
    content_type: str
    faults: frozenset[Fault]
