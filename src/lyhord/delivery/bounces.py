"""What a mail to a bounce address says: a report (RFC 3464, RFC 6533), a letter from Exchange, or no bounce."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from enum import StrEnum
from html import unescape
from typing import Final

from lyhord.delivery.mail_message import token_of_bounce
from lyhord.delivery.outcomes import failure_of

REPORTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
RECIPIENT_HEADERS: Final = ("X-Original-To", "Delivered-To", "To")
MOST_TEXT: Final = 20_000
BLANK: Final = re.compile(rb"\r?\n\r?\n")
TAG: Final = re.compile(r"<[^<>]*>")
NOT_DELIVERED: Final = re.compile(
    r"kan inte levereras|kunde inte levereras|det gick inte att leverera|inte kunnat levereras|"
    r"undeliverable|could not be delivered|delivery (?:has )?failed|delivery status notification \(failure\)|"
    r"returned mail|failure notice",
    re.IGNORECASE,
)
DELAYED: Final = re.compile(r"\bdelayed\b|fördröjd|försenad", re.IGNORECASE)
AUTOMATIC: Final = re.compile(r"auto-replied|auto_reply", re.IGNORECASE)


class Kind(StrEnum):
    """What came."""

    FAILED = "failed"
    DELAYED = "delayed"  # they are still trying
    RELAYED = "relayed"  # a report of success
    REPLY = "reply"  # somebody, or somebody's machine, wrote back
    UNREADABLE = "unreadable"  # a bounce that nobody taught us to read


@dataclass(frozen=True, slots=True)
class Bounce:
    """What came, about which message (``token``, empty where the mail does not tell) and why it failed."""

    kind: Kind
    token: str
    failure: str = ""


def bounce_of(raw: bytes, recipient: str = "") -> Bounce:
    """Read one mail. ``recipient`` is the envelope's, where it is known; else the headers are asked.

    No input makes it fail: what cannot be read is UNREADABLE.
    """
    mail = message_from_bytes(raw, policy=policy.default)
    token = token_of_bounce(recipient) or next(filter(None, map(token_of_bounce, _recipients(raw))), "")
    for block in _reported(raw):
        return _from_report(block, token)
    text = _text(mail)
    subject = _safe_header(mail, "Subject")
    if DELAYED.search(subject):
        return Bounce(Kind.DELAYED, token)
    if NOT_DELIVERED.search(f"{subject}\n{text}"):
        return Bounce(Kind.FAILED, token, failure_of(text))
    if _is_null(mail) and not AUTOMATIC.search(_safe_header(mail, "Auto-Submitted")):
        return Bounce(Kind.UNREADABLE, token)
    return Bounce(Kind.REPLY, token)


def _from_report(block: Message, token: str) -> Bounce:
    action = str(block.get("Action", "")).strip().lower()
    if action == "delayed":
        return Bounce(Kind.DELAYED, token)
    if action in {"delivered", "relayed", "expanded"}:
        return Bounce(Kind.RELAYED, token)
    status, diagnostic = str(block.get("Status", "")), str(block.get("Diagnostic-Code", ""))
    # A relay's own Status is often a plain 5.0.0; the remote server's words then say more.
    plain = status.strip().endswith(".0.0")
    return Bounce(Kind.FAILED, token, failure_of(diagnostic if plain and diagnostic else f"{status} {diagnostic}"))


def _reported(raw: bytes) -> Iterator[Message]:
    """The blocks about recipients in the mail's reports; the first block of each is about the report itself."""
    # compat32, since the newer policy refuses some malformed headers that servers do write
    for part in message_from_bytes(raw).walk():
        if part.get_content_type() in REPORTS:
            # as text, since the library takes the newer kind of report for an enclosed mail
            blocks = (message_from_bytes(piece) for piece in BLANK.split(part.as_bytes()))
            yield from (block for block in blocks if block.get("Action"))


def _recipients(raw: bytes) -> Iterator[str]:
    mail = message_from_bytes(raw)
    for name in RECIPIENT_HEADERS:
        for value in mail.get_all(name, []):
            yield from re.findall(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+", str(value))


def _text(mail: EmailMessage) -> str:
    """The readable words of the mail's own part, without markup."""
    try:
        body = mail.get_body(preferencelist=("plain", "html"))
        words = body.get_content() if body is not None else ""
    except (LookupError, ValueError, AttributeError, TypeError):  # malformed parts and unknown alphabets
        return ""
    return unescape(TAG.sub(" ", str(words)[:MOST_TEXT]))


def _safe_header(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail.get(name, ""))
    except (ValueError, IndexError, AttributeError):  # the library fails on some malformed headers
        return ""


def _is_null(mail: EmailMessage) -> bool:
    """Whether the envelope sender was empty, as it is for bounces."""
    return _safe_header(mail, "Return-Path").strip() == "<>" or "mailer-daemon" in _safe_header(mail, "From").lower()
