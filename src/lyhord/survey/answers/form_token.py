"""The token that a form carries: it shows that the page was fetched before the form was sent. No cookie is needed."""

from __future__ import annotations

import hashlib
import hmac
import time
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from lyhord.survey.sending.key_file import kept_secret
from lyhord.survey.sending.links import KEY_FILE

HOUR: Final = 3600
HOURS_VALID: Final = 24
SIGNS: Final = 22


def token_for(about: str) -> str:
    """A token for the form about ``about`` (a link, or a municipality's code), good for a day."""
    return _signed(about, int(time.time()) // HOUR)


def is_valid(token: str, about: str) -> bool:
    """Whether the token was made here, for this form, and less than a day ago."""
    hour, _, _ = token.partition(".")
    if not hour.isascii() or not hour.isdecimal() or len(hour) > len("4294967295"):
        return False
    age = int(time.time()) // HOUR - int(hour)
    return 0 <= age <= HOURS_VALID and hmac.compare_digest(_signed(about, int(hour)).encode(), token.encode())


def _signed(about: str, hour: int) -> str:
    digest = hmac.digest(_key(settings.LINK_KEY, str(settings.DATA_FOLDER)), f"{hour}|{about}".encode(), "sha256")
    return f"{hour}.{digest.hex()[:SIGNS]}"


@lru_cache(maxsize=4)
def _key(given: str, folder: str) -> bytes:
    secret = given or kept_secret(Path(folder) / KEY_FILE)
    return hashlib.sha256(b"form|" + secret.encode()).digest()
