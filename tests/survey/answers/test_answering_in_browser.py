"""The respondent's pages in real Chromium: accessible, by keyboard alone, at 400 per cent, without a script."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright
from pytest_django.live_server_helper import LiveServer

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery.models import Suppression
from lyhord.survey.answers.attempts import MISSES
from lyhord.survey.answers.models import Draft, Intake, Terms
from lyhord.survey.sending.models import Invitation
from survey.answers.asked import invited, taking_part

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
ELSEWHERE = ("/akta", "/om/9901/integritet", "/om/9901/tillganglighet", "/om/9901/kontakt", "/s/222222222222")
LANGUAGES = ("sv", "latt", "en", "fi", "ar")
NEXT = "Nästa"
ONWARDS = "button[value=next]"
MOST_TABS = 20
PAGES = 10 + 1 + len(ELSEWHERE)  # screens, all questions at once, and the rest


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def nobody_has_missed() -> None:
    MISSES.clear()


def screens(page: Page, site: str, language: str = "sv") -> Iterator[str]:
    """Every page of the survey in the order it is met; each is on the screen when its name is given."""
    link = f"{site}/s/{invited(taking_part(channel='epost'), language=language)}"
    page.goto(link)
    yield "filter"
    page.locator(ONWARDS).click()
    yield "required"
    page.locator("input[value=ja]").check()
    for name in ("clarity", "ease", "category", "comment"):
        page.locator(ONWARDS).click()
        yield name
    page.locator("button[value=send]").click()
    yield "thanks"
    page.goto(f"{site}/s/{invited(taking_part(channel='epost'), language=language)}/avboj")
    yield "declining"
    page.locator("button[value=decline]").click()
    yield "declined"
    page.goto(f"{site}/akta?lang={language}")
    page.locator("input[name=lank]").fill(invited(taking_part(channel="epost")))
    page.locator("main button").click()
    yield "genuine"


def whole_form(site: str) -> str:
    """The address of a survey with all questions on one page, and a phone number below."""
    participation = taking_part()
    with scope(participation.organisation_id):
        Terms.objects.update_or_create(
            organisation=participation.organisation, defaults={"one_page": True, "phone": "010-000 00 00"}
        )
    return f"{site}/s/{invited(participation)}"


def faults(page: Page) -> list[str]:
    return [f"{found['id']}: {found['nodes'][0]['target']}" for found in Axe().run(page).response["violations"]]


def met(page: Page, site: str, language: str) -> Iterator[str]:
    """Every page that a respondent may meet in one language, also those about no particular link."""
    for name in screens(page, site, language):
        assert page.locator("html").get_attribute("lang") == ("sv" if language == "latt" else language)
        yield name
    for address in (whole_form(site), *(site + path for path in ELSEWHERE)):
        page.goto(f"{address}?lang={language}")
        yield page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_and_fits_at_400_per_cent(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    """1 280 pixels at 400 per cent are 320, where nothing may scroll sideways (WCAG 2.2, 1.4.10)."""
    found: dict[str, list[str]] = {}
    with browser.new_page() as page:
        for name in met(page, live_server.url, language):
            page.set_viewport_size({"width": 390, "height": 800})
            found[name] = faults(page)
            page.set_viewport_size({"width": 320, "height": 256})
            width = page.evaluate("document.documentElement.scrollWidth")
            found[name] += [f"{width} pixels wide"] if width > 320 else []
    assert len(found) == PAGES
    assert {name: what for name, what in found.items() if what} == {}


def test_every_page_is_accessible_on_a_wide_screen(browser: Browser, live_server: LiveServer) -> None:
    with browser.new_page(viewport={"width": 1280, "height": 800}) as page:
        found = {name: faults(page) for name in met(page, live_server.url, "ar")}
    assert {name: what for name, what in found.items() if what} == {}


def test_what_is_pressed_is_large_enough(browser: Browser, live_server: LiveServer) -> None:
    with browser.new_page(viewport={"width": 390, "height": 800}) as page:
        page.goto(f"{live_server.url}/s/{invited()}")
        pressed = page.locator(".options label, button, header a, footer a")
        heights = [box["height"] for one in pressed.all() if (box := one.bounding_box())]
    assert min(heights) >= 44


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the control has the focus, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by {MOST_TABS} presses of Tab.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_journey_by_keyboard_and_without_a_script(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context, context.new_page() as page:
        page.goto(f"{live_server.url}/s/{invited(language=language)}")
        for _ in range(3):
            tab_to(page, "input[type=radio]")
            for key in ("Space", "ArrowDown", "ArrowDown", "Tab"):
                page.keyboard.press(key)
            with page.expect_navigation():
                page.keyboard.press("Enter")
        tab_to(page, "textarea")
        page.keyboard.type("Snällt bemött")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("form").count() == 0
    with scope_of_everything("a test looks"):
        [row] = Intake.objects.all()
    assert row.answers == {"tel.bemotande": "3", "tel.arendekategori": "gata_park_trafik", "tel.enkelhet": "3"}
    assert row.comment == "Snällt bemött"


def test_every_control_is_reached_in_the_order_it_is_read(browser: Browser, live_server: LiveServer) -> None:
    with browser.new_page() as page:
        page.goto(f"{live_server.url}/s/{invited()}")
        reached = []
        for _ in range(9):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.innerText || document.activeElement.value"))
    assert reached[:1] == ["Till frågan"]
    assert reached[1:5] == ["Lättläst", "English", "Suomi", "العربية"]
    assert reached[5:7] == ["1", NEXT]


def test_a_page_is_one_request_once_the_style_is_kept(browser: Browser, live_server: LiveServer) -> None:
    with browser.new_page() as page:
        page.goto(f"{live_server.url}/s/{invited()}", wait_until="networkidle")
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        received: dict[str, str] = {}
        kept: set[str] = set()

        def note(event: dict[str, Any]) -> None:
            received[event["requestId"]] = event["response"]["url"]
            if event["response"]["fromDiskCache"]:
                kept.add(event["requestId"])

        session.on("Network.responseReceived", note)
        session.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
        page.get_by_role("button", name=NEXT).click()
        page.wait_for_load_state("networkidle")
    fetched = [url for number, url in received.items() if number not in kept]
    assert [url.startswith(f"{live_server.url}/s/") and "enkat.css" not in url for url in fetched] == [True]


def test_nothing_is_refused_by_the_policy(browser: Browser, live_server: LiveServer) -> None:
    with browser.new_page() as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{live_server.url}/s/{invited()}", wait_until="networkidle")
        assert page.evaluate("getComputedStyle(document.querySelector('button')).minHeight") == "52px"
        assert said == []


def test_a_scanner_that_loads_and_sends_everything_in_a_real_browser_changes_nothing(
    browser: Browser, live_server: LiveServer
) -> None:
    link = f"{live_server.url}/s/{invited()}"

    def within(route: Route) -> None:
        if route.request.url.startswith(live_server.url):
            route.continue_()
        else:
            route.abort()

    with browser.new_context() as context, context.new_page() as page:
        context.route("**/*", within)
        waiting, seen = [link, *(f"{link}?a={grade}" for grade in "12345")], set[str]()
        while waiting:
            address = waiting.pop()
            seen.add(address)
            page.goto(address)
            for number in range(page.locator("form").count()):
                with page.expect_navigation():  # without its button, as a program sends it
                    page.evaluate("number => HTMLFormElement.prototype.submit.call(document.forms[number])", number)
                page.goto(address)
            hrefs = page.locator("a[href]").evaluate_all("all => all.map(one => one.href.split('#')[0])")
            waiting += [one for one in hrefs if one.startswith(live_server.url) and one not in {*seen, *waiting}]
    assert len(seen) > 20
    with scope_of_everything("a test looks"):
        assert (Invitation.objects.filter(nonce__isnull=False).count(), Draft.objects.count()) == (1, 0)
        assert not Intake.objects.exists()
        assert not Suppression.objects.exists()
