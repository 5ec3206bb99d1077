"""The pages of planning and inviting in a real browser: accessible, and no wider than the window."""

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
from tests.results.answered import organisation_in, round_now, taking_part

from builders_records import member, national_organisation, signed_in
from lyhord.accounts.inviting import invite
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.measurements.rounds import RoundPlan, plan_round
from lyhord.survey.answers.contact_requests import Wanted, keep
from lyhord.survey.answers.models import ContactRequest
from lyhord.survey.answers.terms import decide, terms_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("LYHORD_PICTURES", "")  # a folder, for who wants to look at the pages
WIDTHS = (390, 1280)


@pytest.fixture
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def pages(settings: Settings, tmp_path: Path) -> dict[Role, tuple[str, ...]]:
    """A coordinator and two municipalities in the middle of their work, and the pages of each role."""
    settings.DATA_FOLDER = tmp_path
    settings.DELIVERY_KEYS = ""
    open_, own = round_now(), organisation_in()
    parts = [taking_part(code, channel) for code in ("9901", "9902") for channel in ("tel", "epost")]
    text = open_.definition
    plan_round(national_organisation(), text, RoundPlan("sedan", "Servicemätning nästa år", open_.starts, open_.ends))
    with scope(own):
        decide(terms_of(own), {"phone": "021-39 00 00", "responsible": "Kommunstyrelsen"})
        invited = invite(own, "eva@exempel.se", "Eva Ek", Role.READER)
        for about in ("Snöröjningen på gångvägen", "Bygglov för en friggebod"):
            keep(own, Wanted("Ulla Berg", "070-174 06 05", about))
        row = ContactRequest.objects.latest("pk")
    asked = (f"POST /onskemal/{row.pk}", "/onskemal", "/svarande", f"/deltagande/{parts[0].pk}", "/svarande?lang=en")
    return {
        Role.COORDINATOR: (
            "/omgangar", "/omgangar/ny", "POST /omgangar/ny", "/omgangar/nu", "/omgangar/sedan", "/omgangar/nu?lang=en",
            "/omgangar/nu/administratorer", f"/deltagande/{parts[0].pk}", "/svarande", "/personer",
        ),
        Role.LEADER: asked,
        Role.ADMINISTRATOR: ("/personer", "POST /personer", "/svarande"),
        Role.READER: (invited.link.partition("8000")[2], "/valkommen/MQ/x"),
    }  # fmt: skip


def window(browser: Browser, server: LiveServer, role: Role, width: int) -> BrowserContext:
    """A window in which somebody with the role has signed in."""
    national = role == Role.COORDINATOR
    organisation = national_organisation() if national else organisation_in()
    session = signed_in(member(role, organisation)).cookies[configured.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
    return context


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_no_wider_than_the_window(
    browser: Browser, live_server: LiveServer, pages: dict[Role, tuple[str, ...]], width: int
) -> None:
    found, wide = {}, {}
    for role, addresses in pages.items():
        with window(browser, live_server, role, width) as context, context.new_page() as page:
            for address in addresses:
                method, _, rest = address.rpartition(" ")
                target = live_server.url + rest
                if method:  # the page's own form, sent as it stands; elsewhere the first button that leads there
                    start = rest if rest in ("/omgangar/ny", "/personer") else "/onskemal"
                    page.goto(live_server.url + start)
                    page.locator("main form").last.locator("button").last.click()
                else:
                    page.goto(target)
                page.wait_for_load_state()
                key = f"{role} {address}"
                found[key] = [violation["id"] for violation in Axe().run(page).response["violations"]]
                wide[key] = page.evaluate("document.documentElement.scrollWidth")
                if PICTURES:
                    name = f"{width}-{role}{address}".replace("/", "-").replace("?", "-").replace(" ", "-")[:80]
                    page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    assert found == {key: [] for key in found}
    assert wide == dict.fromkeys(wide, width)
