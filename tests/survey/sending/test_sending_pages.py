"""The pages of sending: overview, plan, pause, texts with preview and test, and the calculator."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from builders import PROVSTAD
from builders_records import member, national_organisation, organisation_of, signed_in
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.delivery.contents import opened_from
from lyhord.delivery.models import Message
from lyhord.measurements.models import Participation
from lyhord.survey.sending.models import SendingPlan
from lyhord.survey.sending.plans import plan_of
from survey.contacts.handing_over import joined

pytestmark = pytest.mark.django_db
PLAN = {"percent": "20", "opens": "10:00", "closes": "16:00", "reminders": "2", "reminder_days": "4"}


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    settings.DELIVERY_KEYS = ""


@pytest.fixture
def both() -> dict[str, Participation]:
    return joined()


@pytest.fixture
def leader() -> Client:
    return signed_in(member(Role.LEADER))


def own_plan(participation: Participation) -> SendingPlan:
    with scope(organisation_of()):
        return plan_of(participation)


def test_the_overview_shows_every_participation(leader: Client, both: dict[str, Participation]) -> None:
    page = leader.get("/matningar").content.decode()
    assert "Telefoni" in page
    assert "0 av 100" in page


def test_the_coordinator_sees_figures_of_everyone_in_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    joined()
    joined(PROVSTAD)
    coordinator = signed_in(member(Role.COORDINATOR, national_organisation()))
    with django_assert_max_num_queries(9 + 4):  # and one of each participation for answers that wait to be mixed
        page = coordinator.get("/matningar/alla").content.decode()
    assert "Provstad, Telefoni" in page


def test_a_plan_is_changed_and_written_down(leader: Client, both: dict[str, Participation]) -> None:
    phone = both["tel"]
    leader.get(f"/matningar/{phone.pk}")
    with scope(organisation_of()):
        assert not SendingPlan.objects.exists()
    assert leader.post(f"/matningar/{phone.pk}", {**PLAN, "saturdays": "on"}).status_code == 302
    plan = own_plan(phone)
    assert (plan.response_rate, f"{plan.opens:%H:%M}", plan.saturdays, plan.reminders) == (0.2, "10:00", True, 2)
    assert "omkring 500 kontakter" in leader.get(f"/matningar/{phone.pk}").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": "0"}, {"percent": "101"}, {"opens": "06:00"}, {"opens": "17:00"}, {"closes": "23:00"},
        {"reminders": "3"}, {"reminder_days": "0"}, {"opens": "hej"}, {"percent": ""},
    ],
    ids=str,
)  # fmt: skip
def test_a_plan_beyond_the_limits_is_refused(
    leader: Client, both: dict[str, Participation], wrong: dict[str, str]
) -> None:
    answer = leader.post(f"/matningar/{both['tel'].pk}", {**PLAN, **wrong})
    assert answer.status_code == 400
    assert "Planen sparades inte" in answer.content.decode()


def test_sending_is_paused_and_resumed(leader: Client, both: dict[str, Participation]) -> None:
    phone = both["tel"]
    leader.post(f"/matningar/{phone.pk}/paus", {"reason": "fel i listan"})
    assert own_plan(phone).paused == "fel i listan"
    assert "fel i listan" in leader.get(f"/matningar/{phone.pk}").content.decode()
    leader.post(f"/matningar/{phone.pk}/paus", {"go_on": "1"})
    assert not own_plan(phone).paused


def test_the_preview_tells_parts_encoding_and_cost(leader: Client, both: dict[str, Participation]) -> None:
    page = leader.get(f"/matningar/{both['tel'].pk}/texter").content.decode()
    assert "GSM-7" in page
    assert "som blir 1 sms" in page
    arabic = leader.get(f"/matningar/{both['tel'].pk}/texter?sprak=ar").content.decode()
    assert "UCS-2" in arabic
    assert "maskinöversatta" in arabic


def test_own_texts_are_kept_for_one_language_and_given_up_again(leader: Client, both: dict[str, Participation]) -> None:
    address = f"/matningar/{both['tel'].pk}/texter"
    own = {"sprak": "sv", "deed": "save", "sms": "Hej! {link}", "sms_reminder": "Hej igen! {link}"}
    leader.post(address, own)
    assert own_plan(both["tel"]).texts == {"sv": {"sms": "Hej! {link}", "sms_reminder": "Hej igen! {link}"}}
    refused = leader.post(address, {**own, "sms": "ingen länk"})
    assert refused.status_code == 400
    assert "ingen länk" in refused.content.decode()
    leader.post(address, {"sprak": "sv", "deed": "house"})
    assert own_plan(both["tel"]).texts == {"sv": {}}


def test_a_test_message_goes_to_the_one_who_asked(leader: Client, both: dict[str, Participation]) -> None:
    address = f"/matningar/{both['epost'].pk}/texter"
    assert leader.post(address, {"deed": "test", "to": "0701740605"}).status_code == 400
    assert leader.post(address, {"deed": "test", "to": "vera@exempel.se"}).status_code == 200
    with scope(organisation_of()):
        message = Message.objects.select_related("key").get()
        assert (message.purpose, opened_from(message)[0]) == ("test", "vera@exempel.se")


def test_the_calculator_answers_anyone() -> None:
    page = Client().get("/berakna?answers=100&percent=17").content.decode().replace("\u00a0", " ")
    assert "För att nå 100 svar vid 17 % behövs omkring 590 kontakter." in page
    assert Client().get("/berakna?answers=0&percent=17").status_code == 400
