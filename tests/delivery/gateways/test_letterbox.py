"""The gateways that reach nobody, and which gateway the settings choose."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from delivery.sending import MAIL, SENDER, TEXT
from lyhord.delivery.contents import Content
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.gateways import choosing
from lyhord.delivery.gateways.contract import Parcel
from lyhord.delivery.gateways.letterbox import FolderGateway, TerminalGateway, clear, letters
from lyhord.delivery.models import Channel
from lyhord.delivery.senders import SenderFacts


def parcel(content: Content = MAIL, token: str = "a" * 26, hour: int = 12) -> Parcel:
    address = "anna@mottagare.test" if content.channel == Channel.EMAIL else "+46701740605"
    return Parcel(1, token, address, content, SENDER, datetime(2026, 11, 21, hour, tzinfo=UTC))


def test_a_letter_can_be_read_and_is_there_once(tmp_path: Path) -> None:
    gateway = FolderGateway(tmp_path / "mailbox")
    for one in (parcel(), parcel(), parcel(TEXT, "b" * 26, 13)):
        gateway.send(one)
    newest, oldest = letters(tmp_path / "mailbox")
    assert (newest.channel, newest.sender, newest.recipient, newest.subject) == (
        "sms",
        "Exempel",
        "+46701740605",
        "1 del",
    )
    assert (oldest.channel, oldest.subject, oldest.html) == ("email", "Hur gick det?", "<p>Hej!</p>")
    assert clear(tmp_path / "mailbox") == 3
    assert letters(tmp_path / "mailbox") == []


def test_a_file_that_is_no_letter_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(DeliveryError, match=r"x\.json"):
        letters(tmp_path)


def test_the_terminal_shows_the_message(capsys: pytest.CaptureFixture[str]) -> None:
    TerminalGateway().send(parcel())
    assert "Hur gick det?" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("email", "sms", "name"),
    [
        ("FOLDER", "FOLDER", "folder mailbox"),
        ("TERMINAL", "TERMINAL", "terminal"),
        ("SMTP", "46ELKS", "smtp smtp.exempel.se:587"),
    ],
)
def test_the_settings_choose_the_gateway(settings: Settings, email: str, sms: str, name: str) -> None:
    settings.EMAIL_GATEWAY, settings.SMS_GATEWAY = email, sms
    settings.SMTP_URL = "smtp://kommun:hem%40ligt@smtp.exempel.se:587?security=starttls"
    settings.ELKS_ACCOUNT = "u1:p1"
    assert choosing.platform_gateway(Channel.EMAIL).name == name
    assert choosing.platform_gateway(Channel.SMS).name in {name, "46elks"}
    assert choosing.problems(email, sms) == []


def test_a_municipality_with_a_server_of_its_own_sends_through_it() -> None:
    own = SenderFacts(1, "Kommunen", "enkat@exempel.se", host="smtp.exempel.se", port=25, security="none")
    gateways = choosing.Gateways()
    assert gateways.of(Channel.EMAIL, own).name == "smtp smtp.exempel.se:25"
    assert gateways.of(Channel.EMAIL, own) is gateways.of(Channel.EMAIL, own)
    assert gateways.of(Channel.SMS, own).name == "folder mailbox"


@pytest.mark.parametrize(
    ("read", "url"),
    [
        (choosing.route_from_url, "smtp://"),
        (choosing.route_from_url, "http://u:hemligt@x"),
        (choosing.route_from_url, "smtp://u:hemligt@x?security=maybe"),
        (choosing.route_from_url, "smtp://u:hemligt@x:99999"),
        (choosing.centre_from_url, "smtp://u:hemligt@x"),
    ],
)
def test_an_address_that_is_none_is_refused_without_showing_its_password(read: object, url: str) -> None:
    assert callable(read)
    with pytest.raises(DeliveryError) as caught:
        read(url)
    assert "hemligt" not in str(caught.value)
