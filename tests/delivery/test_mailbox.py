"""The demonstration's mailbox: what it shows, and that it is nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from lyhord.delivery import mailbox
from lyhord.delivery.gateways.letterbox import Letter

TOKEN = "a" * 25
SMS = "Hej! Svara här: http://localhost:8000/s/k7Qm2XpT9aBc\n\nTack! <b>Läs</b> mer på https://exempel.se/om."


@pytest.fixture
def box(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_FOLDER, settings.DEMO = tmp_path, True
    settings.EMAIL_GATEWAY = settings.SMS_GATEWAY = "FOLDER"
    folder = tmp_path / "mailbox"
    folder.mkdir()
    return folder


def put(box: Path, sign: str = "a", *, channel: str = "sms", text: str = SMS, subject: str = "1 del") -> str:
    token = TOKEN + sign
    letter = Letter(channel, "Kommunen <k@demo.example>", f"{sign}@demo.example", subject, text, "", token, AT)
    found = {name: getattr(letter, name) for name in Letter.__slots__}
    (box / f"20261122T0201{sign}-{token}.json").write_text(json.dumps(found), encoding="utf-8")
    return token


AT = "2026-11-22T02:01:43+01:00"


def test_a_link_is_found_and_leads_within_the_demonstration_whatever_its_port(box: Path, settings: Settings) -> None:
    settings.ADDRESS = "http://localhost:9999"
    shown = mailbox.letter_with(put(box))
    assert shown is not None
    links = [(piece.words, piece.leads_to) for part in shown.paragraphs for piece in part if piece.leads_to]
    assert links == [
        ("http://localhost:8000/s/k7Qm2XpT9aBc", "/s/k7Qm2XpT9aBc"),
        ("https://exempel.se/om", "https://exempel.se/om"),
    ]
    assert "".join(piece.words for part in shown.paragraphs for piece in part) == SMS.replace("\n\n", "")


def test_letters_are_listed_the_latest_first_with_texts_and_mails_told_apart(box: Path) -> None:
    put(box, "a")
    put(box, "b", channel="email", subject="Hur gick det?")
    page = Client().get("/brevlada").content.decode()
    assert page.index("b@demo.example") < page.index("a@demo.example")
    assert page.count('class="kind sms">Sms<') == 1
    assert page.count('class="kind email">E-post<') == 1
    assert "Påhittade uppgifter." in page


def test_many_letters_come_in_pages(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "PAGE", 2)
    for sign in "abc":
        put(box, sign)
    first, second = (Client().get(f"/brevlada?sida={number}").content.decode() for number in (1, 99))
    assert [sign for sign in "abc" if f"{sign}@demo" in first] == ["b", "c"]
    assert [sign for sign in "abc" if f"{sign}@demo" in second] == ["a"]
    assert "Sida 2 av 2, 3 meddelanden" in second


def test_a_letter_shows_its_words_and_nothing_of_them_is_markup(box: Path) -> None:
    page = Client().get(f"/brevlada/{put(box)}").content.decode()
    assert '<a href="/s/k7Qm2XpT9aBc" rel="noreferrer">http://localhost:8000/s/k7Qm2XpT9aBc</a>' in page
    assert "&lt;b&gt;Läs" in page
    assert Client().get(f"/brevlada/{'b' * 26}").status_code == 404


def test_an_empty_box_says_how_something_gets_there(box: Path) -> None:
    assert "Brevlådan är tom." in Client().get("/brevlada").content.decode()


@pytest.mark.parametrize(
    "real", [{"DEMO": False}, {"EMAIL_GATEWAY": "SMTP"}, {"SMS_GATEWAY": "46ELKS"}, {"SMS_GATEWAY": "TERMINAL"}]
)
def test_outside_a_demonstration_there_is_no_mailbox(box: Path, settings: Settings, real: dict[str, object]) -> None:
    token = put(box)
    for name, value in real.items():
        setattr(settings, name, value)
    assert [Client().get(address).status_code for address in ("/brevlada", f"/brevlada/{token}")] == [404, 404]
    assert "/brevlada" not in Client().get("/").content.decode()
