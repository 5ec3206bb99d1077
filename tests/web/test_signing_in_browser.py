"""Signing in as a person does it, in a real browser: headers and the protection of forms must get along there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from builders_records import member, national_organisation, person
from lyhord.accounts.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "hemlig-segelbåt-7"  # noqa: S105 - of a person who lives as long as a test


@pytest.fixture
def page() -> Iterator[Page]:
    # Playwright runs an event loop in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium.new_page()
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def findings(page: Page) -> int:
    return int(Axe().run(page).violations_count)


def test_a_person_signs_in_chooses_a_role_and_signs_out(live_server: LiveServer, page: Page) -> None:
    vera = person(password=PASSWORD)
    member(Role.LEADER, user=vera)
    member(Role.READER, national_organisation(), vera)
    page.goto(f"{live_server.url}/logga-in?next=/valj-roll")
    page.get_by_label("E-postadress").fill(vera.email)
    page.get_by_label("Lösenord").fill("fel")
    assert findings(page) == 0
    page.get_by_role("button", name="Logga in").click()
    assert "Det gick inte att logga in" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("E-postadress").input_value() == vera.email
    assert findings(page) == 0
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.get_by_label("Exempelköpings kommun, mätledare").check()
    assert findings(page) == 0
    page.get_by_role("button", name="Fortsätt").click()
    page.goto(f"{live_server.url}/valj-roll")
    assert page.get_by_label("Exempelköpings kommun, mätledare").is_checked()
    page.get_by_role("banner").get_by_role("button", name="Logga ut").click()
    page.goto(f"{live_server.url}/valj-roll")
    assert page.get_by_role("heading", name="Logga in").is_visible()
