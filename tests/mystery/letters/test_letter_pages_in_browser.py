"""The reviewer's pages in a real browser: accessible, never wider than the window, by keyboard, without script."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django.live_server_helper import LiveServer

from builders_records import member, national_organisation, signed_in
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.mystery.letters.models import Mailbox, Reply
from lyhord.mystery.planning.models import Probe
from mystery.letters.corresponding import ANSWER, came, mail, sent_letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WIDTHS = (390, 1280)
SENT = datetime(2026, 10, 13, 7, 30, 5, tzinfo=UTC)
QUEUE = "/provkontakter/svar"
LONG = "Vi har fått in många liknande frågor och svaret beror på var i kommunen du bor. " * 12


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
def replies() -> list[Reply]:
    """An answer with everything in it, a long one with a wrapped link, and one that fits no letter."""
    with scope(national_organisation()):
        letter = sent_letter(SENT)
        quoted = "\n".join(f"> {line}" for line in letter.question.splitlines())
        full = came(mail(letter, f"{ANSWER}\n{quoted}\n"), SENT + timedelta(hours=2))
        link = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.vetlanda.se%2Fbygga&data=05%7C01"
        long = came(mail(letter, f"{LONG}\n\n{link}\n\nMvh Anna\n"), SENT + timedelta(hours=3))
        stray = came(mail(None, "Köp våra mattor!"), SENT + timedelta(hours=4))
        others = Probe.objects.exclude(address="").exclude(pk=letter.pk).select_related("persona", "round")
        lost = sent_letter(SENT, others[0])
        Probe.objects.filter(pk=lost.pk).update(state=Probe.State.UNKNOWN, done_at=None)
        sent_letter(SENT, others[1])
        Mailbox.objects.update(problem="ConnectionRefusedError")
    return [full, long, stray]


def window(browser: Browser, server: LiveServer, width: int, *, script: bool = True) -> BrowserContext:
    """A window in which a reviewer has signed in."""
    session = signed_in(member(Role.REVIEWER, national_organisation())).cookies[configured.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
    return context


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_no_wider_than_the_window(
    browser: Browser, live_server: LiveServer, replies: list[Reply], width: int
) -> None:
    own = [f"{QUEUE}/{one.pk}" for one in replies]
    rest = (f"{QUEUE}/obesvarade", "/provkontakter/brev/ovissa", "/provkontakter/brev/adresser", f"{QUEUE}?lang=en")
    found, widths = {}, {}
    with window(browser, live_server, width) as context, context.new_page() as page:
        for address in (QUEUE, *own, *rest):
            answer = page.goto(live_server.url + address)
            assert answer is not None
            assert answer.status == 200, address
            found[address] = [violation["id"] for violation in Axe().run(page).response["violations"]]
            widths[address] = page.evaluate("document.documentElement.scrollWidth")
            if folder := os.environ.get("LYHORD_PICTURES"):
                name = address.strip("/").replace("/", "-").replace("?", "-")
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert found == {address: [] for address in found}
    assert widths == dict.fromkeys(widths, width)


def test_replies_are_confirmed_one_key_each(browser: Browser, live_server: LiveServer, replies: list[Reply]) -> None:
    with window(browser, live_server, 1280) as context, context.new_page() as page:
        page.goto(f"{live_server.url}{QUEUE}/{replies[0].pk}")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{QUEUE}/{replies[1].pk}")
        page.keyboard.press("2")
        page.wait_for_url(f"**{QUEUE}/{replies[2].pk}")
        page.keyboard.press("5")
        page.wait_for_url(f"**{QUEUE}")
    with scope(national_organisation()):
        assert list(Reply.objects.order_by("pk").values_list("kind", flat=True)) == [
            "answer",
            "forwarded",
            "irrelevant",
        ]


def test_a_reply_is_confirmed_without_script(browser: Browser, live_server: LiveServer, replies: list[Reply]) -> None:
    with window(browser, live_server, 390, script=False) as context, context.new_page() as page:
        page.goto(f"{live_server.url}{QUEUE}/{replies[0].pk}")
        page.get_by_role("button", name="Bekräfta: svar på frågan").click()
        assert page.url.endswith(f"{QUEUE}/{replies[1].pk}")
