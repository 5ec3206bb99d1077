"""What mail scanners do with a message: nothing is answered, declined, drafted or spent, in any language or form."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import models
from django.http import HttpResponse
from django.test import Client

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery.models import Suppression
from lyhord.survey.answers.attempts import MISSES
from lyhord.survey.answers.models import ContactRequest, Draft, Intake, Terms
from lyhord.survey.contacts.models import Contact, ContactKey
from lyhord.survey.sending.models import Invitation
from survey.answers.asked import LETTER, invited, page_of, taking_part

pytestmark = pytest.mark.django_db
LANGUAGES = ("sv", "latt", "en", "fi", "ar")
FORM = re.compile(r"<form[^>]*>.*?</form>", re.DOTALL)
ACTION = re.compile(r'<form[^>]* action="([^"]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
LINK = re.compile(r'<a href="([^"#]+)"')
MOST = 200


@pytest.fixture(autouse=True)
def nobody_has_missed() -> None:
    MISSES.clear()


def invited_in(channel: str, *, one_page: bool) -> str:
    participation = taking_part(channel=channel)
    with scope(participation.organisation_id):
        Terms.objects.update_or_create(organisation=participation.organisation, defaults={"one_page": one_page})
    return invited(participation)


def number_of_rows() -> dict[str, int]:
    kept: tuple[type[models.Model], ...] = (Contact, ContactKey, Draft, Intake, Suppression, ContactRequest)
    with scope_of_everything("a test looks"):
        found = {model.__name__: model._default_manager.count() for model in kept}
        return {**found, "open": Invitation.objects.filter(nonce__isnull=False, state="sent").count()}


def blind(browser: Client, path: str, response: HttpResponse) -> None:
    """Send every form of a page as it stands: its hidden fields, nothing chosen and no button pressed."""
    for form in FORM.findall(response.content.decode()):
        hidden: dict[str, Any] = dict(HIDDEN.findall(form))
        action = unescape(ACTION.findall(form)[0]) if ACTION.search(form) else ""
        browser.post(path.partition("?")[0] + (action if action.startswith("?") else ""), hidden)


def scan(first: list[str]) -> int:
    """HEAD and GET of every link that is found, blind POST of every form and to every address; how many addresses."""
    browser, waiting, seen = Client(enforce_csrf_checks=True), list(first), set[str]()
    while waiting and len(seen) < MOST:
        path = waiting.pop()
        seen.add(path)
        browser.head(path)
        response = browser.get(path)
        blind(browser, path, response)
        browser.post(path)
        found = (unescape(one) for one in LINK.findall(response.content.decode()))
        there = (path.partition("?")[0] + one if one.startswith("?") else one for one in found)
        waiting += [one for one in there if one.startswith(("/s/", "/om/", "/akta")) and one not in {*seen, *waiting}]
    return len(seen)


@pytest.mark.parametrize("one_page", [False, True])
@pytest.mark.parametrize("channel", ["tel", "epost"])
def test_following_every_link_and_sending_every_form_changes_nothing(channel: str, one_page: bool) -> None:
    link = invited_in(channel, one_page=one_page)
    before, page = number_of_rows(), page_of(link)
    message = [f"/s/{link}", f"/s/{link}/avboj", *(f"/s/{link}?a={grade}" for grade in "12345")]
    assert scan([f"{path}{'&' if '?' in path else '?'}lang={one}" for path in message for one in LANGUAGES]) > 30
    assert number_of_rows() == before
    assert page_of(link) == page


def test_the_last_screen_is_not_sent_by_itself() -> None:
    link = invited_in("epost", one_page=False)
    browser = Client()
    for at, option in LETTER.items():
        page = browser.get(f"/s/{link}").content.decode()
        hidden = dict(HIDDEN.findall(page))
        browser.post(f"/s/{link}", {**hidden, at: option, "go": "next"})
    before = number_of_rows()
    scan([f"/s/{link}"])
    assert number_of_rows() == before
    assert before["Draft"] == 1


@pytest.mark.parametrize("body", [{}, {"go": "decline"}, {"List-Unsubscribe": "x"}, {"t": "1.x", "go": "decline"}])
def test_the_address_that_declines_needs_its_button_or_one_click(body: dict[str, str]) -> None:
    link = invited_in("epost", one_page=False)
    before = number_of_rows()
    Client().post(f"/s/{link}/avboj", body)
    Client().post(f"/s/{link}", {**body, "List-Unsubscribe": "One-Click"})
    assert number_of_rows() == before


def test_one_click_declines_and_nothing_else_does_blindly() -> None:
    link = invited_in("epost", one_page=False)
    Client(enforce_csrf_checks=True).post(f"/s/{link}/avboj", {"List-Unsubscribe": "One-Click"})
    assert number_of_rows()["Suppression"] == 1
