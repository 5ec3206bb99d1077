"""The reviewer's pages: every mail is decided about by one press, and nothing is another organisation's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from builders import EXEMPELKOPING
from builders_records import member, national_organisation, organisation_of, signed_in
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.mystery.letters.models import Destination, Posting, Reply
from lyhord.mystery.planning.models import Probe
from mystery.letters.corresponding import came, due_letter, mail, sent_letter

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 10, 13, 7, 30, 5, tzinfo=UTC)
QUEUE = "/provkontakter/svar"


@pytest.fixture(autouse=True)
def _after_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))


@pytest.fixture
def browser() -> Client:
    return signed_in(member(Role.REVIEWER, national_organisation()))


def answered() -> tuple[Posting, Reply]:
    with scope(national_organisation()):
        letter = sent_letter(SENT)
        text = (
            f"Hej!\n\nJa, det går bra. Se https://www.vetlanda.se/bygga\n\nMvh\nAnna Svensson\n\n> {letter.question}\n"
        )
        return letter, came(mail(letter, text), SENT + timedelta(hours=2))


def test_a_mail_is_confirmed_by_one_press_on_what_is_suggested(browser: Client) -> None:
    letter, reply = answered()
    assert f"{QUEUE}/{reply.pk}" in browser.get(QUEUE).content.decode()
    page = browser.get(f"{QUEUE}/{reply.pk}").content.decode()
    for seen in (
        letter.question.split("\n")[-1][:20],
        "autofocus",
        "<mark>Anna Svensson",
        "vetlanda.se/bygga",
        "Citerad text",
    ):
        assert seen in page
    given = {"kind": "answer", "probe": letter.pk, "sender_class": "ovrigt", "additional": "on"}
    assert browser.post(f"{QUEUE}/{reply.pk}", given).headers["Location"] == QUEUE
    with scope(national_organisation()):
        assert Posting.objects.get(pk=letter.pk).outcome == "answered"
    assert "Ångra beslutet" in browser.get(f"{QUEUE}/{reply.pk}").content.decode()
    assert browser.post(f"{QUEUE}/{reply.pk}/angra").status_code == 302
    with scope(national_organisation()):
        assert Posting.objects.get(pk=letter.pk).outcome == ""


def test_what_is_missing_is_told_and_nothing_is_stored(browser: Client) -> None:
    _, reply = answered()
    refused = browser.post(f"{QUEUE}/{reply.pk}", {"kind": "answer", "probe": ""})
    assert refused.status_code == 400
    assert "Välj vilket brev" in refused.content.decode()
    assert browser.post(f"{QUEUE}/{reply.pk}", {"kind": "påhitt"}).status_code == 400
    with scope(national_organisation()):
        assert Reply.objects.get().kind == ""


def test_unanswered_letters_are_closed_or_said_to_be_answered_otherwise(browser: Client) -> None:
    with scope(national_organisation()):
        letter = sent_letter(SENT)
    page = f"{QUEUE}/obesvarade"
    assert letter.subject in browser.get(page).content.decode()
    assert (
        browser.post(page, {"deed": "otherwise", "letter": letter.pk, "at": "i går", "how": "Ring"}).status_code == 400
    )
    assert browser.post(page, {"deed": "none", "letter": "0"}).status_code == 400
    assert browser.post(page, {"deed": "all"}).status_code == 302
    with scope(national_organisation()):
        assert Posting.objects.get().outcome == "unanswered"
    assert "Inget brev har gått över tiden" in browser.get(page).content.decode()


def test_an_uncertain_letter_is_settled(browser: Client) -> None:
    with scope(national_organisation()):
        letter = sent_letter(SENT)
        Probe.objects.filter(pk=letter.pk).update(state=Probe.State.UNKNOWN, done_at=None)
    page = "/provkontakter/brev/ovissa"
    assert letter.message_id[1:20] in browser.get(page).content.decode()
    assert browser.post(page, {"deed": "sent", "letter": letter.pk}).status_code == 302
    with scope(national_organisation()):
        assert Probe.objects.get(pk=letter.pk).done_at == SENT
    assert browser.post(page, {"deed": "sent", "letter": "x"}).status_code == 400


def test_addresses_are_written_and_what_cannot_be_read_is_told(browser: Client) -> None:
    with scope(national_organisation()):
        due_letter(destination=False)
    page = "/provkontakter/brev/adresser"
    assert "Adress saknas" in browser.get(page).content.decode()
    refused = browser.post(page, {"lines": f"{EXEMPELKOPING} ingen adress"})
    assert refused.status_code == 400
    assert "Rad 1: ingen är ingen e-postadress" in refused.content.decode()
    given = {"lines": f"{EXEMPELKOPING} kommun@exempelkoping.se arenden.exempel.se\n\n"}
    assert browser.post(page, given).status_code == 302
    with scope(national_organisation()):
        assert Destination.objects.get().domains == ["arenden.exempel.se"]
    assert "Adress saknas" not in browser.get(page).content.decode()


def test_another_organisations_reviewer_sees_nothing_of_it() -> None:
    letter, reply = answered()
    other = signed_in(member(Role.REVIEWER, organisation_of()))
    assert other.get(f"{QUEUE}/{reply.pk}").status_code == 404
    assert other.post(f"{QUEUE}/{reply.pk}", {"kind": "answer"}).status_code == 404
    assert letter.subject not in other.get(QUEUE).content.decode()


def test_the_queue_takes_as_many_queries_however_long_it_is(
    browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    letter, _ = answered()
    with scope(national_organisation()):
        for number in range(8):
            came(mail(letter, f"Hej, här kommer svar nummer {number}. Det går bra."), SENT + timedelta(hours=number))
    with django_assert_max_num_queries(30):
        assert browser.get(QUEUE).status_code == 200
