"""What is due is sent once, by whom it should, when it may; and what became of it stands in the rows."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta

import pytest
from builders import PROVSTAD
from builders_records import organisation_of
from delivery.sending import MAIL, OneGateway, Scripted, draft, queued, sender_of, sms, states
from django.utils import timezone

from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery import outbox, suppression
from lyhord.delivery.dispatch import Dispatch, Rules
from lyhord.delivery.leasing import claim
from lyhord.delivery.models import Channel, Message, MessageKey, State, Suppression
from lyhord.delivery.outcomes import Failure, Outcome, Result
from lyhord.delivery.work import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything() -> Generator[None]:
    with scope_of_everything("a test looks at all of it"):
        yield


def send_all(gateway: Scripted, rules: Rules | None = None) -> Scripted:
    Worker(Dispatch(rules or Rules(per_second=0), OneGateway(gateway))).until_idle()
    return gateway


def test_what_is_due_is_sent_and_its_key_thrown_away() -> None:
    mail, text = queued(draft(), sms())
    gateway = send_all(Scripted())
    assert {parcel.address for parcel in gateway.sent} == {"anna@mottagare.test", "+46701740605"}
    assert MAIL in [parcel.content for parcel in gateway.sent]
    assert states(mail, text) == [State.SENT, State.SENT]
    assert not MessageKey.objects.exists()
    assert Message.objects.get(pk=mail.pk).sealed_address is None


def test_what_is_due_later_waits() -> None:
    (message,) = queued(draft(due=timezone.now() + timedelta(hours=1)))
    assert not send_all(Scripted()).sent
    assert states(message) == [State.QUEUED]
