"""Checks that run at start, so that a wrong setting is found then and not at three in the morning.

E means that Lyhörd refuses to start, W that it starts and says so. Each is described in ``docs/settings.md``.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as CheckWarning

from lyhord.delivery import bounce_mailbox, sealing
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.gateways import choosing
from lyhord.mystery.letters import doors as letter_doors
from lyhord.project import databases
from lyhord.survey.errors import SurveyError
from lyhord.survey.sending.pricing import price_per_part

SHORTEST_SECRET: Final = 50
SHORTEST_LINK_KEY: Final = 32
Check = Callable[..., list[CheckMessage]]


def _serves_others() -> bool:
    return any(host not in settings.LOCAL_HOSTS for host in settings.ALLOWED_HOSTS)


def secret_key(**_: object) -> list[CheckMessage]:
    """E001: others than this machine are served without a secret key. E002: the key is too short to be one."""
    given = settings.GIVEN_SECRET_KEY
    if given and len(given) < SHORTEST_SECRET:
        return [
            Error(
                f"LYHORD_SECRET_KEY has {len(given)} characters; {SHORTEST_SECRET} or more are needed.",
                hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
                id="lyhord.E002",
            )
        ]
    if not given and _serves_others():
        return [
            Error(
                "LYHORD_HOSTS names other hosts than this machine, but LYHORD_SECRET_KEY is not set.",
                hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
                id="lyhord.E001",
            )
        ]
    return []


def debug_for_others(**_: object) -> list[CheckMessage]:
    """E003: others than this machine would see the debug pages, with settings and source."""
    if settings.DEBUG and _serves_others():
        return [
            Error(
                "LYHORD_DEBUG is on and LYHORD_HOSTS names other hosts than this machine.",
                hint="Turn LYHORD_DEBUG off.",
                id="lyhord.E003",
            )
        ]
    return []


def demo_for_others(**_: object) -> list[CheckMessage]:
    """E020: others than this machine would see a demonstration's logins and letters, or real letters would be shown."""
    reaching = {settings.EMAIL_GATEWAY, settings.SMS_GATEWAY} != {"FOLDER"}
    if settings.DEMO and (_serves_others() or reaching):
        return [
            Error(
                "LYHORD_DEMO is on, but LYHORD_HOSTS names other hosts than this machine, or messages leave it.",
                hint="Turn LYHORD_DEMO off: it is for the invented people of lyhord demo.",
                id="lyhord.E020",
            )
        ]
    return []


def any_host(**_: object) -> list[CheckMessage]:
    """E004: the site answers to any name, which lets others decide what its links say."""
    if "*" in settings.ALLOWED_HOSTS:
        return [
            Error("LYHORD_HOSTS contains '*'.", hint="Name the hosts: LYHORD_HOSTS=svar.exempel.se", id="lyhord.E004")
        ]
    return []


def postgresql_driver(**_: object) -> list[CheckMessage]:
    """E005: ``DATABASE_URL`` names PostgreSQL, whose driver is missing here."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine == databases.POSTGRESQL and importlib.util.find_spec("psycopg") is None:
        return [
            Error(
                "DATABASE_URL names PostgreSQL, but the driver psycopg is not installed.",
                hint="Install it: pip install 'psycopg[binary]'",
                id="lyhord.E005",
            )
        ]
    return []


def https_for_others(**_: object) -> list[CheckMessage]:
    """W001: others than this machine are served without HTTPS."""
    if _serves_others() and not settings.HTTPS:
        return [
            CheckWarning(
                "LYHORD_HOSTS names other hosts than this machine, but LYHORD_HTTPS is off.",
                hint="Set LYHORD_HTTPS=true, and LYHORD_BEHIND_PROXY=true where a proxy ends the HTTPS connection.",
                id="lyhord.W001",
            )
        ]
    return []


def proxy_without_https(**_: object) -> list[CheckMessage]:
    """W002: a proxy's word about HTTPS is trusted though HTTPS is not asked for."""
    if settings.BEHIND_PROXY and not settings.HTTPS:
        return [
            CheckWarning(
                "LYHORD_BEHIND_PROXY is on and LYHORD_HTTPS is off.",
                hint="Set LYHORD_HTTPS=true, or turn LYHORD_BEHIND_PROXY off.",
                id="lyhord.W002",
            )
        ]
    return []


def delivery_keys(**_: object) -> list[CheckMessage]:
    """E006: the keys that messages are sealed with cannot be used."""
    try:
        if settings.DELIVERY_KEYS:
            sealing.key_ring(settings.DELIVERY_KEYS)
    except DeliveryError as error:
        return [Error(str(error), hint="Correct LYHORD_DELIVERY_KEYS.", id="lyhord.E006")]
    return []


def gateways(**_: object) -> list[CheckMessage]:
    """E007: a gateway is chosen, or a mail server or mailbox named, that cannot be reached as it is set."""
    return [
        Error(str(problem), hint="Correct it, or choose another gateway.", id="lyhord.E007")
        for problem in choosing.problems(settings.EMAIL_GATEWAY, settings.SMS_GATEWAY)
        + bounce_mailbox.problems(settings.BOUNCES_URL)
        + letter_doors.problems()
    ]


def nobody_reached(**_: object) -> list[CheckMessage]:
    """W003: others than this machine are served, but messages only go into a folder or to the terminal."""
    reaching = {settings.EMAIL_GATEWAY, settings.SMS_GATEWAY} - {"FOLDER", "TERMINAL"}
    if _serves_others() and not reaching:
        return [
            CheckWarning(
                "LYHORD_HOSTS names other hosts than this machine, but no message leaves it.",
                hint="Set LYHORD_EMAIL=smtp with LYHORD_SMTP_URL, or LYHORD_SMS=46elks or smpp.",
                id="lyhord.W003",
            )
        ]
    return []


def link_key(**_: object) -> list[CheckMessage]:
    """E010: the key that links are derived with could be guessed."""
    if settings.LINK_KEY and len(settings.LINK_KEY) < SHORTEST_LINK_KEY:
        return [
            Error(
                f"LYHORD_LINK_KEY has {len(settings.LINK_KEY)} characters; {SHORTEST_LINK_KEY} or more are needed.",
                hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(32))'",
                id="lyhord.E010",
            )
        ]
    return []


def survey_address(**_: object) -> list[CheckMessage]:
    """E011: links would begin with what is no address. W010: others are served, but links lead to this machine."""
    parts = urlsplit(settings.ADDRESS)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        return [
            Error(
                "LYHORD_ADDRESS is no address that a browser can open.",
                hint="Write it as https://svar.exempel.se",
                id="lyhord.E011",
            )
        ]
    if _serves_others() and parts.hostname in ("localhost", "127.0.0.1", "::1"):
        return [
            CheckWarning(
                "LYHORD_HOSTS names other hosts than this machine, but links in messages lead to this machine.",
                hint="Set LYHORD_ADDRESS to where respondents reach the site.",
                id="lyhord.W010",
            )
        ]
    return []


def sms_price(**_: object) -> list[CheckMessage]:
    """E012: the price of an SMS is no number of kronor."""
    try:
        price_per_part()
    except SurveyError as error:
        return [Error(str(error), hint="Correct LYHORD_SMS_PRICE.", id="lyhord.E012")]
    return []


CHECKS: Final[tuple[Check, ...]] = (
    secret_key,
    debug_for_others,
    demo_for_others,
    any_host,
    postgresql_driver,
    https_for_others,
    proxy_without_https,
    delivery_keys,
    gateways,
    nobody_reached,
    link_key,
    survey_address,
    sms_price,
)
