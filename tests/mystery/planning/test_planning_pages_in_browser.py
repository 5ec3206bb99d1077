"""The planning pages in a real browser: accessible, never wider than the window, without JavaScript."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django.live_server_helper import LiveServer

from builders import EXEMPELKOPING, PROVSTAD, TESTBY
from builders_records import member, municipality_of, national_organisation, signed_in
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.mystery.planning.making import make_plan
from lyhord.mystery.planning.models import FieldPlan
from mystery.planning.planned import begun_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WIDTHS = (390, 1280)
PAGES = (
    "",
    "/kommuner",
    "/intervjuare",
    "/personer",
    "/tider",
    "/roda-dagar",
    "/fragor",
    "/forhandsvisning",
    "/informationsbrev",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def plan_ahead(*, made: bool) -> FieldPlan:
    """A plan of a round that begins next Monday, whenever the test is run."""
    plan = begun_plan((EXEMPELKOPING, PROVSTAD, TESTBY))
    today: date = timezone.localdate()
    plan.round.starts = today + timedelta(days=7 - today.weekday())
    plan.round.ends = plan.round.starts + timedelta(days=27)
    plan.round.save()
    if made:
        make_plan(plan)
    return plan


@pytest.fixture
def addresses() -> tuple[str, ...]:
    """Every planning page: of a plan that is made, of one that is begun, of one that is empty, and with errors."""
    with scope(national_organisation()):
        made, begun = plan_ahead(made=True), plan_ahead(made=False)
        begun.codes, begun.mail_domain = [], ""
        begun.save()
        persona = made.personas.order_by("pk")[0]
    of_made = tuple(f"/provkontakter/omgang/{made.round.key}{page}" for page in PAGES)
    of_begun = tuple(f"/provkontakter/omgang/{begun.round.key}{page}" for page in ("", "/forhandsvisning"))
    own = ("/provkontakter", "/provkontakter/ny", "/provkontakter/personer", f"/provkontakter/personer/{persona.pk}")
    return (*own, *of_made, *of_begun, f"{of_made[0]}?lang=en")


def window(browser: Browser, server: LiveServer, width: int, *, script: bool = True) -> BrowserContext:
    """A window in which a coordinator has signed in."""
    session = signed_in(member(Role.COORDINATOR, national_organisation())).cookies[configured.SESSION_COOKIE_NAME].value
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
            assert answer.status == 200, address
            found[address] = [violation["id"] for violation in Axe().run(page).response["violations"]]
            widths[address] = page.evaluate("document.documentElement.scrollWidth")
            if folder := os.environ.get("LYHORD_PICTURES"):
                name = address.strip("/").replace("/", "-").replace("?", "-")
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert found == {address: [] for address in addresses}
    assert widths == dict.fromkeys(addresses, width)


def test_a_round_is_begun_and_told_what_is_wrong_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    municipality_of(EXEMPELKOPING)
    with window(browser, live_server, 390, script=False) as context, context.new_page() as page:
        page.goto(f"{live_server.url}/provkontakter/ny")
        page.get_by_label("Omgångens namn").fill("Höstens mätning")
        page.get_by_label("Första veckan").fill("2031-10-15")
        page.get_by_role("button", name="Fortsätt").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Höstens mätning"
        page.get_by_role("link", name="Tider och avsändare").click()
        page.get_by_label("Domän som breven skickas från").fill("ingen domän")
        page.get_by_role("button", name="Spara").click()
        assert "är ingen domän" in page.get_by_role("alert").inner_text()
        if folder := os.environ.get("LYHORD_PICTURES"):
            page.screenshot(path=Path(folder) / "fel-390.png", full_page=True)
        assert page.get_by_label("Domän som breven skickas från").input_value() == "ingen domän"
