"""The page of reports and the files behind it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from web.produced_folder import CONTENT, STYLE, report_entry, whole_round, write_folder

REPORT = "skr-servicematning-2023-9901-sv"
SITE_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.REPORTS_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def text_at(visitor: Client, url: str, status: int = 200) -> str:
    response = visitor.get(url)
    assert response.status_code == status
    return html.unescape(response.content.decode("utf-8"))


def test_an_empty_folder_says_how_reports_are_made(visitor: Client, folder: Path) -> None:
    page = text_at(visitor, "/")
    assert "lyhord report SVAR.csv" in page
    assert "Påhittade" not in page


def test_every_report_is_listed_with_its_formats_and_sizes(visitor: Client, folder: Path) -> None:
    whole_round(folder)
    page = text_at(visitor, "/")
    assert page.count('<span class="format">') == 9 * 4
    assert "181\u00a0kB" in page
    assert "2 uppgifter redovisas inte" in page
    assert "/rapporter/vetlanda-2017/pptx" in page


def test_made_up_reports_say_so_at_the_top_and_beside_each(visitor: Client, folder: Path) -> None:
    write_folder(folder, report_entry(), report_entry(id="real", fictitious=False))
    page = text_at(visitor, "/")
    assert page.count("Påhittade uppgifter.") == 1
    assert page.count("påhittade uppgifter</span>") == 1


def test_real_reports_say_nothing_of_the_kind(visitor: Client, folder: Path) -> None:
    write_folder(folder, report_entry(fictitious=False))
    assert "åhittade uppgifter" not in text_at(visitor, "/")


def test_a_search_shows_what_it_found_and_the_way_back(visitor: Client, folder: Path) -> None:
    whole_round(folder)
    page = text_at(visitor, "/?q=västerås")
    assert "2 rapporter för ”västerås”." in page
    assert "Provstads" not in page
    assert "Visa alla" in page


def test_a_search_that_finds_nothing_says_what_can_be_searched_for(visitor: Client, folder: Path) -> None:
    whole_round(folder)
    assert "Ingen rapport för ”<b>”. Sök på" in text_at(visitor, "/?q=<b>")


def test_what_is_searched_for_is_never_markup(visitor: Client, folder: Path) -> None:
    whole_round(folder)
    assert b"<b>" not in visitor.get("/?q=<b>").content


def test_the_page_is_english_where_the_address_says_so(visitor: Client, folder: Path) -> None:
    whole_round(folder)
    page = text_at(visitor, "/?lang=en&q=vetlanda")
    assert '<html lang="en">' in page
    assert "1 report for “vetlanda”." in page
    assert '<input type="hidden" name="lang" value="en">' in page
    assert 'href="?lang=sv&q=vetlanda"' in page


@pytest.mark.parametrize("asked", ["", "de", "en-GB", "../sv"])
def test_the_page_is_swedish_otherwise(visitor: Client, folder: Path, asked: str) -> None:
    response = visitor.get("/", {"lang": asked}, headers={"accept-language": "en"})
    assert response.headers["Content-Language"] == "sv"


@pytest.mark.parametrize(
    ("format_name", "media_type", "disposition"),
    [
        ("pdf", "application/pdf", f'inline; filename="{REPORT}.pdf"'),
        (
            "pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            f'attachment; filename="{REPORT}.pptx"',
        ),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            f'attachment; filename="{REPORT}.xlsx"',
        ),
    ],
)
def test_a_file_is_sent_as_what_it_is(
    visitor: Client, folder: Path, format_name: str, media_type: str, disposition: str
) -> None:
    write_folder(folder, report_entry())
    response = visitor.get(f"/rapporter/{REPORT}/{format_name}")
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Content-Disposition"] == disposition
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == CONTENT[format_name]


def test_a_produced_page_may_use_its_own_style_and_nothing_else(visitor: Client, folder: Path) -> None:
    write_folder(folder, report_entry())
    response = visitor.get(f"/rapporter/{REPORT}/html")
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = response.headers["Content-Security-Policy"]
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "url",
    [
        "/rapporter/unknown/pdf",
        f"/rapporter/{REPORT}/csv",
        f"/rapporter/{REPORT}/exe",
        f"/rapporter/{REPORT}/..%2f..%2fetc%2fpasswd",
        "/rapporter/..%2f..%2fetc/passwd",
        "/../etc/passwd",
        "/nowhere",
    ],
)
def test_an_address_that_leads_nowhere_says_so_in_swedish(visitor: Client, folder: Path, url: str) -> None:
    write_folder(folder, report_entry())
    assert "Sidan finns inte" in text_at(visitor, url, status=404)


def test_a_format_that_the_pages_do_not_know_is_not_sent(visitor: Client, folder: Path) -> None:
    (folder / "a.exe").write_bytes(b"MZ")
    write_folder(folder)
    entry = report_entry(files=[{"format": "exe", "name": "a.exe", "size": 2}])
    (folder / "index.json").write_text(json.dumps({"version": 1, "reports": [entry]}), encoding="utf-8")
    assert "Sidan finns inte" in text_at(visitor, f"/rapporter/{REPORT}/exe", status=404)


@pytest.mark.parametrize("url", ["/", f"/rapporter/{REPORT}/pdf"])
def test_a_broken_index_is_told_with_the_remedy(visitor: Client, folder: Path, url: str) -> None:
    (folder / "index.json").write_text("{", encoding="utf-8")
    page = text_at(visitor, url, status=503)
    assert "Rapporterna kan inte visas" in page
    assert "Gör rapporterna en gång till" in page


def test_an_error_of_ours_has_a_page(visitor: Client, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> None:
        raise RuntimeError(folder)

    monkeypatch.setattr("lyhord.web.views.read_produced", fail)
    assert "Felet är vårt" in text_at(visitor, "/", status=500)


def test_every_page_tells_the_browser_what_it_may_do(visitor: Client, folder: Path) -> None:
    for url in ("/", "/nowhere", "/form.css"):
        headers = visitor.get(url).headers
        assert headers["Content-Security-Policy"] == SITE_POLICY
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("url", ["/", "/form.css", f"/rapporter/{REPORT}/pdf"])
def test_nothing_can_be_posted(visitor: Client, folder: Path, url: str) -> None:
    assert visitor.post(url).status_code == 405


def test_the_pages_set_no_cookie(visitor: Client, folder: Path) -> None:
    assert not visitor.get("/").cookies


def test_the_tokens_are_those_of_the_reports(visitor: Client) -> None:
    assert "--accent:" in text_at(visitor, "/form.css")
