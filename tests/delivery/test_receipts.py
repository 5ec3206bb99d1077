"""What comes back is recorded once, in whatever order it comes, for whoever may see it."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from builders_records import organisation_of
from delivery.sending import draft, queued, sms, states
from delivery.test_bounces import EXCHANGE, mail, report
from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery import housekeeping, listeners, outbox, receipts
from lyhord.delivery.gateways.contract import Receipt
from lyhord.delivery.listeners import Event, News
from lyhord.delivery.models import Channel, EarlyReceipt, Message, State, Suppression
from lyhord.delivery.outcomes import Failure
from lyhord.delivery.suppression import is_suppressed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything() -> Generator[None]:
    with scope_of_everything("a test looks at all of it"):
        yield


def sent(message: Message, reference: str = "n1", state: State = State.SENT) -> Message:
    Message.objects.filter(pk=message.pk).update(state=state, provider_reference=reference)
    return message


def bounce(message: Message, fields: str) -> None:
    receipts.apply_bounce(report(fields), f"studs+{message.token}@b.enkat.exempel.se")


@pytest.mark.parametrize("state", [State.SENT, State.UNKNOWN, State.SENDING])
def test_a_receipt_settles_what_has_left_and_what_may_have(state: State) -> None:
    message = sent(queued(sms())[0], state=state)
    assert receipts.apply(Receipt(delivered=True, references=("n1",)))
    assert states(message) == [State.DELIVERED]


def test_a_receipt_told_twice_changes_nothing_the_second_time() -> None:
    heard: list[News] = []
    listeners.listen("invitation", heard.append)
    message = sent(queued(sms())[0])
    for _ in range(2):
        receipts.apply(Receipt(delivered=True, token=message.token))
    receipts.apply(Receipt(delivered=False, failure=Failure.EXPIRED, token=message.token))
    listeners.forget("invitation", heard.append)
    assert states(message) == [State.DELIVERED]
    assert [news.event for news in heard] == [Event.DELIVERED]


def test_a_phone_that_was_off_suppresses_nobody() -> None:
    message = sent(queued(sms())[0])
    receipts.apply(Receipt(delivered=False, failure=Failure.REFUSED, references=("n1",)))
    assert states(message) == [State.FAILED]
    assert not Suppression.objects.exists()


def test_a_receipt_before_its_message_is_kept_and_applied() -> None:
    (message,) = queued(sms())
    assert not receipts.apply(Receipt(delivered=False, failure=Failure.EXPIRED, references=("n1", "N1")))
    sent(message)
    assert receipts.apply_early(["n1", ""]) == 1
    assert states(message) == [State.FAILED]
    assert not EarlyReceipt.objects.exists()


def test_an_address_that_does_not_exist_is_suppressed_and_the_room_hears() -> None:
    heard: list[News] = []
    listeners.listen("invitation", heard.append)
    message = sent(queued(draft(reference="i1"))[0], "")
    bounce(message, "Action: failed\nStatus: 5.1.1")
    listeners.forget("invitation", heard.append)
    assert states(message) == [State.FAILED]
    assert [(news.event, news.reference, news.failure) for news in heard] == [(Event.BOUNCED, "i1", "address")]
    assert is_suppressed(organisation_of().pk, Channel.EMAIL, "ANNA@mottagare.test")


@pytest.mark.parametrize("fields", ["Action: failed\nStatus: 5.2.2", "Action: failed\nStatus: 4.4.7"])
def test_a_full_mailbox_or_a_silent_server_fails_the_message_and_suppresses_nobody(fields: str) -> None:
    message = sent(queued()[0], "")
    bounce(message, fields)
    assert states(message) == [State.FAILED]
    assert not Suppression.objects.exists()


def test_a_delay_changes_nothing() -> None:
    message = sent(queued()[0], "")
    bounce(message, "Action: delayed\nStatus: 4.0.0")
    assert states(message) == [State.SENT]


def test_a_swedish_letter_counts_as_a_report() -> None:
    message = sent(queued()[0], "")
    letter = mail(EXCHANGE.format(reason="Adressen hittades inte."), "Subject: Kan inte levereras: Hur gick det?")
    receipts.apply_bounce(letter, f"studs+{message.token}@b.enkat.exempel.se")
    assert states(message) == [State.FAILED]
    assert Suppression.objects.count() == 1


def test_a_bounce_about_nobody_we_know_is_left_alone() -> None:
    message = sent(queued()[0], "")
    receipts.apply_bounce(report("Action: failed\nStatus: 5.1.1"))
    assert states(message) == [State.SENT]
    assert not Suppression.objects.exists()


def test_a_late_bounce_of_a_forgotten_message_suppresses_nobody() -> None:
    message = sent(queued(draft(reference="i1"))[0], "")
    outbox.forget("i1")
    bounce(message, "Action: failed\nStatus: 5.1.1")
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(("status", "state"), [("delivered", State.DELIVERED), ("failed", State.FAILED)])
def test_46elks_posts_what_became_of_a_message(client: Client, status: str, state: State) -> None:
    message = sent(queued(sms())[0], "s1")
    answer = client.post(f"/leverans/46elks/{message.token}", {"id": "s1", "status": status})
    assert (answer.status_code, answer.content) == (204, b"")
    assert states(message) == [state]


def test_a_receipt_for_a_token_nobody_has_is_answered_like_any_other(client: Client) -> None:
    answer = client.post(f"/leverans/46elks/{'a' * 26}", {"id": "s1", "status": "delivered"})
    assert answer.status_code == 204


def test_reading_the_address_of_receipts_changes_nothing(client: Client) -> None:
    message = sent(queued(sms())[0], "s1")
    assert client.get(f"/leverans/46elks/{message.token}").status_code == 405
    assert client.post(f"/leverans/46elks/{message.token}", {"status": "sent"}).status_code == 204
    assert states(message) == [State.SENT]


def test_whom_a_message_went_to_is_forgotten_after_thirty_days() -> None:
    old, new = queued(draft(), draft("bo@mottagare.test"))
    for message, days in ((old, 31), (new, 29)):
        sent(message, "")
        Message.objects.filter(pk=message.pk).update(finished=timezone.now() - timedelta(days=days))
    housekeeping.forget_old()
    hashes = dict(Message.objects.values_list("pk", "address_hash"))
    assert hashes[old.pk] == ""
    assert hashes[new.pk]
