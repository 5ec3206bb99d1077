"""The web page holds everything, escapes everything, and needs nothing from elsewhere."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.rendering.sample import sample_report

from lyhord.rendering.errors import RenderingError
from lyhord.rendering.html import content_security_policy, render_html
from lyhord.rendering.report import Brand, Column, Cover, Paragraph, Quotation, Quotations, Section, Table, TableCell

WICKED = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7 * 7 }}{% raw %}'


class Outline(HTMLParser):
    """Tags, ids and links of a page, in order; fails on a tag closed out of order."""

    VOID = frozenset({"meta", "img", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            assert name != "style"
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(params=["sv", "en"])
def page(request: pytest.FixtureRequest) -> str:
    return render_html(sample_report(request.param)).decode()


def test_every_tag_is_closed_and_no_id_is_used_twice(page: str) -> None:
    outline = Outline(page)
    assert len(outline.ids) == len(set(outline.ids))


def test_every_link_leads_to_a_place_on_the_page(page: str) -> None:
    outline = Outline(page)
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)


def test_headings_descend_without_a_leap(page: str) -> None:
    levels = [int(tag[1]) for tag in Outline(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_nothing_is_fetched_or_run(page: str) -> None:
    outline = Outline(page)
    assert not {"script", "link", "iframe", "object"} & set(outline.tags)
    assert not re.search(r"url\((?!#|&#34;#|'#)", page)
    assert not re.search(r'src="(?!data:)', page)


def test_every_table_has_headings_for_rows_and_columns(page: str) -> None:
    tables = re.findall(r"<table>.*?</table>", page, re.DOTALL)
    assert len(tables) == 3 + 7
    assert all('scope="col"' in table and 'scope="row"' in table for table in tables)


def test_each_chart_stands_with_its_figures(page: str) -> None:
    assert page.count("<figure ") == page.count("<details>") == 7
    assert page.count("<svg ") == 14  # one drawing for wide and one for narrow windows


def test_a_withheld_cell_says_so() -> None:
    assert '<td class="end withheld">för få svar</td>' in render_html(sample_report()).decode()


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_html(sample_report()) == render_html(sample_report())


def test_only_a_made_up_report_says_so() -> None:
    assert "Uppgifterna i rapporten är påhittade" in render_html(sample_report()).decode()
    assert "påhittade" not in render_html(sample_report(fictitious=False)).decode().lower()


def test_text_is_never_markup() -> None:
    table = Table(1, WICKED, (Column(WICKED), Column("B")), ((TableCell(WICKED), TableCell(WICKED)),), note=WICKED)
    blocks = (Paragraph(WICKED), table, Quotations(WICKED, (Quotation(WICKED, WICKED),)))
    cover = Cover(WICKED, WICKED, WICKED, WICKED, ((WICKED, WICKED),))
    report = replace(sample_report(), cover=cover, sections=(Section("a", WICKED, blocks),))
    page = render_html(report).decode()
    Outline(page)
    assert "<script" not in page
    assert "<img src=x" not in page
    assert "{{ 7 * 7 }}" in page


def test_the_policy_allows_the_page_s_own_style_only() -> None:
    policy = content_security_policy(render_html(sample_report()))
    assert re.match(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; img-src data:", policy)
    assert policy != content_security_policy(render_html(sample_report(brand=Brand(accent="#c8102e"))))


def test_a_short_row_is_refused() -> None:
    table = Table(7, "Kort", (Column("A"), Column("B")), ((TableCell("bara en"),),))
    with pytest.raises(RenderingError, match=r"Table 7 \(Kort\), row 1"):
        render_html(replace(sample_report(), sections=(Section("a", "A", (table,)),)))
