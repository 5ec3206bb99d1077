"""The page where a person settles what nobody knows: shown masked, settled once, written down."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from builders import PROVSTAD
from builders_records import member, organisation_of, signed_in
from delivery.sending import draft, queued, sms, states
from lyhord.accounts.models import AuditEvent
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery import listeners, outbox
from lyhord.delivery.listeners import Event, News
from lyhord.delivery.models import Message, MessageKey, State
from lyhord.delivery.outcomes import Failure
from lyhord.delivery.uncertain import masked

pytestmark = pytest.mark.django_db
PAGE = "/leverans/ovissa"


@pytest.fixture
def leader() -> Client:
    return signed_in(member(Role.LEADER))


def doubtful(*drafts: outbox.Draft, failure: Failure = Failure.LOST) -> list[Message]:
    messages = queued(*(drafts or (sms(),)))
    with scope_of_everything("a test sets the scene"):
        Message.objects.update(state=State.UNKNOWN, failure=failure, finished=timezone.now())
    return messages


def now(*messages: Message) -> list[str]:
    with scope_of_everything("a test looks at all of it"):
        return states(*messages)


def test_each_is_shown_with_what_it_takes_to_find_it_in_a_log(leader: Client) -> None:
    doubtful(sms("+46701740605"), draft("anna@mottagare.test"))
    page = leader.get(PAGE).content.decode()
    assert "…0605" in page
    assert "a…@mottagare.test" in page
    assert "701740605" not in page
    assert "avbröts medan meddelandet skickades" in page


def test_one_that_did_not_arrive_is_sent_again_and_it_is_written_down(leader: Client) -> None:
    (message,) = doubtful()
    answer = leader.post(f"{PAGE}/{message.pk}", {"deed": "again"}, follow=True)
    assert "skickas en gång till" in answer.content.decode()
    assert now(message) == [State.QUEUED]
    with scope_of_everything("a test reads the log"):
        assert AuditEvent.objects.filter(action="message.sent_again", object_id=str(message.pk)).count() == 1


def test_one_that_arrived_counts_as_sent_and_its_room_hears_of_it(leader: Client) -> None:
    heard: list[News] = []
    listeners.listen("invitation", heard.append)
    (message,) = doubtful()
    leader.post(f"{PAGE}/{message.pk}", {"deed": "sent"})
    listeners.forget("invitation", heard.append)
    assert now(message) == [State.SENT]
    assert [one.event for one in heard] == [Event.SENT]
    with scope_of_everything("a test looks at all of it"):
        assert not MessageKey.objects.exists()


def test_a_second_click_changes_nothing(leader: Client) -> None:
    (message,) = doubtful()
    leader.post(f"{PAGE}/{message.pk}", {"deed": "sent"})
    answer = leader.post(f"{PAGE}/{message.pk}", {"deed": "again"}, follow=True)
    assert "redan avgjort" in answer.content.decode()
    assert now(message) == [State.SENT]


def test_one_whose_address_is_forgotten_can_only_count_as_sent(leader: Client) -> None:
    (message,) = doubtful()
    with scope_of_everything("a test sets the scene"):
        MessageKey.objects.all().delete()
    page = leader.get(PAGE).content.decode()
    assert 'value="again"' not in page
    leader.post(f"{PAGE}/{message.pk}", {"deed": "again"})
    assert now(message) == [State.UNKNOWN]


def test_nobody_settles_anothers() -> None:
    (message,) = doubtful()
    stranger = signed_in(member(Role.LEADER, organisation_of(PROVSTAD)))
    assert stranger.post(f"{PAGE}/{message.pk}", {"deed": "sent"}).status_code == 404
    assert "Inget meddelande är ovisst" in stranger.get(PAGE).content.decode()
    assert now(message) == [State.UNKNOWN]


def test_the_page_costs_the_same_however_many_there_are(
    leader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    doubtful(*[sms(f"+4670174{number:04}") for number in range(120)])
    with django_assert_max_num_queries(8):
        page = leader.get(PAGE).content.decode()
    assert page.count('value="again"') == 100
    assert "De 100 äldsta av 120 visas" in page


@pytest.mark.parametrize(("address", "shown"), [("+46701740605", "…0605"), ("anna.lind@kommun.test", "a…@kommun.test")])
def test_an_address_is_masked(address: str, shown: str) -> None:
    assert masked(address) == shown
