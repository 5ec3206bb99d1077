"""What is due is sent once, by whom it should, when it may; and what became of it stands in the rows."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from builders import PROVSTAD
from builders_records import organisation_of
from delivery.sending import MAIL, OneGateway, Scripted, draft, queued, sms, states
from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery import listeners, outbox, suppression
from lyhord.delivery.brakes.holds import BURST
from lyhord.delivery.dispatch import Dispatch, Rules
from lyhord.delivery.gateways.contract import Parcel, Receipt
from lyhord.delivery.listeners import Event, News
from lyhord.delivery.models import Channel, EarlyReceipt, Message, MessageKey, Sender, State, Suppression
from lyhord.delivery.outcomes import Failure, Outcome, Result
from lyhord.delivery.rates import TRIPS_AT
from lyhord.delivery.work import Worker

pytestmark = pytest.mark.django_db
NO_CONNECTION = Outcome(Result.LATER, Failure.CONNECTION)


@pytest.fixture(autouse=True)
def everything() -> Generator[None]:
    with scope_of_everything("a test looks at all of it"):
        yield


@pytest.fixture
def news() -> Generator[list[News]]:
    heard: list[News] = []
    listeners.listen("invitation", heard.append)
    yield heard
    listeners.forget("invitation", heard.append)


def send_all(gateway: Scripted, rules: Rules | None = None) -> Scripted:
    Worker(Dispatch(rules or Rules(per_second=0), OneGateway(gateway))).until_idle()
    return gateway


def answering(result: Result, failure: str = "") -> Scripted:
    return Scripted((Outcome(result, failure),))


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


def test_everything_due_is_sent_once_however_much_it_is() -> None:
    messages = queued(*[draft(f"a{number}@mottagare.test") for number in range(700)])
    gateway = send_all(Scripted(parallel=4))
    assert len(gateway.sent) == len({parcel.token for parcel in gateway.sent}) == 700
    assert set(states(*messages)) == {State.SENT}


@pytest.mark.parametrize(
    ("result", "failure", "state"),
    [
        (Result.REFUSED, Failure.ADDRESS, State.FAILED),
        (Result.LATER, Failure.BUSY, State.QUEUED),
        (Result.UNKNOWN, Failure.CONNECTION, State.UNKNOWN),
    ],
)
def test_what_a_gateway_answers_stands_in_the_row(result: Result, failure: Failure, state: State) -> None:
    (message,) = queued(sms())
    send_all(answering(result, failure))
    assert states(message) == [state]
    assert Message.objects.get(pk=message.pk).failure == failure


def test_an_email_whose_outcome_is_unknown_is_repeated_once_as_the_same_message() -> None:
    (message,) = queued()
    gateway = send_all(answering(Result.UNKNOWN, Failure.CONNECTION))
    assert [parcel.token for parcel in gateway.sent] == [message.token] * 2
    assert states(message) == [State.UNKNOWN]


def test_a_gateway_that_breaks_down_leaves_an_sms_to_a_person(caplog: pytest.LogCaptureFixture) -> None:
    def broken(parcel: Parcel) -> Outcome:
        raise ZeroDivisionError

    (message,) = queued(sms())
    send_all(Scripted((broken,)))
    assert states(message) == [State.UNKNOWN]
    assert "broke down" in caplog.text


def test_rooms_above_hear_what_became_of_it(news: list[News]) -> None:
    sent, refused = queued(draft(reference="i1"), draft("bo@mottagare.test", reference="i2"))
    by_address = {"anna@mottagare.test": Outcome(Result.SENT), "bo@mottagare.test": Outcome(Result.REFUSED, "address")}
    send_all(Scripted((lambda parcel: by_address[parcel.address],)))
    owner = organisation_of().pk
    assert sorted(news, key=lambda one: one.reference) == [
        News(Event.SENT, sent.pk, owner, "email", "invitation", "i1"),
        News(Event.FAILED, refused.pk, owner, "email", "invitation", "i2", "address"),
    ]


def test_an_address_that_does_not_exist_is_not_tried_again() -> None:
    queued()
    send_all(answering(Result.REFUSED, Failure.ADDRESS))
    owner = organisation_of()
    assert Suppression.objects.get().reason == Suppression.Reason.BOUNCED
    assert outbox.enqueue(owner, [draft()]).messages == ()


@pytest.mark.parametrize("failure", [Failure.FULL, Failure.POLICY, Failure.EXPIRED, Failure.REFUSED])
def test_what_is_not_about_the_address_suppresses_nobody(failure: Failure) -> None:
    queued()
    send_all(answering(Result.REFUSED, failure))
    assert not Suppression.objects.exists()


def test_who_opted_out_while_the_message_waited_gets_nothing() -> None:
    (message,) = queued()
    suppression.suppress(organisation_of().pk, Channel.EMAIL, "anna@mottagare.test", Suppression.Reason.OPTED_OUT)
    assert not send_all(Scripted()).sent
    assert states(message) == [State.CANCELLED]


def test_a_paused_organisation_sends_nothing_until_it_is_resumed() -> None:
    (message,) = queued()
    (other,) = queued(organisation=organisation_of(PROVSTAD))
    outbox.pause(organisation_of(), "Väntar på beslut")
    send_all(Scripted())
    assert states(message, other) == [State.QUEUED, State.SENT]
    outbox.resume(organisation_of())
    send_all(Scripted())
    assert states(message) == [State.SENT]


def test_a_burst_of_refusals_against_the_sender_pauses_it() -> None:
    queued(*[draft(f"a{number}@mottagare.test") for number in range(BURST)])
    send_all(answering(Result.REFUSED, Failure.POLICY))
    assert "DMARC" in Sender.objects.get().paused


def test_a_quiet_hour_gives_the_message_back() -> None:
    def quiet(organisation_id: int, purpose: str, now: datetime) -> bool:
        return purpose != "invitation"

    (message,) = queued()
    assert not send_all(Scripted(), Rules(0, quiet)).sent
    assert states(message) == [State.QUEUED]
    assert Message.objects.get(pk=message.pk).due > timezone.now()


def test_a_domain_gets_its_rate_and_the_rest_come_back_later() -> None:
    queued(*[draft(f"a{number}@mottagare.test") for number in range(60)])
    dispatch = Dispatch(Rules(per_second=1.0), OneGateway(gateway := Scripted()))
    dispatch.cycle()
    dispatch.stop()
    assert len(gateway.sent) == 1
    due = Message.objects.filter(state=State.QUEUED, due__gt=timezone.now() + timedelta(seconds=25)).count()
    assert due == 60 - 31  # half a minute's worth was held ready and has been given back


def test_a_gateway_out_of_reach_is_left_alone_after_a_few_tries() -> None:
    queued(*[draft(f"a{number}@mottagare.test") for number in range(100)])
    gateway = Scripted((NO_CONNECTION,), parallel=1)
    Worker(dispatch := Dispatch(Rules(0), OneGateway(gateway))).dispatch.cycle()
    for _ in range(30):
        dispatch.cycle()
    dispatch.stop()
    assert TRIPS_AT <= len(gateway.sent) <= TRIPS_AT + 4
    assert Message.objects.filter(attempts=0, state=State.QUEUED).count() == 100 - len(gateway.sent)


def test_stopping_waits_for_what_has_begun_and_gives_the_rest_back() -> None:
    messages = queued(*[draft(f"a{number}@mottagare.test") for number in range(50)])
    dispatch = Dispatch(Rules(0), OneGateway(gateway := Scripted(parallel=1)))
    dispatch.cycle()
    dispatch.stop()
    assert 0 < len(gateway.sent) < 50
    assert sorted(set(states(*messages))) == [State.QUEUED, State.SENT]
    assert states(*messages).count(State.SENT) == len(gateway.sent)


def test_a_receipt_that_was_there_first_is_not_lost() -> None:
    (message,) = queued(sms())
    gateway = Scripted((Outcome(Result.SENT, provider_reference="0000abc1"),))
    EarlyReceipt.objects.create(provider_reference="0000abc1", outcome="delivered")
    send_all(gateway)
    assert states(message) == [State.DELIVERED]
    assert not EarlyReceipt.objects.exists()


def test_receipts_are_acknowledged_after_they_are_stored() -> None:
    seen: list[list[str]] = []

    class WithReceipts(Scripted):
        def receipts(self) -> list[Receipt]:
            return [Receipt(delivered=True, references=("n1",))] if self.sent and not seen else []

        def acknowledge(self) -> None:
            seen.append(list(EarlyReceipt.objects.values_list("provider_reference", flat=True)))

    queued(sms())
    send_all(WithReceipts())
    assert seen == [["n1"]]


def test_a_message_that_cannot_be_opened_fails_and_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    bad, good = queued(draft(), draft("bo@mottagare.test"))
    MessageKey.objects.filter(pk=bad.pk).update(wrapped=b"k9:xxxx")
    send_all(Scripted())
    assert states(bad, good) == [State.FAILED, State.SENT]
    assert "k9" in caplog.text
