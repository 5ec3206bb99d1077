"""The interviewer's pages in a real browser: a bad line, accessibility, small windows, keyboard and fingers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from builders_records import national_organisation
from lyhord.accounts.models import User
from lyhord.accounts.scope import scope
from lyhord.mystery.calls.models import Entry
from lyhord.mystery.calls.switchboards import write_numbers
from lyhord.mystery.calls.taking import save
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import Probe
from mystery.calls.calling import GOOD, day_of_calls

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WIDTHS = (390, 1280)
SMALL = """() => [...document.querySelectorAll('main button, main input:not([type=hidden]), main summary, main a')]
  .filter((one) => one.checkVisibility())
  .map((one) => (one.closest('label') || one))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.height && box.height < 43.5; })
  .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def calls() -> tuple[User, list[Probe]]:
    """An interviewer with four calls today and the number to call."""
    with scope(national_organisation()):
        _, caller, own = day_of_calls(4)
        write_numbers(national_organisation(), "Exempelköping 0123-456 78")
    return caller, own


def window(
    browser: Browser, server: LiveServer, caller: User, width: int = 390, *, script: bool = True
) -> BrowserContext:
    """A window in which the interviewer has signed in."""
    client = Client()
    client.force_login(caller)
    session = client.cookies[configured.SESSION_COOKIE_NAME].value
    context = browser.new_context(
        viewport={"width": width, "height": 844}, java_script_enabled=script, has_touch=width < 500
    )
    context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
    return context


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("LYHORD_PICTURES"):
        page.screenshot(path=Path(folder) / f"samtal-{name}.png", full_page=True)


def grade(page: Page) -> None:
    """Answer every question of a contact."""
    for item, code in GOOD.items():
        page.check(f'[name="{item}"][value="{code}"]')


def press(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_timeout(450)  # a second press at once would be a bouncing finger's


def test_a_call_made_without_a_line_arrives_once_and_in_order(
    browser: Browser, live_server: LiveServer, calls: tuple[User, list[Probe]]
) -> None:
    caller, (probe, after, *_) = calls
    with window(browser, live_server, caller) as context, context.new_page() as page:
        page.goto(f"{live_server.url}/samtal")
        page.wait_for_selector("#linje[data-stored]", state="attached")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        context.set_offline(True)
        page.goto(f"{live_server.url}/samtal/{probe.pk}")
        press(page, "Numret är slaget", "Växeln svarade")
        page.reload()  # in the midst of it all
        press(page, "Handläggaren svarade", "Samtalet är slut")
        grade(page)
        page.fill("textarea", "Vänlig och snabb")
        picture(page, "utan-linje-390")
        press(page, "Klart, nästa samtal")
        page.get_by_text("Sparat i telefonen.").wait_for()
        picture(page, "vantar-390")
        page.locator("#kvar a").click()
        page.wait_for_url(f"**/samtal/{after.pk}")
        with scope(national_organisation()):
            assert not Entry.objects.exists()
        context.set_offline(False)
        page.locator("#linje[data-state=saved]").wait_for()
        page.reload()
        page.locator("#linje[data-state=saved]").wait_for()
    with scope(national_organisation()):
        kinds = list(Entry.objects.filter(probe=probe).order_by("sequence").values_list("kind", flat=True))
        grading = Grading.objects.get(probe=probe)
        probe.refresh_from_db()
    assert kinds[:2] == ["dialled", "answered"]
    assert [kind for kind in kinds if kind != "answers"] == ["dialled", "answered", "officer", "ended", "finished"]
    assert kinds[-1] == "finished"
    assert grading.finished_at is not None
    assert {**grading.answers, "tel.kontakttid_s": ""} == {
        **GOOD,
        "tel.kontakttid_s": "",
        "tel.kommentar": "Vänlig och snabb",
    }
    assert 0 <= float(grading.answers["tel.kontakttid_s"]) < 60
    assert probe.state == "done"


def test_what_is_typed_is_saved_and_comes_back_without_a_button(
    browser: Browser, live_server: LiveServer, calls: tuple[User, list[Probe]]
) -> None:
    caller, (probe, *_) = calls
    with window(browser, live_server, caller) as context, context.new_page() as page:
        page.goto(f"{live_server.url}/samtal/{probe.pk}")
        page.fill("textarea", "Lång kö")
        page.check('[value="ko_avbruten"]')
        assert not page.locator('[data-item="tel.intresse"]').is_visible()
        page.reload()  # what was typed a moment ago is kept on leaving
        page.locator("#linje[data-state=saved]").wait_for()
        assert page.locator("textarea").input_value() == "Lång kö"
        assert page.locator('[value="ko_avbruten"]').is_checked()
    with scope(national_organisation()):
        assert Grading.objects.get().answers == {"tel.utfall": "ko_avbruten", "tel.kommentar": "Lång kö"}


def test_a_mistaken_press_is_taken_back_and_the_keyboard_suffices(
    browser: Browser, live_server: LiveServer, calls: tuple[User, list[Probe]]
) -> None:
    caller, (probe, *_) = calls
    with window(browser, live_server, caller, 1280) as context, context.new_page() as page:
        page.goto(f"{live_server.url}/samtal/{probe.pk}")
        page.get_by_role("button", name="Numret är slaget").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.value") == "answered"
        page.wait_for_timeout(450)
        page.get_by_role("button", name="Ångra senaste trycket").focus()
        page.keyboard.press("Enter")
        assert page.get_by_role("button", name="Numret är slaget").is_visible()
        page.locator("#linje[data-state=saved]").wait_for()
    with scope(national_organisation()):
        assert list(Entry.objects.order_by("sequence").values_list("kind", flat=True)) == ["dialled", "undone"]


def test_a_finger_that_bounces_presses_once_and_what_is_refused_is_told_and_put_away(
    browser: Browser, live_server: LiveServer, calls: tuple[User, list[Probe]]
) -> None:
    caller, (probe, *_) = calls
    with window(browser, live_server, caller) as context, context.new_page() as page:
        page.goto(f"{live_server.url}/samtal/{probe.pk}")
        page.get_by_role("button", name="Numret är slaget").dblclick()
        page.locator("#linje[data-state=saved]").wait_for()
        with scope(national_organisation()):
            assert Entry.objects.count() == 1
            save(caller, probe, {"tel.utfall": "upptagen"}, done=True)
        page.check('[value="talsvar"]')
        page.get_by_text("Togs inte emot: Bedömningen är redan klar.").wait_for()
        picture(page, "nekat-390")
        page.get_by_role("button", name="Ta bort det ur telefonen").click()
        page.locator("#linje[data-state=saved]").wait_for()
        assert page.evaluate("Object.keys(localStorage).filter((name) => localStorage[name].includes('refused'))") == []


def test_a_call_is_made_without_javascript(
    browser: Browser, live_server: LiveServer, calls: tuple[User, list[Probe]]
) -> None:
    caller, (probe, *_) = calls
    with window(browser, live_server, caller, script=False) as context, context.new_page() as page:
        page.goto(f"{live_server.url}/samtal/{probe.pk}")
        press(page, "Numret är slaget", "Samtalet är slut")
        page.check('[value="nedkopplad"]')
        picture(page, "utan-skript-390")
        press(page, "Klart, nästa samtal")
    with scope(national_organisation()):
        assert Grading.objects.get().answers == {"tel.utfall": "nedkopplad", "tel.svar": "dalig"}


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_fits_the_window_and_the_finger(
    browser: Browser, live_server: LiveServer, calls: tuple[User, list[Probe]], width: int
) -> None:
    caller, (probe, done, *_) = calls
    with scope(national_organisation()):
        save(caller, done, {**GOOD, "tel.kontakttid_s": "41.5"}, done=True)
    addresses = ("", f"/{probe.pk}", f"/{done.pk}", f"/{done.pk}/ratta", "/ovning", f"/{probe.pk}?lang=en")
    found, widths, small = {}, {}, {}
    with window(browser, live_server, caller, width) as context, context.new_page() as page:
        for address in addresses:
            answer = page.goto(f"{live_server.url}/samtal{address}")
            assert answer is not None
            assert answer.status == 200, address
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            picture(page, f"{address.strip('/').replace('/', '-').replace('?', '-') or 'lista'}-{width}")
            found[address] = [violation["id"] for violation in Axe().run(page).response["violations"]]
            widths[address] = page.evaluate("document.documentElement.scrollWidth")
            small[address] = page.evaluate(SMALL)
    assert found == {address: [] for address in addresses}
    assert widths == dict.fromkeys(addresses, width)
    assert small == {address: [] for address in addresses}


def test_the_pages_open_without_a_line_in_english_too(
    browser: Browser, live_server: LiveServer, calls: tuple[User, list[Probe]]
) -> None:
    caller, (probe, *_) = calls
    with window(browser, live_server, caller) as context, context.new_page() as page:
        page.goto(f"{live_server.url}/samtal?lang=en")
        page.wait_for_selector("#linje[data-stored]", state="attached")
        scope_of_worker = page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.scope)")
        context.set_offline(True)
        page.goto(f"{live_server.url}/samtal/{probe.pk}?lang=en")
        assert page.get_by_role("button", name="The number is dialled").is_visible()
    assert scope_of_worker == f"{live_server.url}/samtal"
