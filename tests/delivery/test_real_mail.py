"""From the outbox through a real mail server to a mailbox, and back as a bounce that suppresses the address."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import replace

import pytest
from pytest_django.fixtures import Settings

from builders_records import organisation_of
from delivery.mail_house import MailHouse, mail_house
from delivery.sending import MAIL, draft, queued, sender_of, states
from delivery.servers import MailServer, mail_server
from delivery.test_mail_message import PEM, is_verified
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery import housekeeping, outbox, senders
from lyhord.delivery.dispatch import Dispatch, Rules
from lyhord.delivery.models import Channel, Message, Sender, State
from lyhord.delivery.suppression import is_suppressed
from lyhord.delivery.work import Worker

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house() -> Generator[MailHouse]:
    with (
        mail_server(MailServer(at_door=lambda address: "550 5.1.1 User unknown")) as other,
        mail_house(other.port) as it,
    ):
        yield it


def in_time(look: Callable[[], object]) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if look():
            return True
        time.sleep(0.1)
    return False


def test_one_mail_arrives_signed_and_one_comes_back_and_is_never_tried_again(
    house: MailHouse, settings: Settings
) -> None:
    organisation = organisation_of()
    arriving, returning = queued(
        draft("anna@kommun.test", replace(MAIL, unsubscribe_url="https://svar.exempel.se/avsta/k7Qm2XpT9a")),
        draft("bo@mottagare.test"),
    )
    sender = sender_of(
        mode=Sender.Mode.RELAY, host="127.0.0.1", port=house.smtp, security="none",
        bounce_address="studs@kommun.test", dkim_selector="s1",
    )  # fmt: skip
    with scope(organisation):
        senders.set_secrets(sender, dkim_key=PEM)
        sender.save()
    Worker(Dispatch(Rules(0))).until_idle()
    assert in_time(lambda: house.mails("anna"))
    (mail,) = house.mails("anna")
    assert is_verified(mail)
    assert f"Return-Path: <studs+{arriving.token}@kommun.test>".encode() in mail

    assert in_time(lambda: house.mails("studs"))
    settings.BOUNCES_URL = house.bounces_url()
    assert housekeeping.fetch_bounces() == 1
    assert housekeeping.fetch_bounces() == 0
    with scope_of_everything("a test looks at all of it"):
        assert states(arriving, returning) == [State.SENT, State.FAILED]
        assert Message.objects.get(pk=returning.pk).failure == "address"
        assert is_suppressed(organisation.pk, Channel.EMAIL, "bo@mottagare.test")
        assert not outbox.enqueue(organisation, [draft("bo@mottagare.test")]).messages
