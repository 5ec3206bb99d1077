"""The pages of review and remarks in a real browser: accessible, and never wider than the window."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from builders import EXEMPELKOPING
from builders_records import member, national_organisation, organisation_of, person, signed_in
from lyhord.accounts.models import Membership
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import move
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.planning.probes import exclude
from lyhord.mystery.quality.drawing import grade_again
from lyhord.mystery.quality.models import Remark
from mystery.quality.test_quality_pages import LESS, graded_probe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WIDTHS = (390, 1280)
PICTURES = os.environ.get("LYHORD_PICTURES", "")


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
def pages() -> tuple[tuple[Membership, str], ...]:
    """Who sees which page: a disagreement, a contact to grade again, one excluded, and a remark without a reply."""
    differing, drawn, left_out = (graded_probe(number) for number in (1, 2, 3))
    leader = member(Role.LEADER, organisation_of())
    with scope(national_organisation()):
        grade_again(differing, person(), LESS)
        exclude(left_out, Probe.Exclusion.DISTURBANCE)
        move(differing.round, Round.State.CLOSED)
        Remark.objects.create(
            organisation=national_organisation(),
            probe=differing,
            author=leader.user,
            text="Växeln låg nere den dagen.",
            at=differing.due_at,
        )
    reviewer = member(Role.REVIEWER, national_organisation())
    own = f"/granskning/omgang/{differing.round.key}"
    seen = (
        "/granskning",
        f"/granskning/bedom/{drawn.pk}",
        own,
        f"{own}?lang=en",
        f"{own}/{EXEMPELKOPING}",
        f"/granskning/kontakt/{differing.pk}",
    )
    asked = ("/synpunkter", f"/synpunkter/{differing.round.key}")
    return (*((reviewer, page) for page in seen), *((leader, page) for page in asked))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_no_wider_than_the_window(
    browser: Browser, live_server: LiveServer, pages: tuple[tuple[Membership, str], ...], width: int
) -> None:
    faults: dict[str, list[str]] = {}
    for number, (whose, address) in enumerate(pages):
        session = signed_in(whose).cookies[configured.SESSION_COOKIE_NAME].value
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        answer = page.goto(f"{live_server.url}{address}")
        assert answer is not None
        assert answer.status == 200
        found = [each["id"] for each in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append("wider than the window")
        if found:
            faults[address] = found
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"{width}-{number}.png"), full_page=True)
        context.close()
    assert faults == {}
