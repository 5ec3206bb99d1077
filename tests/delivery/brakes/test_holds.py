"""A series is held and let go by a person, and stopped by itself where it does harm."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from django.utils import timezone

from builders_records import organisation_of
from delivery.sending import OneGateway, Scripted, draft, queued, sms, states
from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery import leasing, outbox
from lyhord.delivery.brakes import holds
from lyhord.delivery.brakes.models import Hold
from lyhord.delivery.dispatch import Dispatch, Rules
from lyhord.delivery.models import Channel, Message, Sender, State
from lyhord.delivery.outbox import Draft
from lyhord.delivery.outcomes import Failure, Outcome, Result
from lyhord.delivery.work import Worker

pytestmark = pytest.mark.django_db
SERIES = "participation:1"


@pytest.fixture(autouse=True)
def everything() -> Generator[None]:
    with scope_of_everything("a test looks at all of it"):
        yield


def in_series(count: int, series: str = SERIES) -> list[Draft]:
    return [draft(f"{series[-1]}person{number}@mottagare.test", series=series) for number in range(count)]


def sent_to(gateway: Scripted) -> Scripted:
    Worker(Dispatch(Rules(per_second=0), OneGateway(gateway))).until_idle()
    return gateway


def hold() -> bool:
    return holds.hold(organisation_of().pk, SERIES)


def release() -> bool:
    return holds.release(organisation_of().pk, SERIES)


def bouncing(count: int, failure: Failure = Failure.ADDRESS) -> Scripted:
    return Scripted((*[Outcome(Result.REFUSED, failure)] * count, Outcome(Result.SENT)), parallel=1)


def test_what_waits_is_held_and_leaves_when_it_is_let_go() -> None:
    held, other = queued(*in_series(1), *in_series(1, "participation:2"))
    assert hold()
    sent_to(Scripted())
    assert states(held, other) == [State.HELD, State.SENT]
    assert release()
    sent_to(Scripted())
    assert states(held) == [State.SENT]


def test_holding_twice_and_letting_go_twice_changes_nothing() -> None:
    (message,) = queued(*in_series(1))
    assert [hold(), hold(), release(), release()] == [True, False, True, False]
    assert states(message) == [State.QUEUED]


def test_what_a_worker_holds_but_has_not_begun_is_held_too() -> None:
    queued(*in_series(1))
    (message,) = leasing.claim(Channel.EMAIL, [organisation_of().pk], 10)
    hold()
    assert leasing.begin([message]) == set()
    assert states(message) == [State.HELD]


def test_what_is_queued_while_its_series_is_held_does_not_leave() -> None:
    queued(sms())
    hold()
    (late,) = queued(*in_series(1))
    assert len(sent_to(Scripted()).sent) == 1
    assert states(late) == [State.HELD]


def test_what_is_held_can_be_cancelled() -> None:
    (message,) = queued(*in_series(1))
    hold()
    assert outbox.cancel([message.pk]) == 1


@pytest.mark.parametrize(
    ("first", "bounced", "tried", "stops"),
    [
        (5, 5, 100, False),  # five of the first hundred are five percent
        (6, 6, 20, True),  # six of them are too many however few were tried
        (2, 51, 1000, True),
        (2, 50, 1000, False),
        (5, 5, 20, False),
    ],
)
def test_more_than_five_percent_is_too_many(first: int, bounced: int, tried: int, stops: bool) -> None:
    assert holds.too_many_bounce(first=first, bounced=bounced, tried=tried) is stops


def test_a_series_with_too_many_addresses_that_do_not_exist_stops_and_the_others_go_on() -> None:
    harmful = queued(*in_series(200))
    sent_to(bouncing(6))
    assert Hold.objects.get().ground == Hold.Ground.BOUNCES
    assert State.HELD in states(*harmful)
    (other,) = queued(*in_series(1, "participation:2"))
    sent_to(Scripted())
    assert states(other) == [State.SENT]


def test_a_series_that_a_person_lets_go_is_counted_anew() -> None:
    messages = queued(*in_series(200))
    sent_to(bouncing(6))
    assert release()
    sent_to(bouncing(5))
    assert not holds.held_now()
    assert set(states(*messages)) == {State.SENT, State.FAILED}


def test_a_burst_of_refusals_against_us_stops_the_series_and_not_the_organisation() -> None:
    queued(*in_series(20))
    sent_to(bouncing(5, Failure.POLICY))
    assert Hold.objects.get().ground == Hold.Ground.REFUSALS
    assert Sender.objects.get().paused == ""


def test_late_bounces_of_the_first_hundred_count_though_thousands_have_been_sent() -> None:
    messages = queued(*in_series(300))
    sent_to(Scripted())
    for message in messages[:6]:
        Message.objects.filter(pk=message.pk).update(
            state=State.FAILED, failure=Failure.ADDRESS, finished=timezone.now()
        )
    assert holds.stop_where_needed(Message.objects.get(pk=messages[0].pk))
