"""Each wrong setting is found at start by a check with an id of its own."""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest
from django.core.checks import run_checks
from pytest_django.fixtures import Settings

from lyhord.project import checks, databases

OTHERS = ["svar.exempel.se"]
LONG_ENOUGH = "x" * 50
SENDING = {"SMS_GATEWAY": "46ELKS", "ELKS_ACCOUNT": "user:password"}


@pytest.fixture(autouse=True)
def served_to_this_machine_only(settings: Settings) -> None:
    settings.ADDRESS = "https://svar.exempel.se"
    settings.ALLOWED_HOSTS = list(settings.LOCAL_HOSTS)  # Django's test set-up adds a host of its own


def ids_found() -> set[str]:
    return {str(message.id) for message in run_checks() if str(message.id).startswith("lyhord.")}


def test_the_defaults_are_right() -> None:
    assert ids_found() == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ALLOWED_HOSTS": OTHERS}, {"lyhord.E001", "lyhord.W001", "lyhord.W003"}),
        (
            {"ALLOWED_HOSTS": OTHERS, "ADDRESS": "http://localhost:8000"},
            {"lyhord.E001", "lyhord.W001", "lyhord.W003", "lyhord.W010"},
        ),
        ({"ADDRESS": "http://localhost:8000"}, set()),
        ({"ADDRESS": "svar.exempel.se"}, {"lyhord.E011"}),
        ({"ADDRESS": "https://svar.exempel.se?a=1"}, {"lyhord.E011"}),
        ({"LINK_KEY": "kort"}, {"lyhord.E010"}),
        ({"LINK_KEY": "x" * 32}, set()),
        ({"SMS_PRICE": "gratis"}, {"lyhord.E012"}),
        ({"SMS_PRICE": "NaN"}, {"lyhord.E012"}),
        ({"EMAIL_GATEWAY": "SMTP"}, {"lyhord.E007"}),
        ({"EMAIL_GATEWAY": "SMTP", "SMTP_URL": "smtp://smtp.exempel.se"}, set()),
        ({"SMS_GATEWAY": "SMPP", "SMPP_URL": "http://sms.exempel.se"}, {"lyhord.E007"}),
        ({"SMS_GATEWAY": "46ELKS", "ELKS_ACCOUNT": "user"}, {"lyhord.E007"}),
        ({"BOUNCES_URL": "imap://imap.exempel.se"}, {"lyhord.E007"}),
        ({"DELIVERY_KEYS": "k1:abc"}, {"lyhord.E006"}),
        ({"GIVEN_SECRET_KEY": "x" * 49}, {"lyhord.E002"}),
        ({**SENDING, "GIVEN_SECRET_KEY": LONG_ENOUGH, "ALLOWED_HOSTS": OTHERS}, {"lyhord.W001"}),
        ({**SENDING, "GIVEN_SECRET_KEY": LONG_ENOUGH, "ALLOWED_HOSTS": OTHERS, "HTTPS": True}, set()),
        (
            {**SENDING, "GIVEN_SECRET_KEY": LONG_ENOUGH, "ALLOWED_HOSTS": OTHERS, "HTTPS": True, "DEBUG": True},
            {"lyhord.E003"},
        ),
        ({**SENDING, "GIVEN_SECRET_KEY": LONG_ENOUGH, "ALLOWED_HOSTS": ["*"], "HTTPS": True}, {"lyhord.E004"}),
        ({"BEHIND_PROXY": True}, {"lyhord.W002"}),
        ({"BEHIND_PROXY": True, "HTTPS": True}, set()),
    ],
)
def test_a_wrong_setting_is_found(settings: Settings, changes: dict[str, Any], expected: set[str]) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    assert ids_found() == expected


@pytest.mark.parametrize(("driver", "expected"), [(None, {"lyhord.E005"}), (object(), set())])
def test_postgresql_asks_for_its_driver(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, driver: object, expected: set[str]
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", databases.POSTGRESQL)
    monkeypatch.setattr(importlib.util, "find_spec", {"psycopg": driver}.get)
    assert {message.id for message in checks.postgresql_driver()} == expected
