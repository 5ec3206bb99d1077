"""Inviting people on a page: a role at once, a link that is good once, and nobody who gets more than was meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from builders import PROVSTAD
from builders_records import member, organisation_of, person, signed_in
from lyhord.accounts.models import AuditEvent, Membership, User
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery.models import Message

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://[^<\s]+(/valkommen/[^<\s]+)")
EVA = {"email": "Eva@Exempel.se", "name": "Eva Ek", "role": "lasare"}
PASSWORD = "tre gröna ankor simmar"  # noqa: S105 - of an invented person


@pytest.fixture(autouse=True)
def keys_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    settings.DELIVERY_KEYS = ""


def administrator(code: str = "") -> Client:
    return signed_in(member(Role.ADMINISTRATOR, organisation_of(code) if code else None))


def link_in(shown: str) -> str:
    found = LINK.search(shown)
    assert found is not None
    return found[1]


def roles_of(email: str) -> list[str]:
    with scope_of_everything("a test"):
        return sorted(Membership.objects.filter(user__email=email).values_list("role", flat=True))


def test_the_invited_choose_a_password_and_are_in() -> None:
    shown = administrator().post("/personer", EVA).content.decode()
    assert "Eva Ek är inbjuden." in shown
    browser, link = Client(), link_in(shown)
    assert "Välkommen, Eva Ek" in browser.get(link).content.decode()
    assert browser.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert browser.get("/resultat").status_code == 200
    assert Client().login(username="eva@exempel.se", password=PASSWORD)


def test_the_link_is_sent_too_and_the_invitation_is_written_down() -> None:
    administrator().post("/personer", EVA)
    with scope(organisation_of()):
        assert Message.objects.get().purpose == "account.invitation"
        written = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"membership.given", "account.link_sent"} <= written


def test_a_link_is_good_once_and_opening_it_spends_nothing() -> None:
    link = link_in(administrator().post("/personer", EVA).content.decode())
    for _ in range(3):
        assert Client().get(link).status_code == 200
    Client().post(link, {"password": PASSWORD, "again": PASSWORD})
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"password": "en annan text helt", "again": "en annan text helt"}).status_code == 404


@pytest.mark.parametrize(("password", "again"), [("kort", "kort"), (PASSWORD, "något annat"), ("", "")])
def test_a_weak_or_mistyped_password_is_refused(password: str, again: str) -> None:
    link = link_in(administrator().post("/personer", EVA).content.decode())
    assert Client().post(link, {"password": password, "again": again}).status_code == 400
    assert not User.objects.get(email="eva@exempel.se").has_usable_password()


@pytest.mark.parametrize("link", ["/valkommen/MQ/x", "/valkommen/å/x", "/valkommen/OTk5OTk5OTk5OTk5OTk5OTk5OTk5/x-y"])
def test_a_link_that_is_nobodys_opens_nothing(link: str) -> None:
    assert Client().get(link).status_code == 404


def test_who_has_an_account_already_gets_the_role_and_no_link() -> None:
    user = person("Eva Ek", password=PASSWORD)
    shown = administrator().post("/personer", EVA | {"email": user.email}).content.decode()
    assert "har redan ett konto" in shown
    assert LINK.search(shown) is None
    assert roles_of(user.email) == ["lasare"]


def test_nobody_sees_the_link_of_somebody_who_belongs_to_another_organisation_too() -> None:
    administrator().post("/personer", EVA | {"role": "matledare"})
    shown = administrator(PROVSTAD).post("/personer", EVA).content.decode()
    assert "är skickad" in shown
    assert LINK.search(shown) is None


@pytest.mark.parametrize("role", ["driftadmin", "kejsare"])
def test_some_roles_are_not_given_on_a_page(role: str) -> None:
    assert administrator().post("/personer", EVA | {"role": role}).status_code == 400
    assert roles_of("eva@exempel.se") == []


def test_a_role_is_taken_back_at_once() -> None:
    reader = member(Role.READER)
    browser = signed_in(reader)
    assert browser.get("/resultat").status_code == 200
    administrator().post(f"/personer/{reader.pk}", {"deed": "take"})
    assert browser.get("/resultat").status_code == 302
    assert roles_of(reader.user.email) == []


def test_somebody_has_to_remain_who_manages_the_others() -> None:
    only = member(Role.ADMINISTRATOR)
    browser = signed_in(only)
    assert browser.post(f"/personer/{only.pk}", {"deed": "take"}).status_code == 409
    assert roles_of(only.user.email) == ["kommunadmin"]


def test_a_new_link_is_for_who_has_not_chosen_yet() -> None:
    browser = administrator()
    first = link_in(browser.post("/personer", EVA).content.decode())
    with scope_of_everything("a test"):
        row = Membership.objects.get(user__email="eva@exempel.se")
    assert LINK.search(browser.post(f"/personer/{row.pk}", {"deed": "link"}).content.decode())
    Client().post(first, {"password": PASSWORD, "again": PASSWORD})
    assert browser.post(f"/personer/{row.pk}", {"deed": "link"}).status_code == 409


def test_another_organisations_people_are_out_of_reach() -> None:
    reader = member(Role.READER)
    assert administrator(PROVSTAD).post(f"/personer/{reader.pk}", {"deed": "take"}).status_code == 404
    assert reader.user.email not in administrator(PROVSTAD).get("/personer").content.decode()
