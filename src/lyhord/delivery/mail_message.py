"""An e-mail as bytes: headers, text and HTML, signed. By hand, since the library takes longer than the sending."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from typing import Final

from lyhord.delivery import dkim
from lyhord.delivery.contents import Email
from lyhord.delivery.senders import SenderFacts

LINE_END: Final = re.compile(r"\r\n|\r|\n")
ONE_CLICK: Final = "List-Unsubscribe=One-Click"


@dataclass(frozen=True, slots=True)
class Mail:
    """A finished e-mail: envelope and bytes with CRLF line ends."""

    envelope_from: str
    recipient: str
    message_id: str
    data: bytes


def mail_of(email: Email, recipient: str, sender: SenderFacts, token: str, at: datetime) -> Mail:
    """The same message for the same token and time: whoever gets it twice can tell by its Message-ID.

    ``at`` is an aware time in the zone that the Date header shall show.
    """
    name, address = parseaddr(email.sender) if email.sender else (sender.from_name, sender.from_address)
    domain = address.rpartition("@")[2]
    message_id = f"<{token}@{domain}>"
    headers = [
        ("From", _named(name, address)),
        ("To", recipient),
        ("Subject", _encoded(email.subject)),
        ("Date", format_datetime(at)),
        ("Message-ID", message_id),
        *_courtesy(email, sender),
        ("MIME-Version", "1.0"),
    ]
    content, body = _body(email, token)
    headers += content
    if sender.dkim_key and domain == sender.domain:
        headers.insert(0, dkim.signer(domain, sender.dkim_selector, sender.dkim_key).header(headers, body))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return Mail(_bounce(email, sender, address, token), recipient, message_id, head.encode() + b"\r\n" + body)


def token_of_bounce(address: str) -> str:
    """The token in the address that a bounce came to; empty where there is none."""
    local = address.rpartition("@")[0]
    return local.rpartition("+")[2].lower() if "+" in local else ""


def _bounce(email: Email, sender: SenderFacts, address: str, token: str) -> str:
    """The envelope sender: the bounce address with the token after a plus sign (VERP)."""
    if email.sender:
        return address
    local, _, domain = (sender.bounce_address or address).rpartition("@")
    return f"{local}+{token}@{domain}"


def _courtesy(email: Email, sender: SenderFacts) -> list[dkim.Header]:
    found: list[dkim.Header] = []
    if sender.reply_to and not email.sender:
        found.append(("Reply-To", sender.reply_to))
    if email.unsubscribe_url:
        found += [("List-Unsubscribe", f"<{email.unsubscribe_url}>"), ("List-Unsubscribe-Post", ONE_CLICK)]
    if email.automatic:
        found += [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "OOF, AutoReply")]
    return found


def _body(email: Email, token: str) -> tuple[list[dkim.Header], bytes]:
    if not email.html:
        return [*_part_headers("plain")], _quoted(email.text)
    boundary = f"=_{token}"
    parts = [
        b"--" + boundary.encode() + b"\r\n" + _head_of(kind) + b"\r\n" + _quoted(text)
        for kind, text in (("plain", email.text), ("html", email.html))
    ]
    body = b"".join(parts) + b"--" + boundary.encode() + b"--\r\n"
    return [("Content-Type", f'multipart/alternative; boundary="{boundary}"')], body


def _part_headers(kind: str) -> tuple[dkim.Header, dkim.Header]:
    return ("Content-Type", f"text/{kind}; charset=utf-8"), ("Content-Transfer-Encoding", "quoted-printable")


def _head_of(kind: str) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in _part_headers(kind)).encode()


def _quoted(text: str) -> bytes:
    """Quoted-printable with CRLF line ends, ending in one."""
    encoded = binascii.b2a_qp(LINE_END.sub("\n", text).encode())
    return encoded.replace(b"\n", b"\r\n").removesuffix(b"\r\n") + b"\r\n"


@lru_cache(maxsize=1024)
def _encoded(text: str) -> str:
    return text if text.isascii() and len(text) <= 70 else Header(text, "utf-8", 70, "Subject").encode(linesep="\r\n")


@lru_cache(maxsize=1024)
def _named(name: str, address: str) -> str:
    return formataddr((name, address)) if name else address
