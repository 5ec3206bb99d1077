"""What a message says and to whom, and how that is sealed into the outbox and opened again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from lyhord.delivery import sealing
from lyhord.delivery.errors import DeliveryError, SealError
from lyhord.delivery.models import Channel, Message
from lyhord.delivery.sms_text import MOST_PARTS, sms_text

PHONE: Final = re.compile(r"\+[1-9][0-9]{6,14}")
LOCAL_PART: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
BREAKS: Final = re.compile(r"[\r\n\0]")


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail. ``html`` empty: plain text alone. ``unsubscribe_url`` gives the one-click headers (RFC 8058).

    ``automatic`` says so in the headers, so that nobody's machine answers. ``sender`` replaces the organisation's own
    From, as ``address`` or ``Name <address>``; it is then also where bounces go.
    """

    subject: str
    text: str
    html: str = ""
    unsubscribe_url: str = ""
    automatic: bool = True
    sender: str = ""

    @property
    def channel(self) -> Channel:
        """E-mail."""
        return Channel.EMAIL


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message, sent as it stands; see ``sms_text.plain``."""

    text: str

    @property
    def channel(self) -> Channel:
        """SMS."""
        return Channel.SMS


Content = Email | Sms


def checked_address(channel: Channel | str, address: str) -> str:
    """The address as it is sent to and compared: E.164, or e-mail with the domain in small ASCII letters.

    DeliveryError without the address in its message, since messages are logged.
    """
    if channel == Channel.SMS:
        if not PHONE.fullmatch(address):
            raise DeliveryError("A phone number is not in the form +46701234567; normalise it before it is queued.")
        return address
    local, _, domain = address.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    if not LOCAL_PART.fullmatch(local) or not DOMAIN.fullmatch(domain):
        raise DeliveryError("An e-mail address has no local part in ASCII and domain; reject it at import.")
    return f"{local}@{domain}"


def checked_content(content: Content) -> Content:
    """The content; DeliveryError where it would break out of its header or become too many parts."""
    if isinstance(content, Sms):
        if len(sms_text(content.text).parts) > MOST_PARTS or not content.text.strip():
            raise DeliveryError(f"An SMS text is empty or longer than {MOST_PARTS} parts; shorten the template.")
        return content
    if any(BREAKS.search(header) for header in (content.subject, content.unsubscribe_url, content.sender)):
        raise DeliveryError("A subject, sender or unsubscribe address holds a line break; remove it.")
    return content


@lru_cache(maxsize=4)
def _ring(text: str, folder: str | Path) -> sealing.KeyRing:
    return sealing.key_ring(text or sealing.kept_key(Path(folder)))


def house_keys() -> sealing.KeyRing:
    """The ring of the settings; without one, a key kept in the data folder, made at the first asking."""
    return _ring(settings.DELIVERY_KEYS, settings.DATA_FOLDER)


def address_hash(organisation_id: int, channel: str, address: str) -> str:
    """What is kept of an address: a keyed hash, different in every organisation; without regard to case."""
    return house_keys().digest(str(organisation_id), str(channel), address.casefold())


def place_of(message: Message, field: str) -> str:
    """The place that a field of a message is sealed for."""
    return f"{message.organisation_id}|{message.token}|{field}"


def sealed_into(message: Message, address: str, content: Content) -> bytes:
    """Seal address and content into the message under a new key; that key, wrapped."""
    key = sealing.new_key()
    body = json.dumps(asdict(content), ensure_ascii=False).encode()
    message.sealed_address = sealing.seal(address.encode(), key, place_of(message, "address"))
    message.sealed_body = sealing.seal(body, key, place_of(message, "body"))
    return house_keys().wrap(key, place_of(message, "key"))


def opened_from(message: Message) -> tuple[str, Content]:
    """Address and content; SealError where the message has been forgotten or its keys are not at hand."""
    if not hasattr(message, "key") or message.sealed_address is None or message.sealed_body is None:
        raise SealError(f"Message {message.pk} has been forgotten; there is nothing left to send.")
    key = house_keys().unwrap(bytes(message.key.wrapped), place_of(message, "key"))
    address = sealing.opened(bytes(message.sealed_address), key, place_of(message, "address")).decode()
    body = json.loads(sealing.opened(bytes(message.sealed_body), key, place_of(message, "body")))
    return address, content_of(message.channel, body)


def content_of(channel: str, fields: Mapping[str, object]) -> Content:
    """The content that was sealed as these fields."""
    if channel == Channel.SMS:
        return Sms(str(fields["text"]))
    words = {name: str(fields.get(name, "")) for name in ("subject", "text", "html", "unsubscribe_url", "sender")}
    return Email(**words, automatic=bool(fields.get("automatic", True)))
