"""The pages of live figures in a real browser: accessible, no wider than the window, and moving without a reload."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.results.answered import OWN, answered, commented, organisation_in, round_now, seven_answered, taking_part

from builders import EXEMPELKOPING
from builders_records import member, national_organisation, signed_in
from lyhord.accounts.roles import Role
from lyhord.results import round_figures, so_far

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIVE = f"/resultat/nu/{EXEMPELKOPING}"
PICTURES = os.environ.get("LYHORD_PICTURES", "")  # a folder, for who wants to look at the pages
CATEGORIES = {"bygglov": (0, 0, 0, 1, 2), "ovrigt": (1, 1, 1, 3, 5), "vatten_avfall": (1, 2, 4, 26, 53)}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    so_far.forget()
    round_figures.forget()


@pytest.fixture
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def window(browser: Browser, site: str, client: Client, width: int, *, scripts: bool = True) -> BrowserContext:
    """A window of the width in which the client's person has signed in."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    return context


def a_round_with_everything() -> None:
    round_ = round_now(fictitious=True)
    joined = seven_answered(round_)
    answered(joined, OWN, CATEGORIES, commented=60)
    commented(joined, *[f"Jag fick hjälp direkt och slapp vänta, tack! ({number})" for number in range(60)])
    answered(taking_part(channel="epost", round_=round_), (1, 0, 1, 2, 2), commented=3)


def findings(page: Page) -> list[str]:
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_accessible_and_no_wider_than_the_window(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    a_round_with_everything()
    round_now("tom")
    taking_part(round_=round_now("tom"))
    own = signed_in(member(Role.LEADER, organisation_in()))
    runs = signed_in(member(Role.COORDINATOR, national_organisation()))
    pages = {
        own: (LIVE, f"{LIVE}?lang=en", f"{LIVE}/kommentarer/tel", f"{LIVE}/kommentarer/epost", "/resultat"),
        runs: ("/resultat", "/resultat/nu", "/resultat/tom", f"/resultat/tom/{EXEMPELKOPING}"),
    }
    found, wide = {}, {}
    for client, addresses in pages.items():
        with window(browser, live_server.url, client, width) as context:
            page = context.new_page()
            for address in addresses:
                page.goto(live_server.url + address)
                found[address] = findings(page)
                wide[address] = page.evaluate("document.documentElement.scrollWidth")
                picture(page, f"{width}{address}".replace("/", "-").replace("?", "-"))
    assert found == {address: [] for address in found}
    assert wide == dict.fromkeys(wide, width)


def test_new_answers_move_the_figures_without_a_reload_and_are_told(browser: Browser, live_server: LiveServer) -> None:
    joined = seven_answered()
    said: list[str] = []
    with window(browser, live_server.url, signed_in(member(Role.READER, organisation_in())), 1280) as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.clock.install()
        page.goto(live_server.url + LIVE)
        assert page.get_by_text("25 % av kvoten").is_visible()
        link = page.get_by_role("link", name="Hämta de senaste")
        link.focus()
        page.clock.run_for(31_000)
        assert "Nya svar" not in page.get_by_role("status").inner_text()
        answered(joined, (0, 0, 0, 0, 20))
        with page.expect_response(lambda response: "version=" in response.url and response.status == 200):
            page.clock.run_for(31_000)
        page.get_by_text("30 % av kvoten").wait_for()
        assert "Nya svar är inräknade." in page.get_by_role("status").inner_text()
        assert link.evaluate("one => one === document.activeElement")
    assert said == []


def test_without_scripts_the_link_gets_the_latest(browser: Browser, live_server: LiveServer) -> None:
    joined = answered(taking_part())
    reader = signed_in(member(Role.READER, organisation_in()))
    with window(browser, live_server.url, reader, 390, scripts=False) as context:
        page = context.new_page()
        page.goto(live_server.url + LIVE)
        answered(joined, (0, 0, 0, 0, 20))
        page.get_by_role("link", name="Hämta de senaste").click()
        assert page.get_by_text("30 % av kvoten").is_visible()


def test_whoever_is_signed_out_meanwhile_is_told_to_reload(browser: Browser, live_server: LiveServer) -> None:
    answered(taking_part())
    reader = signed_in(member(Role.READER, organisation_in()))
    with window(browser, live_server.url, reader, 1280) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(live_server.url + LIVE)
        reader.logout()
        page.clock.run_for(31_000)
        page.get_by_text("Siffrorna kunde inte hämtas. Ladda om sidan.").wait_for()
