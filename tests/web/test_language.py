"""A page in English leads on to pages in English: links, forms and where a form leads."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from tests.results.answered import seven_answered, taking_part

from builders_records import member, national_organisation, organisation_of, signed_in
from lyhord.accounts.roles import Role
from lyhord.web.language import language_of_request

LINKS = re.compile(r'<(?:a|form)\b[^>]*?\s(?:href|action)="([^"]*)"')


def answered_with(response: HttpResponseBase, address: str = "/?lang=en") -> HttpResponseBase:
    respond: Callable[[HttpRequest], HttpResponseBase] = lambda _: response  # noqa: E731 - the middleware's only need
    return language_of_request(respond)(RequestFactory().get(address))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<a href="/resultat">', '<a href="/resultat?lang=en">'),
        ('<a class="x" href="/resultat?sida=2">', '<a class="x" href="/resultat?sida=2&amp;lang=en">'),
        ('<a href="?sida=2#rad">', '<a href="?sida=2&amp;lang=en#rad">'),
        ('<a href="/resultat#rad">', '<a href="/resultat?lang=en#rad">'),
        ('<form method="post" action="/ny">', '<form method="post" action="/ny?lang=en">'),
        ('<a href="?lang=sv">', '<a href="?lang=sv">'),
        ('<a href="?a=1&amp;lang=sv">', '<a href="?a=1&amp;lang=sv">'),
        ('<a href="https://exempel.se/">', '<a href="https://exempel.se/">'),
        ('<a href="//exempel.se/">', '<a href="//exempel.se/">'),
        ('<a href="#innehall">', '<a href="#innehall">'),
        ('<a href="mailto:a@exempel.se">', '<a href="mailto:a@exempel.se">'),
        ('<link rel="stylesheet" href="/form.css">', '<link rel="stylesheet" href="/form.css">'),
    ],
)
def test_a_link_keeps_the_language(written: str, read: str) -> None:
    response = answered_with(HttpResponse(written))
    assert isinstance(response, HttpResponse)
    assert response.content.decode() == read


def test_in_swedish_nothing_is_added() -> None:
    response = answered_with(HttpResponse('<a href="/resultat">'), "/")
    assert isinstance(response, HttpResponse)
    assert response.content == b'<a href="/resultat">'


@pytest.mark.parametrize(
    ("onward", "kept"),
    [("/a", "/a?lang=en"), ("/a?b=1#c", "/a?b=1&lang=en#c"), ("https://exempel.se/", "https://exempel.se/")],
)
def test_where_a_form_leads_is_in_the_same_language(onward: str, kept: str) -> None:
    assert answered_with(HttpResponseRedirect(onward))["Location"] == kept


@pytest.mark.django_db
def test_every_link_of_the_pages_of_work_keeps_the_language() -> None:
    seven_answered()
    joined = taking_part()
    leader = signed_in(member(Role.LEADER, joined.organisation))
    runs = signed_in(member(Role.COORDINATOR, national_organisation()))
    pages = {
        leader: ("/resultat", f"/resultat/nu/{joined.municipality_id}", "/matningar", f"/matningar/{joined.pk}",
                 f"/matningar/{joined.pk}/texter", "/kontakter", "/kontakter/installningar", "/svarande", "/onskemal"),
        runs: ("/resultat", "/resultat/nu", "/matningar/alla", "/svarande"),
    }  # fmt: skip
    for browser, addresses in pages.items():
        for address in addresses:
            shown = browser.get(f"{address}?lang=en").content.decode()
            ours = [link for link in LINKS.findall(shown) if link.startswith(("/", "?"))]
            assert ours
            assert [link for link in ours if "lang=" not in link] == []
    assert organisation_of(joined.municipality_id).pk == joined.organisation_id
