"""Several workers at once: real processes on one outbox send everything once, and no domain faster than its rate."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from delivery.sending import draft, queued
from delivery.servers import MailServer, mail_server
from delivery.test_killed import at_any_hour, wait_for, work
from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery.models import Message, Sender, State

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORKERS = 3
NO_SMS = 1
RATE = 5


def through(server: MailServer) -> None:
    """Let the municipality's own relay be this one."""
    with scope_of_everything("a test sets the scene"):
        Sender.objects.update(mode=Sender.Mode.RELAY, host="127.0.0.1", port=server.port, security="none")


def test_workers_at_once_send_everything_once(tmp_path: Path) -> None:
    messages = queued(*[at_any_hour(draft(f"a{number}@mottagare.test")) for number in range(200)])
    with mail_server(MailServer()) as server:
        through(server)
        running = [work(tmp_path, NO_SMS) for _ in range(WORKERS)]
        assert [worker.wait(300) for worker in running] == [0] * WORKERS
        came = Counter(envelope.rcpt_tos[0] for envelope in server.taken)
    assert len(came) == len(messages)
    assert set(came.values()) == {1}
    with scope_of_everything("a test looks at all of it"):
        assert set(Message.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


def test_workers_at_once_share_a_domains_rate(tmp_path: Path) -> None:
    one = at_any_hour(draft())
    queued(*[replace(one, address=f"a{number}@mottagare.test") for number in range(31)])
    times: list[float] = []

    def timed(recipient: str) -> str:
        times.append(time.monotonic())
        return "250 OK"

    with mail_server(MailServer(says=timed)) as server:
        through(server)
        running = [work(tmp_path, NO_SMS, RATE, once=False) for _ in range(WORKERS)]
        wait_for(server, more_than=30)
        for worker in running:
            worker.terminate()
        assert [worker.wait(120) for worker in running] == [0] * WORKERS
    assert len(times) == 31
    assert times[-1] - times[0] > 0.8 * 30 / RATE  # thirty steps, less what threads may be late
