"""A letter leaves by a real Postfix, an officer answers, and the answer comes out of a real Dovecot."""

from __future__ import annotations

import email
import os
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from datetime import UTC, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from builders_records import national_organisation
from delivery.mail_house import MailHouse, mail_house
from delivery.servers import MailServer, free_port, mail_server
from delivery.test_killed import database_url
from lyhord.accounts.scope import scope
from lyhord.mystery.letters import watching
from lyhord.mystery.letters.models import Mailbox, Posting, Reply
from lyhord.mystery.letters.posting import post_due, recover
from lyhord.mystery.planning.models import Probe
from mystery.letters.corresponding import DOMAIN, due_letter, reaching

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house() -> Generator[MailHouse]:
    with mail_house(free_port()) as it:
        yield it


def in_time(look: Callable[[], object], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if look():
            return True
        time.sleep(0.1)
    return False


def answer_by_an_officer(house: MailHouse, raw: bytes) -> EmailMessage:
    """The officer's answer, with an hour-old Date; it lands in the mailbox that the personas' addresses lead to."""
    asked = email.message_from_bytes(raw)
    made = EmailMessage()
    made["From"], made["To"] = "Anna Svensson <anna@kommun.test>", asked["From"]
    made["Subject"], made["In-Reply-To"] = f"Sv: {asked['Subject']}", asked["Message-ID"]
    made["Message-ID"] = "<svar1@kommun.test>"
    made["Date"] = email.utils.format_datetime(timezone.now() - timedelta(hours=36))
    made.set_content("Hej!\n\nDu ansöker i vår e-tjänst, det tar tio veckor.\n\nMvh\nAnna Svensson\nVetlanda kommun\n")
    deliver(house, made)
    return made


def deliver(house: MailHouse, message: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", house.smtp) as smtp:
        smtp.send_message(message, "anna@kommun.test", ["brev@kommun.test"])


def replies() -> list[Reply]:
    with scope(national_organisation()):
        return list(Reply.objects.order_by("pk"))


def test_a_letter_is_answered_and_its_answer_waits_for_a_person(house: MailHouse, settings: Settings) -> None:
    with scope(national_organisation()):
        probe = due_letter()
    reaching(settings, smtp=house.smtp, imap=house.imap)
    assert post_due() == 1
    assert in_time(lambda: house.mails("kommun"))
    (raw,) = house.mails("kommun")
    before = timezone.now() - timedelta(seconds=2)
    made = answer_by_an_officer(house, raw)
    assert in_time(lambda: watching.fetch_all() or replies())
    (reply,) = replies()
    assert (reply.suggested_probe_id, reply.suggested_kind) == (probe.pk, "answer")
    assert before <= reply.received_at <= timezone.now()
    assert reply.written_at is not None
    assert reply.received_at - reply.written_at > timedelta(hours=35)

    deliver(house, made)  # delivered once more: other bytes, so it is kept and told
    assert in_time(lambda: watching.fetch_all() or len(replies()) == 2)
    assert len({one.message_hash for one in replies()}) == 1
    Mailbox.objects.update(validity=1)  # as if the server had begun to number anew
    assert watching.fetch_all() == 0
    assert len(replies()) == 2
    assert Mailbox.objects.get().validity != 1


def test_the_servers_word_brings_a_mail_and_a_word_without_a_mail_does_no_harm(
    house: MailHouse, settings: Settings
) -> None:
    with scope(national_organisation()):
        due_letter()
    reaching(settings, imap=house.imap)
    (watcher,) = watching.watchers()
    watcher.wait = 3.0  # an IDLE that ends with nothing new
    watcher.start()
    try:
        assert in_time(lambda: watcher.fetched >= 2)
        assert replies() == []
        watcher.wait = 600.0
        time.sleep(4)
        looked = watcher.fetched
        message = EmailMessage()
        message["Subject"] = "Hej"
        message.set_content("Kort svar.")
        deliver(house, message)
        assert in_time(replies, 20)
        assert watcher.fetched > looked
    finally:
        watcher.stop()
    assert not watcher._thread.is_alive()


def test_a_time_of_receipt_keeps_its_zone(
    house: MailHouse, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By default the library drops the zone, and the time would be this machine's."""
    with scope(national_organisation()):
        due_letter()
    reaching(settings, imap=house.imap)
    message = EmailMessage()
    message.set_content("Svar.")
    deliver(house, message)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        assert in_time(lambda: watching.fetch_all() or replies())
    finally:
        monkeypatch.undo()
        time.tzset()
    assert abs(replies()[0].received_at.astimezone(UTC) - timezone.now()) < timedelta(minutes=5)


def test_a_mailbox_that_cannot_be_opened_is_told(settings: Settings) -> None:
    with scope(national_organisation()):
        due_letter()
    reaching(settings, imap=free_port())
    assert watching.fetch_all() == 0
    assert Mailbox.objects.get(name=DOMAIN).problem == "ConnectionRefusedError"


def test_a_worker_killed_between_the_last_byte_and_the_yes_leaves_the_letter_to_a_person(tmp_path: Path) -> None:
    with scope(national_organisation()):
        probe = due_letter()
    held: list[str] = []

    def never(recipient: str) -> str:
        held.append(recipient)
        time.sleep(3)
        return "250 OK"

    with mail_server(MailServer(says=never)) as server:
        worker = working(tmp_path, LYHORD_LETTERS_SMTP=f"{DOMAIN}=smtp://127.0.0.1:{server.port}")
        try:
            assert in_time(lambda: held, 200)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        with scope(national_organisation()):
            assert Posting.objects.get().sent_at is None
            assert recover(timezone.now() + timedelta(minutes=11)) == 1
            probe.refresh_from_db()
            assert probe.state == Probe.State.UNKNOWN
        assert held == ["kommun@kommun.test"]


def working(folder: Path, **settings: str) -> subprocess.Popen[Any]:
    environment = {**os.environ, "LYHORD_DATA": str(folder), "DATABASE_URL": database_url(), **settings}
    command = [sys.executable, "-m", "lyhord.project.cli", "work"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
