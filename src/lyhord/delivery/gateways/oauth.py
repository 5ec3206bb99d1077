"""Logging in to a mail server with a token instead of a password: XOAUTH2 with OAuth 2.0 client credentials.

Microsoft 365 takes nothing else from programs. The token comes from the organisation's own directory (RFC 6749, 4.4).
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Final

import httpx

SCOPE: Final = "https://outlook.office365.com/.default"
TIMEOUT: Final = 20.0
MARGIN: Final = 120.0  # seconds before its end that a token is no longer used
SHORTEST: Final = 300.0
log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks for a token, and where."""

    token_url: str
    client_id: str
    secret: str
    scope: str = SCOPE


@dataclass(slots=True)
class Tokens:
    """One client's token, fetched when first needed and again before it ends. For any number of threads."""

    client: Client
    _token: str = ""
    _ends: float = 0.0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def token(self) -> str:
        """A token that holds for a while yet; ConnectionError where none can be had."""
        with self._guard:
            if time.monotonic() >= self._ends:
                self._token, lasts = fetched(self.client)
                self._ends = time.monotonic() + max(0.0, lasts - MARGIN)
            return self._token

    def forget(self, token: str) -> None:
        """The server does not take this token any more; the next one is fetched."""
        with self._guard:
            if token == self._token:
                self._ends = 0.0


def fetched(client: Client) -> tuple[str, float]:
    """A new token and for how many seconds it holds; ConnectionError, without any secret, where none is given."""
    form = {
        "grant_type": "client_credentials",
        "client_id": client.client_id,
        "client_secret": client.secret,
        "scope": client.scope,
    }
    try:
        response = httpx.post(client.token_url, data=form, timeout=TIMEOUT)
        told = response.json()
    except (httpx.HTTPError, ValueError):
        raise ConnectionError(f"No token can be fetched for {client.client_id}: its address does not answer.") from None
    if not response.is_success or not isinstance(told, dict) or not told.get("access_token"):
        reason = str(told.get("error", response.status_code))[:60] if isinstance(told, dict) else "no token"
        log.error(
            "No token for the mail client %s: %s. Check its id, its secret and its rights.", client.client_id, reason
        )
        raise ConnectionError(f"No token is given to {client.client_id}: {reason}.")
    return str(told["access_token"]), float(told.get("expires_in", SHORTEST))


def answer(username: str, token: str) -> str:
    """What a client says to AUTH XOAUTH2."""
    return f"user={username}\x01auth=Bearer {token}\x01\x01"
