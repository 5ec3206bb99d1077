"""The demonstration's mailbox: what the folder gateway wrote, as somebody reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from lyhord.delivery.gateways import letterbox
from lyhord.delivery.gateways.choosing import mailbox_folder
from lyhord.delivery.gateways.letterbox import Letter

PAGE: Final = 25
MOST: Final = 100_000
ADDRESS: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
OPENING: Final = 90  # characters of a message in the list


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a letter; ``leads_to`` where they are an address."""

    words: str
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as a page shows it."""

    letter: Letter
    at: datetime
    paragraphs: tuple[tuple[Piece, ...], ...]

    @property
    def is_sms(self) -> bool:
        """Whether it is a text message; else it is an e-mail."""
        return self.letter.channel == "sms"

    @property
    def sender(self) -> str:
        """Who it is from, without the address."""
        return self.letter.sender.partition(" <")[0]

    @property
    def opening(self) -> str:
        """How the message begins."""
        words = " ".join(self.letter.text.split())
        return words if len(words) <= OPENING else f"{words[:OPENING].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True, slots=True)
class MailboxPage:
    """Some of the letters, the latest first; ``number`` and ``pages`` count from one."""

    letters: tuple[Shown, ...]
    number: int
    pages: int
    total: int


def is_open() -> bool:
    """Whether there is a mailbox to look into: in a demonstration whose messages all go into the folder."""
    return bool(settings.DEMO) and {settings.EMAIL_GATEWAY, settings.SMS_GATEWAY} == {"FOLDER"}


def page_of(number: int) -> MailboxPage:
    """One page of the mailbox; the nearest one where there are fewer."""
    folder = mailbox_folder()
    total = sum(1 for _ in folder.glob(f"*{letterbox.SUFFIX}"))
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 1), pages)
    latest = letterbox.letters(folder, number * PAGE)[(number - 1) * PAGE :]
    return MailboxPage(tuple(map(as_shown, latest)), number, pages, total)


def letter_with(token: str) -> Shown | None:
    """The letter with this token; None where there is none."""
    found = (letter for letter in letterbox.letters(mailbox_folder(), MOST) if letter.token == token)
    letter = next(found, None)
    return None if letter is None else as_shown(letter)


def as_shown(letter: Letter) -> Shown:
    """The letter with its addresses found."""
    paragraphs = tuple(tuple(_pieces(part)) for part in re.split(r"\n\s*\n", letter.text.strip()))
    return Shown(letter, datetime.fromisoformat(letter.at), paragraphs)


def _pieces(text: str) -> Iterator[Piece]:
    end = 0
    for match in ADDRESS.finditer(text):
        yield Piece(text[end : match.start()])
        yield Piece(match[0], _led(match[0]))
        end = match.end()
    yield Piece(text[end:])


def _led(address: str) -> str:
    """Where an address leads: within the demonstration by its path alone, since the port may be another one today."""
    parts = urlsplit(address)
    if parts.hostname != urlsplit(settings.ADDRESS).hostname:
        return address
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
