"""The pages in a real browser: no accessibility finding, nothing refused by the policy, no sideways scrolling."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, sync_playwright
from pytest_django.fixtures import Settings
from tests.rendering.sample import sample_report

from lyhord.rendering.html import render_html
from web.produced_folder import whole_round

pytestmark = pytest.mark.browser
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PAGES = ("/", "/?q=v%C3%A4ster&lang=en", "/?q=ingenting", "/nowhere")


class SilentHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        pass


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
def site(settings: Settings, tmp_path: Path) -> Iterator[str]:
    settings.REPORTS_FOLDER = whole_round(tmp_path)
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=SilentHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_accessible(browser: Browser, site: str, width: int) -> None:
    found = {}
    with browser.new_page(viewport={"width": width, "height": 900}) as page:
        for path in PAGES:
            page.goto(site + path)
            page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
            found[path] = [violation["id"] for violation in Axe().run(page).response["violations"]]
    assert found == {path: [] for path in PAGES}


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_pages_never_scroll_sideways(browser: Browser, site: str, width: int) -> None:
    with browser.new_page(viewport={"width": width, "height": 900}) as page:
        for path in PAGES:
            page.goto(site + path)
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_policy_lets_through_all_that_the_page_needs(browser: Browser, site: str) -> None:
    with browser.new_page() as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("requestfailed", lambda request: said.append(request.url))
        page.goto(site + "/", wait_until="networkidle")
        assert page.evaluate("document.fonts.check('16px Inter')")
        assert said == []


def test_a_real_report_is_shown_with_its_style_and_logo_under_its_policy(
    browser: Browser, site: str, settings: Settings
) -> None:
    (settings.REPORTS_FOLDER / "9901" / "vetlanda-2017.html").write_bytes(render_html(sample_report()))
    with browser.new_page() as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(site + "/rapporter/vetlanda-2017/html", wait_until="networkidle")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 38, 43)"
        assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
        assert said == []


def test_a_search_needs_no_script(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context, context.new_page() as page:
        page.goto(site + "/?lang=en")
        page.get_by_label("Search for a municipality or a survey").fill("vetlanda")
        page.get_by_role("button", name="Search").click()
        assert page.get_by_role("status").inner_text() == "1 report for “vetlanda”. Show all"
