"""The interviewer's pages: the list, a call without JavaScript, corrections, practice and what telephones send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from builders import PROVSTAD
from builders_records import member, municipality_of, national_organisation, signed_in
from lyhord.accounts.models import AuditEvent, User
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.mystery.calls.models import Entry
from lyhord.mystery.calls.switchboards import write_numbers
from lyhord.mystery.observing.models import Correction, Grading
from lyhord.mystery.planning.models import Probe
from mystery.calls.calling import GOOD, day_of_calls

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def measuring() -> Iterator[None]:
    """Calls belong to the one who measures."""
    with scope(national_organisation()):
        yield


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_the_days_calls_are_ones_own_in_order_and_late_ones_are_marked() -> None:
    _, caller, own = day_of_calls(3)
    own[0].due_at = timezone.now() - timedelta(minutes=16)
    own[0].save()
    page = text_of(browser_of(caller).get("/samtal"))
    others = Probe.objects.exclude(interviewer=caller).filter(channel="tel")
    assert all(f'/samtal/{one.pk}"' in page for one in own if timezone.localdate(one.due_at) == timezone.localdate())
    assert not any(f'/samtal/{one.pk}"' in page for one in others)
    assert page.count("försenat") >= 1


def test_the_queries_of_the_list_do_not_grow_with_the_calls(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    _, caller, _ = day_of_calls(12)
    browser = browser_of(caller)
    with django_assert_max_num_queries(16):
        browser.get("/samtal")


def test_a_call_shows_whom_one_is_what_to_ask_and_what_to_say_if_challenged() -> None:
    _, caller, (probe, *_) = day_of_calls()
    municipality_of()
    write_numbers(national_organisation(), "Exempelköping 0123-456 78")
    page = text_of(browser_of(caller).get(f"/samtal/{probe.pk}"))
    assert str(probe.persona) in page
    assert 'href="tel:012345678"' in page
    for wanted in ("personnummer", "Lämna inget meddelande", "Facit", "Numret är slaget", "Samtalet räknas inte"):
        assert wanted in page


def test_a_whole_call_is_made_without_javascript_question_by_question() -> None:
    _, caller, (probe, after, *_) = day_of_calls()
    browser, address = browser_of(caller), f"/samtal/{probe.pk}"
    for step in ("dialled", "answered", "officer", "ended"):
        assert browser.post(address, {"press": step}).status_code == 302
    assert 'data-item="tel.bemotande"' in text_of(browser.get(address))
    assert browser.post(address, {"tel.utfall": "kontakt", "draft": "1"})["Location"] == address
    assert Grading.objects.get().answers == {"tel.utfall": "kontakt"}
    assert browser.post(address, {**GOOD, "done": "1"})["Location"] == f"/samtal/{after.pk}"
    assert Grading.objects.get().finished_at is not None
    assert float(Grading.objects.get().answers["tel.kontakttid_s"]) < 60
    assert "Rätta bedömningen" in text_of(browser.get(address))


def test_what_lacks_is_told_beside_its_question_and_what_was_typed_stays() -> None:
    _, caller, (probe, *_) = day_of_calls()
    answer = browser_of(caller).post(
        f"/samtal/{probe.pk}", {"tel.utfall": "kontakt", "tel.kontakttid_s": "9", "done": "1"}
    )
    assert answer.status_code == 400
    assert "Svar på frågan saknar svar." in text_of(answer)
    assert Grading.objects.get().answers == {"tel.utfall": "kontakt", "tel.kontakttid_s": "9"}


def test_a_call_of_another_day_is_not_made() -> None:
    _, caller, (probe, *_) = day_of_calls()
    probe.due_at = timezone.now() + timedelta(days=2)
    probe.save()
    browser = browser_of(caller)
    assert "Det går bara att ringa den dagen" in text_of(browser.get(f"/samtal/{probe.pk}"))
    assert browser.post(f"/samtal/{probe.pk}", {"press": "dialled"}).status_code == 400
    assert not Entry.objects.exists()


@pytest.mark.parametrize("page", ["", "/ratta"])
def test_somebody_elses_call_is_not_there(page: str) -> None:
    _, _, (probe, *_) = day_of_calls()
    other = signed_in(member(Role.INTERVIEWER, national_organisation()))
    assert other.get(f"/samtal/{probe.pk}{page}").status_code == 404
    assert other.post(f"/samtal/{probe.pk}{page}", {"press": "dialled"}).status_code == 404


def test_a_caller_who_was_recognised_lets_the_call_count_nowhere() -> None:
    _, caller, (probe, *_) = day_of_calls()
    browser_of(caller).post(f"/samtal/{probe.pk}", {"exclude": "exposed", "note": "Telefonisten frågade"})
    probe.refresh_from_db()
    assert (probe.state, probe.exclusion) == ("excluded", "exposed")
    assert AuditEvent.objects.filter(action="probe.excluded").count() == 1


def test_a_correction_says_why_and_is_shown_with_what_stood() -> None:
    _, caller, (probe, *_) = day_of_calls()
    browser, address = browser_of(caller), f"/samtal/{probe.pk}"
    browser.post(address, {**GOOD, "tel.kontakttid_s": "40", "done": "1"})
    changed = {**GOOD, "tel.kontakttid_s": "40", "tel.intresse": "dalig"}
    assert browser.post(f"{address}/ratta", changed).status_code == 400
    assert browser.post(f"{address}/ratta", {**changed, "reason": "Tryckte fel"}).status_code == 302
    page = text_of(browser.get(address))
    assert "Tryckte fel" in page
    assert "<del>God</del> → <ins>Dålig</ins>" in page
    assert Correction.objects.count() == 1


def test_practice_is_compared_with_what_is_meant_and_stored_nowhere() -> None:
    _, caller, _ = day_of_calls()
    browser = browser_of(caller)
    answers = {**GOOD, "tel.kontakttid_s": "35", "tel.intresse": "dalig", "graded": "1"}
    page = text_of(browser.post("/samtal/ovning?fall=1", answers))
    assert "du: Dålig" in page
    assert page.count("samma som du") == 4
    assert not Grading.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("number", ["2", "3", "99", "x"])
def test_every_practice_call_opens(number: str) -> None:
    _, caller, _ = day_of_calls()
    assert browser_of(caller).get(f"/samtal/ovning?fall={number}").status_code == 200


def test_a_telephone_is_told_what_became_of_each_entry() -> None:
    _, caller, (probe, *_) = day_of_calls()
    row = {"probe": probe.pk, "key": "a" * 24, "device": "b" * 24, "kind": "dialled", "sequence": 1, "clock": 10**12}
    half = {**row, "key": "c" * 24, "kind": "finished", "sequence": 2, "answers": {"tel.utfall": "kontakt"}}
    browser = browser_of(caller)
    for _ in range(2):
        answer = browser.post("/samtal/poster", json.dumps({"entries": [row, half]}), content_type="application/json")
        assert [one["kept"] for one in answer.json()["entries"]] == [True, True]
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "[]",
        '{"entries": 1}',
        '{"entries": [1]}',
        '{"entries": [{"probe": 1}]}',
        '{"entries": [{"probe": 1, "key": "kort", "device": "bbbbbbbbb", "kind": "dialled", "sequence": 1}]}',
        '{"entries": [{"probe": 1, "key": "aaaaaaaaa", "device": "bbbbbbbbb", "kind": "annat", "sequence": 1}]}',
        '{"entries": [{"probe": 1, "key": "aaaaaaaaa", "device": "bbbbbbbbb", "kind": "dialled", "sequence": -1}]}',
        '{"entries": [{"probe": true, "key": "aaaaaaaaa", "device": "bbbbbbbbb", "kind": "dialled", "sequence": 1}]}',
        '{"entries":[{"probe":1,"key":"aaaaaaaa","device":"aaaaaaaa","kind":"answers","sequence":1,"answers":1}]}',
    ],
)
def test_what_no_page_of_ours_would_send_is_refused(body: str) -> None:
    _, caller, _ = day_of_calls(1)
    answer = browser_of(caller).post("/samtal/poster", body, content_type="application/json")
    assert answer.status_code == 400
    assert not Entry.objects.exists()


def test_half_a_character_is_no_fault() -> None:
    _, caller, (probe, *_) = day_of_calls()
    row = {"probe": probe.pk, "key": "a" * 24, "device": "b" * 24, "kind": "answers", "sequence": 1}
    told = json.dumps({"entries": [{**row, "answers": {"tel.kommentar": "Bra \ud83d"}}]})
    assert browser_of(caller).post("/samtal/poster", told, content_type="application/json").status_code == 200
    assert Grading.objects.get().answers == {"tel.kommentar": "Bra ?"}


def test_a_coordinator_writes_down_the_numbers_and_sees_which_lack() -> None:
    day_of_calls(1)
    municipality_of(PROVSTAD)
    browser = signed_in(member(Role.COORDINATOR, national_organisation()))
    assert "saknar nummer: Exempelköping" in text_of(browser.get("/provkontakter/vaxlar"))
    assert browser.post("/provkontakter/vaxlar", {"numbers": "Ingenstans 1"}).status_code == 400
    assert browser.post("/provkontakter/vaxlar", {"numbers": "Exempelköping 0123-456 78"}).status_code == 302
    assert "saknar nummer" not in text_of(browser.get("/provkontakter/vaxlar"))
