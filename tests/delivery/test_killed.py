"""The worker is killed in the middle: nothing is lost, an e-mail comes twice at most, an SMS never."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from delivery.conftest import KEYS
from delivery.sending import draft, queued, sms
from delivery.servers import MailServer, SmsCentre, mail_server, sms_centre
from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery.models import Message, Sender, State
from lyhord.delivery.outbox import Draft

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MAILS, TEXTS, KILLS = 250, 30, 3


def database_url() -> str:
    """The address of the database that this test writes to."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    head, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"


def work(folder: Path, smpp: int, rate: int = 0, *, once: bool = True) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "LYHORD_DATA": str(folder),
        "DATABASE_URL": database_url(),
        "LYHORD_DELIVERY_KEYS": KEYS,
        "LYHORD_DOMAIN_RATE": str(rate),
        "LYHORD_SMS": "smpp",
        "LYHORD_SMPP_URL": f"smpp://kommun:hemligt@127.0.0.1:{smpp}",
    }
    command = [sys.executable, "-m", "lyhord.project.cli", "work", *(["--once"] if once else [])]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def at_any_hour(one: Draft) -> Draft:
    """Invitations would wait for the morning."""
    return replace(one, purpose="notice")


def wait_for(server: MailServer, more_than: int) -> None:
    until = time.monotonic() + 180  # starting takes long on a busy machine
    while len(server.taken) <= more_than:
        assert time.monotonic() < until
        time.sleep(0.005)


def lease_ends() -> None:
    with scope_of_everything("a test moves the clock"):
        Message.objects.exclude(leased_until=None).update(leased_until=timezone.now() - timedelta(seconds=1))


def test_killed_again_and_again_the_worker_loses_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261121)  # noqa: S311 - draws moments, guards nothing
    messages = queued(
        *[at_any_hour(draft(f"a{number}@mottagare.test")) for number in range(MAILS)],
        *[at_any_hour(sms(f"+4670{1740000 + 10 * number:07d}")) for number in range(TEXTS)],
    )
    with mail_server(MailServer()) as server, sms_centre(SmsCentre(receipts=False)) as centre:
        with scope_of_everything("a test sets the scene"):
            Sender.objects.update(mode=Sender.Mode.RELAY, host="127.0.0.1", port=server.port, security="none")
        for _ in range(KILLS):
            worker = work(tmp_path, centre.port)
            wait_for(server, len(server.taken))
            time.sleep(chance.uniform(0, 0.1))
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
            lease_ends()
        assert work(tmp_path, centre.port).wait(120) == 0
        came = Counter(envelope.rcpt_tos[0] for envelope in server.taken)
        ids = Counter((envelope.mail_from or "") for envelope in server.taken)
        texts = Counter(event.destination_addr for event in centre.submitted)
    with scope_of_everything("a test looks at all of it"):
        states = Counter(Message.objects.values_list("channel", "state"))
        unsure = Message.objects.filter(channel="email", state=State.UNKNOWN).count()
    assert sum(states.values()) == len(messages)
    assert {state for _, state in states} <= {State.SENT, State.UNKNOWN}
    assert len(came) >= MAILS - unsure
    assert max(came.values()) <= 2
    assert len(ids) == len(came)  # whatever came twice came as the same message
    assert max(texts.values()) == 1
    assert len(texts) >= states["sms", State.SENT]
