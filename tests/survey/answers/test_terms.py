"""What an organisation decides about its respondents, what it inherits, and how it reads."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.survey.answers.asked import invited, open_round, taking_part

from builders import EXEMPELKOPING, PROVSTAD
from builders_records import member, national_organisation, organisation_of, signed_in
from lyhord.accounts.models import AuditEvent, Organisation
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.survey.answers.models import Terms
from lyhord.survey.answers.terms import decide, hand_down, terms_of

pytestmark = pytest.mark.django_db
ASKING = {"part": "asking", "phone": "021-39 00 00", "email": "fraga@exempel.se", "contact_me": "on"}
KEEPING = {"part": "keeping", "original_days": "100", "response_days": "200", "request_days": "30"}


def stored(organisation: Organisation) -> Terms:
    with scope(organisation):
        return terms_of(organisation)


def decided(organisation: Organisation, **wishes: object) -> None:
    with scope(organisation):
        decide(terms_of(organisation), wishes)


def leader() -> Client:
    taking_part()
    return signed_in(member(Role.LEADER))


def test_a_leader_decides_whom_respondents_reach_and_it_is_written_down() -> None:
    browser = leader()
    browser.post("/svarande", ASKING)
    own = stored(organisation_of())
    assert (own.phone, own.email, own.contact_me) == ("021-39 00 00", "fraga@exempel.se", True)
    assert own.own == ["email", "phone"]
    with scope_of_everything("a test"):
        assert AuditEvent.objects.filter(action="terms.decided").count() == 1
    assert "021-39" in browser.get(f"/s/{invited()}").content.decode()


def test_who_may_not_decide_on_retention_does_not_change_it() -> None:
    browser = leader()
    browser.post("/svarande", KEEPING)
    assert stored(organisation_of()).request_days == 90
    signed_in(member(Role.ADMINISTRATOR)).post("/svarande", KEEPING)
    assert stored(organisation_of()).request_days == 30


@pytest.mark.parametrize("wrong", [{"phone": "ring oss"}, {"email": "x"}, {"responsible": "x" * 200}])
def test_what_cannot_be_is_refused_and_kept_in_the_form(wrong: dict[str, str]) -> None:
    answer = leader().post("/svarande", ASKING | wrong)
    assert answer.status_code == 400
    assert next(iter(wrong.values())) in answer.content.decode()
    assert stored(organisation_of()).phone == ""


def test_what_the_coordinator_decides_is_everybodys_until_they_decide_otherwise() -> None:
    taking_part()
    decided(organisation_of(), email="egen@exempel.se")
    decided(national_organisation(), phone="08-1", email="alla@exempel.se", responsible="")
    assert stored(organisation_of()).phone == "08-1"
    assert stored(organisation_of()).email == "egen@exempel.se"
    decided(national_organisation(), phone="08-2")
    assert stored(organisation_of()).phone == "08-2"


def test_who_joins_later_starts_with_the_coordinators_terms() -> None:
    open_round()
    decided(national_organisation(), phone="08-1")
    taking_part(PROVSTAD)
    assert stored(organisation_of(PROVSTAD)).phone == "08-1"
    assert hand_down() == 1
    assert hand_down() == 0
    with scope(organisation_of(PROVSTAD)):
        assert Terms.objects.get().phone == "08-1"


def test_who_runs_its_own_round_inherits_nothing() -> None:
    taking_part()
    assert hand_down() == 0
    assert stored(organisation_of()).own == []


@pytest.mark.parametrize("language", ["sv", "latt", "en", "fi", "ar"])
def test_the_privacy_page_names_who_is_answerable_in_every_language(language: str) -> None:
    taking_part()
    decided(organisation_of(), responsible="Kommunstyrelsen", data_protection="ombud@exempel.se")
    shown = Client().get(f"/om/{EXEMPELKOPING}/integritet?lang={language}").content.decode()
    assert "Kommunstyrelsen" in shown
    assert "ombud@exempel.se" in shown
    assert "{" not in shown.partition("<main")[2]
    decided(organisation_of(), responsible="", data_protection="")
    shown = Client().get(f"/om/{EXEMPELKOPING}/integritet?lang={language}").content.decode()
    assert "Exempelköpings kommun" in shown.partition("<main")[2]
    assert "ombud" not in shown


def test_faults_in_the_pages_are_reported_where_the_organisation_says() -> None:
    taking_part()
    decided(organisation_of(), email="fraga@exempel.se", accessibility_email="brist@exempel.se")
    address = f"/om/{EXEMPELKOPING}/tillganglighet"
    assert "brist@exempel.se" in Client().get(address).content.decode()
    assert "brist@exempel.se" not in Client().get(f"/om/{EXEMPELKOPING}/integritet").content.decode()


def test_without_contact_me_no_page_offers_it_and_nothing_is_kept() -> None:
    link = invited()
    assert "/kontakt" in Client().get(f"/s/{link}").content.decode()
    decided(organisation_of(), contact_me=False)
    assert "/kontakt" not in Client().get(f"/s/{link}").content.decode()
    assert "/kontakt" not in Client().get(f"/om/{EXEMPELKOPING}/integritet").content.decode()
    assert Client().get(f"/om/{EXEMPELKOPING}/kontakt").status_code == 404


def test_the_page_shows_the_text_in_every_language_with_the_stored_terms() -> None:
    browser = leader()
    browser.post("/svarande", ASKING | {"responsible": "Kommunstyrelsen"})
    shown = browser.get("/svarande").content.decode()
    assert shown.count("Kommunstyrelsen") >= 6
    assert all(name in shown for name in ("Svenska", "English", "Suomi", "العربية"))
