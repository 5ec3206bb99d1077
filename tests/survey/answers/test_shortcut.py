"""The short way to the survey's pages gives what the long way through all middleware gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from lyhord.survey.answers.attempts import MISSES
from survey.answers.asked import invited, token_in

pytestmark = pytest.mark.django_db
SHORT = "lyhord.survey.answers.shortcut.short_way"
LANGUAGE = "lyhord.web.language.language_of_request"  # the pages' language is their own affair
UNKNOWN = "2" * 12
Ask = Callable[[Client, str], HttpResponse]


@pytest.fixture(autouse=True)
def nobody_has_missed() -> None:
    MISSES.clear()


def form(browser: Client, path: str) -> HttpResponse:
    token = token_in(browser.get(path).content.decode())
    return browser.post(path, {"t": token, "at": "bemotande", "go": "next", "lang": "sv"})


REQUESTS: dict[str, Ask] = {
    "a page": lambda browser, path: browser.get(path),
    "a page in English": lambda browser, path: browser.get(f"{path}?lang=en&a=4"),
    "a page in Arabic": lambda browser, path: browser.get(f"{path}?lang=ar"),
    "a head": lambda browser, path: browser.head(path),
    "a form": form,
    "a blind form": lambda browser, path: browser.post(path, {"at": "bemotande", "bemotande": "5"}),
    "another method": lambda browser, path: browser.put(path),
    "another host": lambda browser, path: browser.get(path, headers={"host": "elsewhere.example"}),
}


@pytest.mark.parametrize("asked", REQUESTS)
@pytest.mark.parametrize("path", ["", "/avboj"])
@pytest.mark.parametrize("known", [True, False])
def test_both_ways_answer_alike(settings: Settings, asked: str, path: str, known: bool) -> None:
    address = f"/s/{invited() if known else UNKNOWN}{path}"
    short = REQUESTS[asked](Client(), address)
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one not in (SHORT, LANGUAGE)]
    long = REQUESTS[asked](Client(), address)
    assert (short.status_code, dict(short.headers)) == (long.status_code, dict(long.headers))
    assert short.content == long.content


def test_nobody_is_known_by_a_cookie() -> None:
    address = f"/s/{invited()}"
    without, carrying = Client().get(address), Client().get(address, headers={"cookie": "session=x; csrf=y"})
    assert (without.content, dict(without.headers)) == (carrying.content, dict(carrying.headers))
    assert "Vary" not in carrying.headers


def test_the_short_way_comes_after_what_makes_every_response_safe(settings: Settings) -> None:
    before = settings.MIDDLEWARE[: settings.MIDDLEWARE.index(SHORT)]
    assert before == ["lyhord.web.headers.security_headers", "django.middleware.security.SecurityMiddleware"]


@pytest.mark.parametrize(
    "path", ["/s/", "/s/kort", f"/s/{UNKNOWN}/", f"/s/{UNKNOWN}/mer", f"/x/s/{UNKNOWN}", "/s/enkat.css"]
)
def test_nothing_else_goes_the_short_way(settings: Settings, path: str) -> None:
    short = Client().get(path)
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != SHORT]
    assert short.status_code == Client().get(path).status_code
