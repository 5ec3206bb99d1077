"""Answering: a question a screen, saved between screens, handed in once, and nothing by a GET."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from builders_records import organisation_of
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery.models import Suppression
from lyhord.measurements.counts.models import FlowCount, TallyCell
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import move
from lyhord.survey.answers.attempts import MISSES
from lyhord.survey.answers.models import ContactRequest, Draft, Intake, Terms
from lyhord.survey.answers.originals import opened_original
from lyhord.survey.contacts.models import Contact, ContactKey
from lyhord.survey.sending.models import Invitation
from survey.answers.asked import (
    CALL,
    LETTER,
    invited,
    journey,
    page_of,
    post,
    taking_part,
    token_in,
)

pytestmark = pytest.mark.django_db
NEUTRAL = "Länken går inte att svara på"
UNKNOWN = "2" * 12


@pytest.fixture(autouse=True)
def nobody_has_missed() -> None:
    MISSES.clear()


def intake() -> list[Intake]:
    with scope_of_everything("a test looks"):
        return list(Intake.objects.all())


def rows_left() -> dict[str, int]:
    with scope_of_everything("a test looks"):
        return {model.__name__: model.objects.count() for model in (Contact, ContactKey, Invitation, Draft)}


def test_a_link_shows_the_first_question() -> None:
    html = page_of(invited())
    assert "hur nöjd var du med bemötandet?" in html
    assert "Fråga 1 av 4" in html
    assert "checked" not in html


def test_each_answer_leads_to_the_next_question_without_a_redirect() -> None:
    link = invited()
    html = post(link, "bemotande", bemotande="5")
    assert "Vad gällde ditt ärende?" in html
    assert "Fråga 2 av 4" in html


def test_a_question_may_be_left_blank() -> None:
    assert "Vad gällde ditt ärende?" in post(invited(), "bemotande")


def test_the_answers_of_a_journey_are_taken_in() -> None:
    html = journey(invited(), comment="Snabbt och vänligt")
    [row] = intake()
    assert row.answers == {"tel.bemotande": "5", "tel.arendekategori": "bygglov", "tel.enkelhet": "4"}
    assert row.comment == "Snabbt och vänligt"
    assert row.original is None
    assert "Tack för ditt svar!" in html


def test_contact_key_invitation_and_draft_are_gone_when_an_answer_is_in() -> None:
    journey(invited())
    assert rows_left() == {"Contact": 0, "ContactKey": 0, "Invitation": 0, "Draft": 0}


def test_counts_are_not_touched_by_an_answer() -> None:
    journey(invited())
    with scope_of_everything("a test looks"):
        assert not TallyCell.objects.exists()
        assert not FlowCount.objects.exists()


def test_a_second_sending_changes_nothing_and_shows_the_neutral_page() -> None:
    link = invited()
    token = token_in(page_of(link))
    journey(link)
    assert NEUTRAL in post(link, "", "send", token=token, kommentar="En gång till")
    assert len(intake()) == 1


def test_a_finished_and_an_unknown_link_show_the_same_page_byte_for_byte() -> None:
    link = invited()
    journey(link)
    finished, unknown = Client().get(f"/s/{link}"), Client().get(f"/s/{UNKNOWN}")
    assert finished.content == unknown.content
    assert finished.status_code == unknown.status_code
    assert dict(finished.headers) == dict(unknown.headers)


@pytest.mark.parametrize("path", ["", "/avboj"])
def test_a_finished_link_answers_a_form_as_an_unknown_one_does(path: str) -> None:
    link = invited()
    journey(link)
    sent = {"t": "1.x", "at": "", "go": "send"}
    finished, unknown = (Client().post(f"/s/{one}{path}", sent) for one in (link, UNKNOWN))
    assert (finished.status_code, finished.content) == (unknown.status_code, unknown.content)


def test_a_closed_round_shows_the_neutral_page() -> None:
    participation = taking_part()
    link = invited(participation)
    move(Round.objects.get(pk=participation.round_id), Round.State.CLOSED)
    assert NEUTRAL in page_of(link)


def test_the_same_link_resumes_where_one_was() -> None:
    link = invited()
    post(link, "bemotande", bemotande="5")
    assert "Vad gällde ditt ärende?" in page_of(link)


def test_back_shows_the_earlier_answer_and_lets_it_be_changed() -> None:
    link = invited()
    post(link, "bemotande", bemotande="5")
    html = post(link, "arendekategori", "back", arendekategori="bygglov")
    assert 'value="5" checked' in html
    post(link, "bemotande", bemotande="1")
    assert "kommentar" in post(link, "enkelhet", enkelhet="2")
    post(link, "", "send")
    assert intake()[0].answers["tel.bemotande"] == "1"


def test_what_was_chosen_before_going_back_is_kept() -> None:
    link = invited()
    post(link, "bemotande", bemotande="5")
    post(link, "arendekategori", "back", arendekategori="bygglov")
    html = post(link, "bemotande", bemotande="5")
    assert 'value="bygglov" checked' in html


def test_a_draft_is_unreadable_without_the_link_and_holds_no_comment() -> None:
    link = invited()
    post(link, "bemotande", bemotande="5")
    post(link, "", "next", kommentar="En hemlighet")
    with scope_of_everything("a test looks"):
        [draft] = Draft.objects.all()
    assert b"bemotande" not in bytes(draft.sealed)
    assert "hemlighet" not in page_of(link)


def test_the_filter_question_must_be_answered() -> None:
    html = post(invited(taking_part(channel="epost")), "filter")
    assert "Välj ett svar för att gå vidare." in html
    assert 'role="alert"' in html


@pytest.mark.parametrize(("reply", "wording"), [("ja", "tydligt via e-post"), ("nej", "Hur lång tid har det gått")])
def test_the_filter_question_decides_what_is_asked(reply: str, wording: str) -> None:
    assert wording in post(invited(taking_part(channel="epost")), "filter", filter=reply)


def test_answers_that_are_no_longer_asked_for_are_not_taken_in() -> None:
    link = invited(taking_part(channel="epost"))
    post(link, "filter", filter="ja")
    post(link, "tydlighet", tydlighet="5")
    post(link, "filter", filter="nej")
    post(link, "vantat", vantat="over_5_dagar")
    post(link, "", "send")
    assert intake()[0].answers == {"epost.filter": "nej", "epost.vantat": "over_5_dagar"}


def test_sending_without_the_required_answer_leads_back_to_it() -> None:
    link = invited(taking_part(channel="epost"))
    assert "Har du fått återkoppling" in post(link, "", "send", kommentar="Hej")
    assert intake() == []


def test_an_answer_that_is_no_option_is_refused() -> None:
    html = post(invited(), "bemotande", bemotande="6")
    assert "Det svaret finns inte bland alternativen" in html


def test_nothing_at_all_is_not_taken_in() -> None:
    link = invited()
    post(link, "", "send")
    assert intake() == []


def test_a_comment_alone_is_taken_in() -> None:
    post(invited(), "", "send", kommentar="Tack")
    assert [(row.answers, row.comment) for row in intake()] == [({}, "Tack")]


def test_a_link_from_an_email_chooses_the_first_answer_and_records_nothing() -> None:
    link = invited()
    assert 'value="4" checked' in page_of(link, a="4")
    assert rows_left()["Draft"] == 0
    assert "checked" not in page_of(link)


def test_a_link_from_an_email_does_not_undo_what_was_answered() -> None:
    link = invited()
    post(link, "bemotande", bemotande="5")
    assert "Vad gällde ditt ärende?" in page_of(link, a="1")


def test_an_invented_wish_chooses_nothing() -> None:
    assert "checked" not in page_of(invited(), a='"><script>')


def test_the_comment_is_redacted_and_its_original_sealed() -> None:
    participation = taking_part()
    journey(invited(participation), comment="Ring 070-123 45 67")
    [row] = intake()
    assert row.comment == "Ring [telefonnummer]"
    assert b"070" not in bytes(row.original)
    with scope(participation.organisation_id):
        assert opened_original(participation, bytes(row.original)) == "Ring 070-123 45 67"


def test_the_original_is_discarded_under_a_decision() -> None:
    participation = taking_part()
    with scope(participation.organisation_id):
        Terms.objects.create(organisation=participation.organisation, discard_originals=True, discard_decision="KS 7 §")
    journey(invited(participation), comment="Ring 070-123 45 67")
    assert intake()[0].original is None


def test_too_long_a_comment_comes_back_to_be_shortened() -> None:
    html = post(invited(), "", "send", kommentar="å" * 2_001)
    assert "Texten är för lång" in html
    assert "å" * 2_001 in html
    assert intake() == []


def test_a_form_without_its_token_is_shown_again_and_nothing_kept() -> None:
    link = invited()
    response = Client().post(f"/s/{link}", {"at": "bemotande", "go": "next", "bemotande": "5"})
    assert response.status_code == 403
    assert 'value="5" checked' in response.content.decode()
    assert rows_left()["Draft"] == 0


def test_a_token_of_another_link_does_not_hold() -> None:
    other = token_in(page_of(invited()))
    assert "legat öppen länge" in post(invited(), "", "send", token=other, kommentar="Hej")
    assert intake() == []


def test_all_questions_on_one_page_where_the_municipality_wants_it() -> None:
    participation = taking_part(channel="epost")
    with scope(participation.organisation_id):
        Terms.objects.create(organisation=participation.organisation, one_page=True)
    link = invited(participation)
    html = page_of(link)
    assert "Svara bara om du valde Ja" in html
    post(link, "*", "send", **LETTER, vantat="1_2_dagar", kommentar="Bra")
    assert intake()[0].answers == {f"epost.{key}": value for key, value in LETTER.items()}


@pytest.mark.parametrize(
    ("language", "wording", "attributes"),
    [
        ("en", "how satisfied were you", 'lang="en" dir="ltr"'),
        ("fi", "kuinka tyytyväinen olit", 'lang="fi" dir="ltr"'),
        ("ar", "ما مدى رضاك", 'lang="ar" dir="rtl"'),
        ("latt", "Var personen trevlig mot dig?", 'lang="sv" dir="ltr"'),
    ],
)
def test_the_questions_are_put_in_the_language_that_was_chosen(language: str, wording: str, attributes: str) -> None:
    html = page_of(invited(), lang=language)
    assert wording in html
    assert f"<html {attributes}>" in html


def test_the_language_of_the_invitation_comes_first() -> None:
    assert "kuinka tyytyväinen olit" in page_of(invited(language="fi"))


def test_an_unknown_language_is_swedish() -> None:
    assert "hur nöjd var du" in page_of(invited(language="xx"), lang="../sv")


def test_declining_asks_first_and_then_suppresses_the_address() -> None:
    link = invited()
    html = Client().get(f"/s/{link}/avboj").content.decode()
    Client().post(f"/s/{link}/avboj", {"t": token_in(html), "go": "decline"})
    with scope_of_everything("a test looks"):
        assert [row.reason for row in Suppression.objects.all()] == ["opted_out"]
    assert rows_left()["Contact"] == 0


@pytest.mark.parametrize(("body", "suppressed"), [({"List-Unsubscribe": "One-Click"}, 1), ({}, 0), ({"x": "1"}, 0)])
def test_an_email_program_may_decline_with_one_click_and_nobody_else_blindly(
    body: dict[str, str], suppressed: int
) -> None:
    Client(enforce_csrf_checks=True).post(f"/s/{invited()}/avboj", body)
    with scope_of_everything("a test looks"):
        assert Suppression.objects.count() == suppressed


def test_a_link_is_recognised_without_being_opened() -> None:
    link = invited()
    html = Client().post("/akta", {"lank": f"https://svar.exempel.se/s/{link}?a=4"}).content.decode()
    assert "Ja, länken är äkta" in html
    assert "Exempelköpings kommun" in html
    assert rows_left()["Draft"] == 0


@pytest.mark.parametrize("pasted", ["", "https://svar.exempel.se/s/" + UNKNOWN, "hej", "x" * 5_000])
def test_a_link_that_is_not_ours_is_not_recognised(pasted: str) -> None:
    invited()
    assert "Vi känner inte igen länken" in Client().post("/akta", {"lank": pasted}).content.decode()


def test_who_wants_to_be_contacted_leaves_no_tie_to_any_answer() -> None:
    taking_part()
    html = Client().get("/om/9901/kontakt").content.decode()
    Client().post(
        "/om/9901/kontakt", {"t": token_in(html), "name": "Vera", "address": "070-123 45 67", "about": "Bygge"}
    )
    with scope(organisation_of()):
        [row] = ContactRequest.objects.all()
    assert b"Vera" not in bytes(row.sealed)
    columns = {field.name for field in row._meta.fields}
    assert columns == {"id", "organisation", "date", "sealed", "wrapped", "handled"}


def test_a_request_without_an_address_comes_back() -> None:
    taking_part()
    token = token_in(Client().get("/om/9901/kontakt").content.decode())
    assert "Fyll i hur kommunen kan nå dig" in Client().post("/om/9901/kontakt", {"t": token}).content.decode()


@pytest.mark.parametrize("page", ["integritet", "tillganglighet", "kontakt"])
def test_a_municipality_that_does_not_measure_has_no_pages(page: str) -> None:
    assert Client().get(f"/om/9999/{page}").status_code == 404


def test_the_phone_number_is_shown_for_those_without_a_smartphone() -> None:
    participation = taking_part()
    with scope(participation.organisation_id):
        Terms.objects.create(organisation=participation.organisation, phone="010-000 00 00")
    assert "Ring 010-000\u00a000\u00a000" in page_of(invited(participation))


def test_too_many_unknown_links_are_refused_for_a_minute(settings: Settings) -> None:
    settings.SURVEY_MISSES = 3
    link = invited()
    for _ in range(4):
        page_of(UNKNOWN)
    assert Client().get(f"/s/{link}").status_code == 429


def test_a_page_may_not_be_kept_indexed_or_passed_on() -> None:
    headers = Client().get(f"/s/{invited()}").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
    assert "Set-Cookie" not in headers


def test_the_style_sheet_is_kept_for_a_year() -> None:
    assert "immutable" in Client().get("/s/enkat.css").headers["Cache-Control"]


def test_every_page_weighs_less_than_thirty_kilobytes() -> None:
    link = invited()
    sizes = [len(page_of(link, lang=code).encode()) for code in ("sv", "en", "fi", "ar", "latt")]
    paths = ("/akta", "/om/9901/integritet", "/om/9901/tillganglighet", "/om/9901/kontakt", "/s/enkat.css")
    sizes += [len(Client().get(path).content) for path in paths]
    assert max(sizes) < 30_000


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(method: str) -> None:
    assert getattr(Client(), method)(f"/s/{invited()}").status_code == 405


def test_what_scanners_do_records_declines_and_spends_nothing() -> None:
    links = [invited(), invited(taking_part(channel="epost"))]
    browser = Client(enforce_csrf_checks=True)
    blind = {"go": "send", "at": "", "lang": "sv", "t": "", **CALL, **LETTER, "kommentar": "spam"}
    for link in links:
        for path in (f"/s/{link}", f"/s/{link}/avboj", *(f"/s/{link}?a={grade}" for grade in "12345")):
            browser.head(path)
            browser.get(path)
            browser.post(path, blind)
            browser.post(path, json.dumps(blind), content_type="application/json")
    assert rows_left() == {"Contact": 2, "ContactKey": 2, "Invitation": 2, "Draft": 0}
    assert intake() == []
    with scope_of_everything("a test looks"):
        assert not Suppression.objects.exists()
    assert "Fråga 1 av 4" in page_of(links[0])


def test_no_log_line_names_a_link(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    link = invited()
    browser = Client()
    browser.get(f"/s/{link}")
    browser.post(f"/s/{link}", {"at": "bemotande", "bemotande": "5"})
    browser.put(f"/s/{link}")
    browser.post(f"/s/{link}/avboj")
    journey(link)
    browser.get(f"/s/{link}")
    assert "/s/…" in caplog.text
    assert link not in caplog.text
