"""Who asked to be contacted: read one at a time, written down, ticked off, and with no tie to any answer."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.survey.answers.asked import taking_part

from builders import EXEMPELKOPING, PROVSTAD
from builders_records import member, organisation_of, signed_in
from lyhord.accounts.models import AuditEvent
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.survey.answers.models import ContactRequest

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="t" value="([^"]+)"')


def asked(name: str = "Ulla Berg") -> ContactRequest:
    """Somebody fills in the form."""
    taking_part()
    address = f"/om/{EXEMPELKOPING}/kontakt"
    found = TOKEN.search(Client().get(address).content.decode())
    assert found is not None
    sent = {"t": found[1], "name": name, "address": "070-174 06 05", "about": "Snöröjningen på Storgatan"}
    assert Client().post(address, sent).status_code == 200
    with scope(organisation_of()):
        return ContactRequest.objects.latest("pk")


def events(action: str) -> int:
    with scope_of_everything("a test"):
        return AuditEvent.objects.filter(action=action).count()


def test_the_list_tells_when_and_until_when_and_nothing_of_what_was_written() -> None:
    asked()
    shown = signed_in(member(Role.LEADER)).get("/onskemal").content.decode()
    assert f"{timezone.localdate():%Y-%m-%d}" in shown
    assert "1 väntar" in shown
    assert "90 dagar" in shown
    assert not any(word in shown for word in ("Ulla", "174 06", "Snöröjningen"))


def test_reading_one_is_written_down() -> None:
    row, browser = asked(), signed_in(member(Role.LEADER))
    shown = browser.post(f"/onskemal/{row.pk}").content.decode()
    assert "Ulla Berg" in shown
    assert "Snöröjningen" in shown
    assert events("contact_request.read") == 1


def test_one_is_ticked_off_and_taken_back() -> None:
    row, browser = asked(), signed_in(member(Role.LEADER))
    browser.post(f"/onskemal/{row.pk}/klart", {"deed": "done"})
    assert "0 väntar" in browser.get("/onskemal").content.decode()
    browser.post(f"/onskemal/{row.pk}/klart", {"deed": "again"})
    assert "1 väntar" in browser.get("/onskemal").content.decode()
    assert (events("contact_request.handled"), events("contact_request.taken_back")) == (1, 1)


def test_another_organisation_finds_nothing() -> None:
    row = asked()
    stranger = signed_in(member(Role.LEADER, organisation_of(PROVSTAD)))
    assert "Ingen har bett" in stranger.get("/onskemal").content.decode()
    assert stranger.post(f"/onskemal/{row.pk}").status_code == 404
    assert stranger.post(f"/onskemal/{row.pk}/klart").status_code == 404


def test_a_request_that_cannot_be_opened_says_what_to_do() -> None:
    row = asked()
    with scope(organisation_of()):
        ContactRequest.objects.filter(pk=row.pk).update(sealed=b"x" * 40)
    answer = signed_in(member(Role.LEADER)).post(f"/onskemal/{row.pk}")
    assert answer.status_code == 409
    assert "återställa nyckeln" in answer.content.decode()


def test_nothing_of_a_request_names_an_invitation_or_an_answer() -> None:
    fields = {field.name for field in ContactRequest._meta.get_fields()}
    assert fields == {"id", "organisation", "date", "handled", "sealed", "wrapped"}
