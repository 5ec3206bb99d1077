"""What a gateway is: it takes one message over and tells how that went; it may bring receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lyhord.delivery.contents import Content
from lyhord.delivery.outcomes import Outcome
from lyhord.delivery.senders import SenderFacts


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message opened for handing over. ``at`` is the time in its Date header."""

    message_id: int
    token: str
    address: str
    content: Content
    sender: SenderFacts
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a gateway tells afterwards. ``references``: what the provider may have called the message, best first."""

    delivered: bool
    failure: str = ""
    token: str = ""
    references: tuple[str, ...] = ()


class Gateway(Protocol):
    """Sends from several threads at once, ``parallel`` at most."""

    @property
    def name(self) -> str:
        """What it is called in logs and circuits."""
        ...

    @property
    def parallel(self) -> int:
        """How many threads gain from sending at once."""
        ...

    def send(self, parcel: Parcel) -> Outcome:
        """Hand one message over. Never raises for what the other side does: that is an outcome."""
        ...

    def receipts(self) -> Sequence[Receipt]:
        """What has come by the same connection and is not acknowledged yet."""
        ...

    def acknowledge(self) -> None:
        """The receipts that were fetched are stored."""
        ...

    def close(self) -> None:
        """End the connections."""
        ...


class OneWay:
    """A gateway without receipts or connections of its own."""

    def receipts(self) -> Sequence[Receipt]:
        """None come this way."""
        return ()

    def acknowledge(self) -> None:
        """Nothing to acknowledge."""

    def close(self) -> None:
        """Nothing to end."""
