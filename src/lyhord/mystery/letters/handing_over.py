"""Handing one letter to a mail server, so that it is known afterwards whether it may have left."""

from __future__ import annotations

import re
import smtplib
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lyhord.delivery.gateways.oauth import Tokens
from lyhord.delivery.gateways.smtp import Route, connected
from lyhord.mystery.letters.writing import Written

TIMEOUT: Final = 20.0  # seconds for each of the server's answers
BEGUN_WITHIN: Final = 60.0  # seconds from the claim: a worker that slept does not send what others may have taken
STATUS: Final = re.compile(rb"\d\.\d{1,3}\.\d{1,3}")
OK, TAKEN, GO_ON = 250, (250, 251), 354
BROKEN: Final = (OSError, smtplib.SMTPException)


class Fate(StrEnum):
    """What became of it."""

    SENT = "sent"  # the server's 250 has come
    NOT_SENT = "not_sent"  # certainly not
    REFUSED = "refused"  # certainly not, and trying again does not help
    UNKNOWN = "unknown"  # its bytes have begun to leave and no answer came


@dataclass(frozen=True, slots=True)
class Told:
    """The fate, and the server's code without its text, which may hold an address."""

    fate: Fate
    code: str = ""


def handed_over(letter: Written, route: Route, claimed: float) -> Told:
    """Hand the letter over on a connection of its own. ``claimed`` is ``time.monotonic()`` of the claim."""
    try:
        smtp = connected(route, TIMEOUT, Tokens(route.client) if route.client else None)
    except BROKEN as error:
        return Told(Fate.NOT_SENT, type(error).__name__)
    with smtp_left(smtp):
        return _spoken(smtp, letter, claimed)


class smtp_left:  # noqa: N801 - read as a verb where it is used
    """Ends the connection, whatever state it is in."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self.smtp = smtp

    def __enter__(self) -> smtplib.SMTP:
        return self.smtp

    def __exit__(self, *about: object) -> None:
        try:
            self.smtp.quit()
        except BROKEN:
            self.smtp.close()


def _spoken(smtp: smtplib.SMTP, letter: Written, claimed: float) -> Told:
    try:
        code, text = smtp.mail(letter.sender)
        if code == OK:
            code, text = smtp.rcpt(letter.recipient)
        if code not in TAKEN:
            return _no(code, text)
        if time.monotonic() - claimed > BEGUN_WITHIN:
            return Told(Fate.NOT_SENT, "late")
        code, text = smtp.docmd("DATA")
        if code != GO_ON:
            return _no(code, text)
    except BROKEN as error:
        return Told(Fate.NOT_SENT, type(error).__name__)
    try:
        smtp.send(re.sub(rb"(?m)^\.", b"..", letter.data).removesuffix(b"\r\n") + b"\r\n.\r\n")
        code, text = smtp.getreply()
    except BROKEN as error:
        return Told(Fate.UNKNOWN, type(error).__name__)
    return Told(Fate.SENT) if code == OK else _no(code, text)


def _no(code: int, text: bytes) -> Told:
    found = STATUS.search(text)
    words = f"{code} {found[0].decode()}" if found else str(code)
    return Told(Fate.REFUSED if 500 <= code < 600 else Fate.NOT_SENT, words)
