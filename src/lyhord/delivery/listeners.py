"""Who wants to hear what became of a message: rooms above register a function when they start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Event(StrEnum):
    """What became of a message. A later event of the same message goes before an earlier one."""

    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"  # for good: refused, expired, or given up
    BOUNCED = "bounced"  # failed since the address does not exist; it is suppressed from now on
    UNKNOWN = "unknown"  # may have been sent; a person decides


@dataclass(frozen=True, slots=True)
class News:
    """One event of one message, without address or text. ``failure`` is a word of ``Failure`` or empty."""

    event: Event
    message_id: int
    organisation_id: int
    channel: str
    purpose: str
    reference: str
    failure: str = ""


Listener = Callable[[News], None]
_listeners: Final[dict[str, list[Listener]]] = {}


def listen(purpose: str, listener: Listener) -> None:
    """Call ``listener`` with the news of every message of this purpose, in the transaction that records it.

    It may be told the same twice after a crash and must take that. Registering the same function again does nothing.
    """
    heard_by = _listeners.setdefault(purpose, [])
    if listener not in heard_by:
        heard_by.append(listener)


def tell(news: News) -> None:
    """Pass the news on to whoever registered for its purpose."""
    for listener in _listeners.get(news.purpose, ()):
        listener(news)


def forget(purpose: str, listener: Listener) -> None:
    """Stop telling ``listener``."""
    _listeners.get(purpose, []).remove(listener)


@dataclass(frozen=True, slots=True)
class Stop:
    """A series of messages that was stopped by itself; ``ground`` is a word of ``Hold.Ground``."""

    organisation_id: int
    series: str
    ground: str


StopListener = Callable[[Stop], None]
_stop_listeners: Final[list[StopListener]] = []


def listen_to_stops(listener: StopListener) -> None:
    """Call ``listener`` when a series is stopped, in the transaction that stops it; whose it is, its name tells."""
    if listener not in _stop_listeners:
        _stop_listeners.append(listener)


def tell_of_stop(stop: Stop) -> None:
    """Pass it on to whoever registered."""
    for listener in _stop_listeners:
        listener(stop)
