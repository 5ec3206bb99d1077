"""Somebody who got a message: finds it, reads it, and answers the questions behind its link."""

from __future__ import annotations

import email
import email.policy
import imaplib
import re
import time
from collections.abc import Callable, Iterable, Mapping
from email.message import EmailMessage
from typing import TypeVar

import httpx
import smpp34

from delivery.mail_house import PASSWORD, MailHouse

LINK = re.compile(r"http://127\.0\.0\.1:\d+/s/[2-9A-Za-z]{12}\b")
TOKEN = re.compile(r'name="t" value="([^"]+)"')
HAS_HEADER, UCS2, HEADER = 0x40, 8, 6
PATIENCE = 120.0
SWEDISH = str.maketrans("\x0e\x0f[\\{|", "ÅåÄÖäö")  # where GSM 03.38 has them
Found = TypeVar("Found")


def in_time(look: Callable[[], Found], what: str) -> Found:
    """What ``look`` finds, as soon as it finds anything."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come about within {PATIENCE:.0f} s.")


def letter_to(user: str, house: MailHouse, number: int = 1) -> EmailMessage:
    """The newest of so many letters in a mailbox of kommun.test, fetched over IMAP as a mail program does."""

    def look() -> list[bytes]:
        with imaplib.IMAP4("127.0.0.1", house.imap) as box:
            box.login(f"{user}@kommun.test", PASSWORD)
            box.select("INBOX", readonly=True)
            numbers = box.search(None, "ALL")[1][0].split()
            return [box.fetch(numbers[-1], "(RFC822)")[1][0][1]] if len(numbers) >= number else []

    [raw] = in_time(look, f"Letter {number} to {user}")
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]  # by this policy


def link_in(letter: EmailMessage) -> str:
    """The link of a letter's plain text."""
    body = letter.get_body(("plain",))
    assert body is not None
    return links_in(body.get_content())[0]


def links_in(text: str) -> list[str]:
    return LINK.findall(text)


def texts_by_number(events: Iterable[smpp34.SubmitSmEvent]) -> Mapping[str, str]:
    """What each phone has received, its parts joined."""
    found: dict[str, str] = {}
    for event in events:
        body = bytes(event.short_message)[HEADER if event.esm_class & HAS_HEADER else 0 :]
        text = body.decode("utf-16-be") if event.data_coding == UCS2 else body.decode("latin-1").translate(SWEDISH)
        found[event.destination_addr] = found.get(event.destination_addr, "") + text
    return found


def answer(link: str, answers: Mapping[str, str], comment: str = "", *, client: httpx.Client | None = None) -> str:
    """Answer screen by screen and send; the page that ends it."""
    with httpx.Client() as own:
        browser = client or own
        page = browser.get(link).text
        for at, option in answers.items():
            page = _sent(browser, link, page, at=at, go="next", **{at: option})
        return _sent(browser, link, page, at="", go="send", kommentar=comment)


def _sent(client: httpx.Client, link: str, page: str, **fields: str) -> str:
    token = TOKEN.search(page)
    assert token is not None, page
    return client.post(link, data={"t": token.group(1), "lang": "sv", **fields}).text
