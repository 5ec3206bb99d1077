"""Raw bytes to a frozen Letter: whatever was sent is read, and what could not be read is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Final

from lyhord.text.replies.encodings import decoded, header_text, tidied
from lyhord.text.replies.letter import Attachment, DeliveryReport, Enclosed, Fault, Letter, Person
from lyhord.text.replies.markup import plain_text
from lyhord.text.replies.mime import Part, first, headed, split

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_TEXT_BYTES: Final = 2 * 1024 * 1024
MOST_TEXT: Final = 200_000
MOST_NAMED: Final = 200
RECIPIENTS: Final = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to", "cc")
REPORTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
ENCLOSED: Final = frozenset({"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"})
_ADDRESS: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255}")
_ID: Final = re.compile(r"<([^<>\s]{1,500})>")
_BLANK: Final = re.compile(r"\n[ \t]{0,10}\n")
_CODE: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_SOFT: Final = re.compile(r"(?<=[^\n ]) \n(?![>\n ]|-- )")


def read_letter(raw: bytes) -> Letter:
    """The letter in ``raw`` (RFC 5322). No input makes it fail; ``faults`` tells what was lost or repaired."""
    headers, parts, faults = split(raw[:MOST_BYTES])
    bodies = [part for part in parts if not _is_attached(part)]
    text, from_html, text_faults = _text_of(bodies)
    found = set(faults | text_faults)
    if len(raw) > MOST_BYTES:
        found.add(Fault.TOO_LARGE)
    kind = Part(headers, b"").content_type
    return Letter(
        subject=header_text(first(headers, "subject")),
        sender=person_of(first(headers, "from")),
        recipients=_recipients(headers),
        date=_date(first(headers, "date")),
        message_id=next(iter(_ids(headers, ("message-id",))), ""),
        refers_to=_ids(headers, ("in-reply-to", "references")),
        headers=MappingProxyType(dict(headers)),
        text=text,
        from_html=from_html,
        attachments=tuple(_attachment(part) for part in parts if _is_file(part)),
        enclosed=tuple(_enclosed(part) for part in parts if part.content_type in ENCLOSED),
        reports=tuple(report for part in parts if part.content_type in REPORTS for report in _reports(part)),
        content_type=kind,
        faults=frozenset(found),
    )


def person_of(value: str) -> Person:
    """The first person of an address field."""
    words = header_text(value[:2_000])
    found = list(_ADDRESS.finditer(words))
    if not found:
        return Person(words.strip('"<> '), "")
    name = words[: found[0].start()].strip().rstrip("<").strip().strip("\"'").strip()
    return Person(name, found[0].group().lower())


def _recipients(headers: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    named = (value for name in RECIPIENTS for value in headers.get(name, ())[:20])
    return _unique(address.lower() for value in named for address in _ADDRESS.findall(value))


def _ids(headers: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> tuple[str, ...]:
    return _unique(found for name in names for value in headers.get(name, ())[:5] for found in _ID.findall(value))


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:MOST_NAMED]


def _date(value: str) -> datetime | None:
    try:
        stated = parsedate_to_datetime(value[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return stated if stated.tzinfo else stated.replace(tzinfo=UTC)


def _is_attached(part: Part) -> bool:
    return first(part.headers, "content-disposition").strip().lower().startswith("attachment")


def _is_file(part: Part) -> bool:
    kind = part.content_type
    if kind in REPORTS or kind in ENCLOSED or kind == "message/disposition-notification":
        return False
    return _is_attached(part) or not kind.startswith("text/")


def _attachment(part: Part) -> Attachment:
    name = part.parameter("filename", "content-disposition") or part.parameter("name")
    pictured = part.content_type.startswith("image/") and not _is_attached(part)
    return Attachment(tidied(name)[:200], part.content_type[:100], len(part.body), pictured)


def _text_of(parts: Iterable[Part]) -> tuple[str, bool, frozenset[Fault]]:
    plain: list[str] = []
    marked: list[str] = []
    faults: set[Fault] = set()
    for part in parts:
        kind = part.content_type
        if kind not in ("text/plain", "text/html"):
            continue
        content, lost = part.content(MOST_TEXT_BYTES)
        text, repaired = decoded(content, part.parameter("charset") or "utf-8")
        faults |= lost | ({Fault.CHARSET_REPAIRED} if repaired else set())
        if kind == "text/html":
            marked.append(text)
        else:
            flowed = part.parameter("format").lower() == "flowed"
            plain.append(_SOFT.sub(" ", tidied(text)) if flowed else tidied(text))
    text = "\n".join(plain).strip("\n")
    from_html = not text.strip() and bool(marked)
    if from_html:
        text = tidied("\n".join(map(plain_text, marked))).strip("\n")
    faults |= {Fault.NO_TEXT} if not text.strip() else set()
    faults |= {Fault.TEXT_CUT} if len(text) > MOST_TEXT else set()
    return text[:MOST_TEXT], from_html, frozenset(faults)


def _enclosed(part: Part) -> Enclosed:
    headers = headed(part.content(MOST_TEXT_BYTES)[0])[0]
    return Enclosed(
        message_id=next(iter(_ids(headers, ("message-id",))), ""),
        subject=header_text(first(headers, "subject")),
        sender=person_of(first(headers, "from")),
        refers_to=_ids(headers, ("in-reply-to", "references")),
    )


def _reports(part: Part) -> list[DeliveryReport]:
    text = tidied(decoded(part.content(MOST_TEXT_BYTES)[0][:100_000], "utf-8")[0])
    found = []
    for block in _BLANK.split(text, maxsplit=MOST_NAMED):
        fields = headed(block.strip("\n").encode("utf-8", errors="replace"))[0]
        recipient = first(fields, "final-recipient") or first(fields, "original-recipient")
        action = first(fields, "action").strip().lower()[:20]
        if recipient and action:
            address = _ADDRESS.search(recipient)
            code = _CODE.search(first(fields, "status"))
            found.append(DeliveryReport(address[0].lower() if address else "", action, code[0] if code else ""))
    return found
