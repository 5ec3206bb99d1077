"""A probe's letter as bytes: single-part plain text as from a person's mail program, with no sign of a machine."""

from __future__ import annotations

import binascii
import random
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from typing import Final

from lyhord.mystery.planning.probes import Letter

GREETINGS: Final = ("Hej!", "Hej,", "Hej", "Hejsan!", "God dag!")
GREETED: Final = re.compile(r"\s*(?:hej|hallå|god\s|tjena|hejsan)", re.IGNORECASE)
LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Written:
    """A finished letter: its Message-ID with angle brackets, and its bytes with CRLF line ends."""

    sender: str
    recipient: str
    message_id: str
    data: bytes


def new_message_id(address: str) -> str:
    """A Message-ID at the address's own domain, of the form that common mail programs use."""
    return f"<{uuid.uuid4()}@{address.rpartition('@')[2]}>"


def greeted(letter: Letter) -> str:
    """The letter's text with a greeting above it; always the same one for the same address."""
    if GREETED.match(letter.text):
        return letter.text
    chosen = random.Random(f"greeting:{letter.address}").choice(GREETINGS)  # noqa: S311 - how somebody says hello
    return f"{chosen}\n\n{letter.text}"


def written(letter: Letter, recipient: str, message_id: str, at: datetime) -> Written:
    """The letter for one recipient. ``at`` is aware, in the zone that the Date header shall show."""
    headers = (
        ("Message-ID", message_id),
        ("Date", format_datetime(at)),
        ("MIME-Version", "1.0"),
        ("To", recipient),
        ("From", f"{_encoded(letter.name, 'From')} <{letter.address}>"),
        ("Subject", _encoded(letter.subject, "Subject")),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "quoted-printable"),
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    body = binascii.b2a_qp(LINE_END.sub("\n", greeted(letter)).encode()).replace(b"\n", b"\r\n")
    return Written(letter.address, recipient, message_id, head.encode("ascii") + b"\r\n" + body)


def _encoded(words: str, header: str) -> str:
    plain = LINE_END.sub(" ", words)
    return plain if plain.isascii() else Header(plain, "utf-8", 70, header).encode(linesep="\r\n")
