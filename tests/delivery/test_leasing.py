"""Who holds a message: only the holder changes it, nothing is lost when it dies, and nothing goes out blindly."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from builders import PROVSTAD, TESTBY
from builders_records import organisation_of
from delivery.sending import draft, queued, sms, states
from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery import leasing
from lyhord.delivery.leasing import begin, claim, give_back, recover, settle
from lyhord.delivery.models import Channel, Message, State
from lyhord.delivery.outbox import Draft, Priority, forget, leave_be, send_again
from lyhord.delivery.outcomes import Failure, Outcome, Result

pytestmark = pytest.mark.django_db
SENT = Outcome(Result.SENT)


@pytest.fixture(autouse=True)
def everything() -> Generator[None]:
    with scope_of_everything("a test looks at all of it"):
        yield


def claimed(channel: Channel = Channel.EMAIL, limit: int = 100) -> list[Message]:
    return claim(channel, list(Organisation.objects.values_list("pk", flat=True)), limit)


def begun(channel: Channel = Channel.EMAIL) -> list[Message]:
    held = claimed(channel)
    assert begin(held) == {message.pk for message in held}
    return held


def expire() -> None:
    Message.objects.exclude(leased_until=None).update(leased_until=timezone.now() - timedelta(seconds=1))


def settled(messages: list[Message], outcome: Outcome) -> int:
    return settle(messages, dict.fromkeys([message.pk for message in messages], outcome))


def test_what_one_has_taken_another_does_not_get() -> None:
    queued(draft(), draft("bo@mottagare.test"))
    assert len(claimed(limit=1)) == 1
    assert len(claimed()) == 1
    assert claimed() == []


def test_only_the_channel_asked_for_is_taken() -> None:
    queued(draft(), sms())
    assert [message.channel for message in claimed(Channel.SMS)] == [Channel.SMS]


def test_only_the_organisations_asked_for_are_served() -> None:
    queued()
    assert claim(Channel.EMAIL, [organisation_of(PROVSTAD).pk], 10) == []


def test_places_are_shared_evenly_whoever_has_most() -> None:
    queued(*[draft(f"a{number}@mottagare.test") for number in range(20)])
    queued(draft("b@mottagare.test"), organisation=organisation_of(PROVSTAD))
    queued(*[draft(f"c{number}@mottagare.test") for number in range(20)], organisation=organisation_of(TESTBY))
    owners = [message.organisation_id for message in claimed(limit=9)]
    counts = [owners.count(organisation_of(code).pk) for code in (PROVSTAD, TESTBY)]
    assert len(owners) == 9
    assert counts[0] == 1
    assert 3 <= counts[1] <= 5


def test_the_urgent_goes_first_and_then_what_was_due_first() -> None:
    earlier = timezone.now() - timedelta(hours=1)
    bulk, normal, urgent, early = queued(
        draft(priority=Priority.BULK, due=earlier), draft(), draft(priority=Priority.URGENT), draft(due=earlier)
    )
    assert [message.pk for message in claimed(limit=3)] == [urgent.pk, early.pk, normal.pk]
    assert [message.pk for message in claimed()] == [bulk.pk]


def test_who_lost_a_message_cannot_settle_it() -> None:
    (message,) = queued()
    first = begun()
    expire()
    recover()
    second = begun()
    assert settled(first, Outcome(Result.REFUSED, Failure.ADDRESS)) == 0
    assert settled(second, SENT) == 1
    assert states(message) == [State.SENT]


def test_nothing_begins_after_the_lease_has_ended() -> None:
    (message,) = queued()
    held = claimed()
    expire()
    assert begin(held) == set()
    assert states(message) == [State.LEASED]


def test_what_had_not_begun_is_queued_again_as_if_nothing_had_been() -> None:
    (message,) = queued(sms())
    claimed(Channel.SMS)
    expire()
    assert recover() == 1
    found = Message.objects.get(pk=message.pk)
    assert (found.state, found.attempts, found.repeats) == (State.QUEUED, 0, 0)


def test_an_email_that_may_have_left_goes_once_more_with_the_same_token_and_not_a_third_time() -> None:
    (message,) = queued()
    tokens = set()
    for expected in (State.QUEUED, State.UNKNOWN):
        tokens |= {held.token for held in begun()}
        expire()
        recover()
        assert states(message) == [expected]
    assert tokens == {message.token}
    assert claimed() == []


@pytest.mark.parametrize("one", [draft(reference="7"), sms(reference="7")])
def test_what_may_have_left_and_was_answered_is_neither_repeated_nor_left_to_a_person(one: Draft) -> None:
    (message,) = queued(one)
    begun(Channel(message.channel))
    forget("7")
    expire()
    recover()
    assert states(message) == [State.SENT]
    assert claimed(Channel(message.channel)) == []


def test_an_sms_that_may_have_left_waits_for_a_person() -> None:
    (message,) = queued(sms())
    begun(Channel.SMS)
    expire()
    recover()
    assert states(message) == [State.UNKNOWN]
    assert claimed(Channel.SMS) == []


@pytest.mark.parametrize(("decide", "state"), [(send_again, State.QUEUED), (leave_be, State.SENT)])
def test_a_person_decides_about_an_uncertain_message_once(decide: object, state: State) -> None:
    (message,) = queued(sms())
    settled(begun(Channel.SMS), Outcome(Result.UNKNOWN, Failure.CONNECTION))
    assert callable(decide)
    assert decide(message.pk)
    assert states(message) == [state]
    assert not decide(message.pk)


def test_its_holder_may_still_make_an_uncertain_sms_certain() -> None:
    (message,) = queued(sms())
    held = begun(Channel.SMS)
    expire()
    recover()
    assert settled(held, SENT) == 1
    assert states(message) == [State.SENT]


def test_what_is_refused_for_now_waits_longer_each_time_and_is_given_up_in_the_end() -> None:
    (message,) = queued()
    waits = []
    for _ in leasing.WAITS:
        settled(begun(), Outcome(Result.LATER, Failure.BUSY))
        due = Message.objects.get(pk=message.pk).due
        waits.append(round((due - timezone.now()).total_seconds() / 60))
        Message.objects.update(due=timezone.now())
    assert waits == [1, 5, 30, 120, 360]
    settled(begun(), Outcome(Result.LATER, Failure.BUSY))
    assert states(message) == [State.FAILED]
    assert Message.objects.get(pk=message.pk).failure == Failure.GIVEN_UP


def test_what_is_given_back_can_be_taken_at_once_or_after_a_wait() -> None:
    queued()
    assert give_back(claimed()) == 1
    assert give_back(claimed(), timedelta(minutes=5)) == 1
    assert claimed() == []


@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_once_never_take_the_same_message() -> None:
    queued(*[draft(f"a{number}@mottagare.test") for number in range(60)])

    def one_worker(number: int) -> list[int]:
        taken: list[int] = []
        try:
            with scope_of_everything("a worker takes whatever is due"):
                while held := claimed(limit=5):
                    taken += [message.pk for message in held]
        finally:
            connection.close()
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [pk for found in pool.map(one_worker, range(4)) for pk in found]
    assert len(taken) == 60
    assert len(set(taken)) == 60
