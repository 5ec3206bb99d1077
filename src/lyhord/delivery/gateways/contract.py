"""What a gateway is: it takes one message over and tells how that went; it may bring receipts."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from lyhord.delivery.contents import Content
from lyhord.delivery.outcomes import Failure, Outcome, Result
from lyhord.delivery.senders import SenderFacts


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message opened for handing over.

    ``at`` is the time in its Date header. ``until``: when, by the monotonic clock, it may no longer begin to leave.
    """

    message_id: int
    token: str
    address: str
    content: Content
    sender: SenderFacts
    at: datetime
    until: float = float("inf")

    def may_begin(self) -> bool:
        """Whether there is time left: what begins later might still be leaving when its lease ends."""
        return time.monotonic() < self.until


TOO_LATE: Final = Outcome(Result.LATER, Failure.BUSY)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a gateway tells afterwards. ``references``: what the provider may have called the message, best first."""

    delivered: bool
    failure: str = ""
    token: str = ""
    references: tuple[str, ...] = ()


@dataclass(slots=True)
class Errand:
    """What a gateway's thread hands over in one go: it takes messages as long as there are any, and tells of each."""

    take: Callable[[], Parcel | None]
    tell: Callable[[Parcel, Outcome], None]
    at_hand: list[Parcel] = field(default_factory=list)

    def next(self) -> Parcel | None:
        """The next message; None where there is none just now. One that was held too long is not begun."""
        while (parcel := self.at_hand.pop() if self.at_hand else self.take()) is not None:
            if parcel.may_begin():
                return parcel
            self.tell(parcel, TOO_LATE)
        return None

    def put_back(self, parcel: Parcel) -> None:
        """Nothing has been sent of it; it is the next again."""
        self.at_hand.append(parcel)


class Gateway(Protocol):
    """Sends from several threads at once, ``parallel`` at most."""

    @property
    def name(self) -> str:
        """What it is called in logs."""
        ...

    @property
    def circuit(self) -> str:
        """What rests when it fails: the same word in every process for the same server and login."""
        ...

    @property
    def parallel(self) -> int:
        """How many threads gain from sending at once."""
        ...

    @property
    def ahead(self) -> int:
        """How many messages each thread may have in hand, so that none waits for a commit."""
        ...

    def send(self, parcel: Parcel) -> Outcome:
        """Hand one message over. Never raises for what the other side does: that is an outcome."""
        ...

    def carry(self, errand: Errand) -> None:
        """Hand over what the errand holds; in one of its threads. Tells of each as soon as its outcome is known."""
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


class OneByOne:
    """A gateway that hands over one message at a time."""

    ahead: int = 4

    def send(self, parcel: Parcel) -> Outcome:
        """Hand one message over."""
        raise NotImplementedError

    def carry(self, errand: Errand) -> None:
        """One after the other."""
        while (parcel := errand.next()) is not None:
            errand.tell(parcel, self.send(parcel))


class OneWay(OneByOne):
    """A gateway without receipts or connections of its own."""

    def receipts(self) -> Sequence[Receipt]:
        """None come this way."""
        return ()

    def acknowledge(self) -> None:
        """Nothing to acknowledge."""

    def close(self) -> None:
        """Nothing to end."""
