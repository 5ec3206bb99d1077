"""Letters leave once, as a person's mail, and where nobody knows whether one left a person is asked."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from builders_records import national_organisation
from delivery.servers import MailServer, free_port, mail_server
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters.models import Posting
from lyhord.mystery.letters.posting import post_due, recover, refused_letters, settle, try_again, uncertain_letters
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.planning.probes import start
from mystery.letters.corresponding import DOMAIN, acting, due_letter, reaching

pytestmark = pytest.mark.django_db
State = Probe.State
MACHINES_HEADERS = (
    "auto-submitted",
    "list-unsubscribe",
    "list-id",
    "precedence",
    "x-auto-response-suppress",
    "x-mailer",
)


@pytest.fixture(autouse=True)
def _in_the_measurers_scope() -> Iterator[None]:
    with scope(national_organisation()):
        yield


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server(MailServer()) as running:
        yield running


def test_a_letter_looks_like_a_persons_mail_and_its_time_is_the_servers_yes(
    server: MailServer, settings: Settings
) -> None:
    probe = due_letter()
    reaching(settings, smtp=server.port)
    before = timezone.now().replace(microsecond=0)
    assert post_due() == 1
    (envelope,) = server.taken
    mail = email.message_from_bytes(bytes(envelope.content or b""), policy=email.policy.default)
    assert (envelope.mail_from, envelope.rcpt_tos) == (probe.address, ["kommun@kommun.test"])
    assert mail.get_content_type() == "text/plain"
    assert not mail.is_multipart()
    assert [name for name in MACHINES_HEADERS if name in mail] == []
    assert mail["Message-ID"].endswith(f"@{DOMAIN}>")
    assert mail["From"] == f"{probe.persona} <{probe.address}>"
    sent = mail["Date"].datetime
    assert sent.utcoffset() == timezone.localtime().utcoffset()
    assert str(probe.persona.given_name) in mail.get_content()
    probe.refresh_from_db()
    posting = Posting.objects.get(pk=probe.pk)
    assert (probe.state, posting.message_id) == (State.DONE, mail["Message-ID"])
    assert probe.done_at == posting.sent_at
    assert before <= probe.done_at <= timezone.now()
    assert probe.done_at.microsecond == 0
    assert post_due() == 0
    assert len(server.taken) == 1


def test_a_line_that_breaks_after_the_last_byte_leaves_it_to_a_person(server: MailServer, settings: Settings) -> None:
    probe = due_letter()
    server.says = lambda recipient: ""
    reaching(settings, smtp=server.port)
    assert post_due() == 0
    assert post_due() == 0
    assert len(server.taken) == 1
    (posting,) = uncertain_letters()
    assert posting.pk == probe.pk
    by = acting(Role.REVIEWER)
    assert settle(posting, was_sent=True, by=by)
    assert not settle(Posting.objects.select_related("probe").get(pk=posting.pk), was_sent=False, by=by)
    probe.refresh_from_db()
    assert (probe.state, probe.done_at) == (State.DONE, posting.claimed_at)


def test_a_letter_that_certainly_did_not_leave_is_planned_again(settings: Settings) -> None:
    probe = due_letter()
    reaching(settings, smtp=free_port())
    assert post_due() == 0
    probe.refresh_from_db()
    assert probe.state == State.PLANNED
    with mail_server(MailServer()) as running:
        reaching(settings, smtp=running.port)
        assert post_due() == 1


def test_a_refused_letter_waits_until_a_person_has_put_its_address_right(settings: Settings) -> None:
    due_letter()
    with mail_server(MailServer(at_door=lambda recipient: "550 5.1.1 no such user")) as running:
        reaching(settings, smtp=running.port)
        assert post_due() == 0
    (posting,) = refused_letters()
    assert posting.refusal == "550 5.1.1"
    with mail_server(MailServer()) as running:
        reaching(settings, smtp=running.port)
        assert post_due() == 0
        try_again(posting, by=acting(Role.REVIEWER))
        assert post_due() == 1
    with pytest.raises(MysteryError, match="inte nekats"):
        try_again(Posting.objects.get(pk=posting.pk), by=acting(Role.REVIEWER))


def test_what_a_worker_had_begun_when_it_died_is_left_to_a_person(settings: Settings) -> None:
    probe = due_letter()
    assert start(probe)
    Posting.objects.create(
        organisation=probe.organisation, probe=probe, message_id="<x@post.exempel.se>", recipient="kommun@kommun.test",
        claimed_at=timezone.now(), subject="Fråga", question="Vad?",
    )  # fmt: skip
    assert recover() == 0
    assert recover(timezone.now() + timedelta(minutes=11)) == 1
    probe.refresh_from_db()
    assert probe.state == State.UNKNOWN


@pytest.mark.parametrize("missing", ["server", "address"])
def test_a_letter_without_a_server_or_an_address_waits(server: MailServer, settings: Settings, missing: str) -> None:
    probe = due_letter(destination=missing != "address")
    reaching(settings, smtp=0 if missing == "server" else server.port)
    assert post_due() == 0
    probe.refresh_from_db()
    assert probe.state == State.PLANNED
    assert server.taken == []
