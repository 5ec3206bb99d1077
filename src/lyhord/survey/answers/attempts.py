"""How many links that open nothing a client may try in a minute: guessing is made slow, and nothing of it is stored."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import Final

from django.conf import settings
from django.http import HttpRequest

MINUTE: Final = 60


class Misses:
    """Misses by client in this minute, in the memory of this process alone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute = 0
        self._counts: Counter[str] = Counter()

    def add(self, client: str) -> None:
        """One more miss."""
        with self._lock:
            self._turn()
            self._counts[client] += 1

    def too_many(self, client: str, most: int) -> bool:
        """Whether the client has missed more than ``most`` times in this minute."""
        with self._lock:
            self._turn()
            return self._counts[client] > most if client in self._counts else False

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._counts.clear()

    def _turn(self) -> None:
        minute = int(time.monotonic()) // MINUTE
        if minute != self._minute:
            self._minute = minute
            self._counts.clear()


MISSES: Final = Misses()


def client_of(request: HttpRequest) -> str:
    """Who asks: the nearest address that a proxy of ours vouches for, else the peer's."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return str(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))
