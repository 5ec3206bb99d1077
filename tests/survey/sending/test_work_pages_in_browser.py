"""The pages for contacts and sending in a real browser: accessible, never wider than the window, without JavaScript."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from builders_records import member, organisation_of, signed_in
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.survey.contacts.uploads import receive
from lyhord.survey.sending.plans import pause, plan_of
from survey.contacts.handing_over import brilliant, handed, joined, open_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WIDTHS = (390, 1280)


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
def addresses(settings: Settings, tmp_path: Path) -> tuple[str, ...]:
    """A municipality in the middle of its work, and every page of it."""
    settings.DATA_FOLDER = tmp_path
    settings.DELIVERY_KEYS = ""
    both = joined()
    done = handed(brilliant("0701740605", "08-123 456 78", "eva@example.org", "fel"), name="kontakter-vecka-47.csv")
    with scope(organisation_of()):
        unmapped = receive(open_round(), organisation_of(), "export.csv", [b"vem;annat\n0701740606;x\n"])
        rows = brilliant(*(f"07017{number:05}" for number in range(100)))
        waiting = receive(open_round(), organisation_of(), "en-hel-manad.csv", [rows])
        plan = plan_of(both["epost"])
        pause(plan, "vi väntar på en ny lista")
    pages = (f"/kontakter/{one.pk}" for one in (done, unmapped, waiting))
    phone, email = both["tel"].pk, both["epost"].pk
    return (
        "/matningar", f"/matningar/{phone}", f"/matningar/{email}", f"/matningar/{phone}/texter",
        f"/matningar/{phone}/texter?sprak=ar", f"/matningar/{email}/texter", "/kontakter", *pages,
        f"/kontakter/{done.pk}/aterkalla", "/kontakter/installningar", "/berakna", "/berakna?answers=0&percent=17",
        "/matningar?lang=en",
    )  # fmt: skip


def window(browser: Browser, server: LiveServer, width: int, *, script: bool = True) -> BrowserContext:
    """A window in which a mätledare has signed in."""
    session = signed_in(member(Role.LEADER)).cookies[configured.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
    return context


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_no_wider_than_the_window(
    browser: Browser, live_server: LiveServer, addresses: tuple[str, ...], width: int
) -> None:
    found, widths = {}, {}
    with window(browser, live_server, width) as context, context.new_page() as page:
        for address in addresses:
            answer = page.goto(live_server.url + address)
            assert answer is not None
            assert answer.status in (200, 400)
            found[address] = [violation["id"] for violation in Axe().run(page).response["violations"]]
            widths[address] = page.evaluate("document.documentElement.scrollWidth")
            if folder := os.environ.get("LYHORD_PICTURES"):
                name = address.strip("/").replace("/", "-").replace("?", "-")
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert found == {address: [] for address in addresses}
    assert widths == dict.fromkeys(addresses, width)


def test_a_list_is_handed_over_without_javascript(
    browser: Browser, live_server: LiveServer, addresses: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "dagens.csv"
    file.write_bytes(brilliant("0701740699"))
    with window(browser, live_server, 390, script=False) as context, context.new_page() as page:
        page.goto(f"{live_server.url}/kontakter")
        page.get_by_label("Fil med kontakter").set_input_files(file)
        page.get_by_role("button", name="Lämna listan").click()
        assert "inläst" in page.locator(".lead").inner_text()
