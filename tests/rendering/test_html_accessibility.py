"""Chromium and axe find nothing to object to on the web page, at the width of a telephone and of a screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright
from tests.rendering.sample import sample_report

from lyhord.rendering.html import content_security_policy, render_html
from lyhord.rendering.report import Brand, Report, Section

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHROMIUM = "/usr/bin/chromium"  # a missing browser fails the tests: accessibility is not optional
ADDRESS = "http://report.test/"
TWICE = Section("andra", "Samma rubrik", (), (Section("tredje", "Samma rubrik"),))
REPORTS = {
    "swedish": sample_report(),
    "english": sample_report("en", fictitious=False),
    "yellow": sample_report(brand=Brand(accent="#ffcd00"), organisation="Upplands Väsby kommun"),
    "the same heading twice": replace(sample_report(), sections=(*sample_report().sections[:2], TWICE)),
    "grey": sample_report(brand=Brand(accent="#8a8a8a")),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


def opened(browser: Browser, report: Report, width: int) -> Page:
    """The report served under the policy that its page is meant to work with."""
    content = render_html(report)

    def serve(route: Route) -> None:
        headers = {"Content-Security-Policy": content_security_policy(content), "Content-Type": "text/html"}
        route.fulfill(body=content, headers=headers)

    page = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=False).new_page()
    page.route("**/*", serve)
    page.goto(ADDRESS)
    return page


def unfold(page: Page) -> None:
    """Open every collapsed table, as a reader would."""
    for summary in page.locator("summary").all():
        summary.click()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_axe_finds_nothing(browser: Browser, report: Report, width: int) -> None:
    content = render_html(report).decode()
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_content(content)  # without the policy, which would keep axe itself out
    unfold(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_never_scrolls_sideways(browser: Browser, width: int) -> None:
    page = opened(browser, REPORTS["swedish"], width)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_style_works_under_the_strict_policy(browser: Browser) -> None:
    page = opened(browser, REPORTS["swedish"], 1280)
    assert page.locator(".cover").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(11, 92, 99)"


def test_one_drawing_shows_at_each_width(browser: Browser) -> None:
    for width, shown in ((390, "narrow"), (1280, "wide")):
        page = opened(browser, REPORTS["swedish"], width)
        drawings = page.locator("figure").first.locator("svg").all()
        assert [one.is_visible() for one in drawings] == [shown == "wide", shown == "narrow"]


def test_a_keyboard_reaches_the_content_first(browser: Browser) -> None:
    page = opened(browser, REPORTS["swedish"], 1280)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_wide_table_can_be_scrolled_with_the_keyboard(browser: Browser) -> None:
    page = opened(browser, REPORTS["swedish"], 390)
    region = page.get_by_role("region", name="Alla kommuner med minst 100 svar")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("node => node.scrollLeft > 0", arg=region.element_handle())
