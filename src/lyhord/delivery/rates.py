"""How fast: so many a second to each receiving domain, and nothing for a while to a gateway that fails."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

HORIZON: Final = 30.0  # seconds ahead that a place in the queue is kept; well within a lease
TRIPS_AT: Final = 5
FIRST_REST: Final = 30.0
LONGEST_REST: Final = 900.0

Permits = Callable[[int, str, datetime], bool]


def always(organisation_id: int, purpose: str, now: datetime) -> bool:
    """No quiet hours. Rooms above may set a stricter rule: ``dispatch.Rules(permits=…)``."""
    del organisation_id, purpose, now
    return True


@dataclass(slots=True)
class Queue:
    """When the next place is free for one organisation's mail to one domain: within reach, and beyond."""

    free: float = 0.0
    beyond: float = 0.0

    def place(self, per_second: float, now: float) -> tuple[bool, float]:
        """Whether there is a place within the horizon, and how many seconds to wait: for it, or before asking again.

        Those turned away are told different waits, so that they come back one after the other.
        """
        step = 1 / per_second
        self.free = max(self.free, now)
        if self.free - now <= HORIZON:
            wait = self.free - now
            self.free += step
            return True, wait
        self.beyond = max(self.beyond, self.free) + step
        return False, self.beyond - now


@dataclass(slots=True)
class Circuit:
    """Rests after failures in a row, twice as long each time, and then lets one message try."""

    failures: int = 0
    rests: int = 0
    opens: float = 0.0
    trying: bool = False

    def permits(self, now: float) -> bool:
        """Whether a message may be sent. After a rest only the one that tries, until its outcome is known."""
        if self.failures < TRIPS_AT:
            return True
        if now < self.opens or self.trying:
            return False
        self.trying = True
        return True

    def is_closed(self, now: float) -> bool:
        """Whether sending is worth preparing: nothing is wrong, or the rest is over."""
        return self.failures < TRIPS_AT or (now >= self.opens and not self.trying)

    def note(self, *, worked: bool, now: float) -> None:
        """An outcome: the gateway took a message or refused it properly (worked), or was not there."""
        self.trying = False
        if worked:
            self.failures = self.rests = 0
            return
        self.failures += 1
        if self.failures >= TRIPS_AT and now >= self.opens:
            rest = min(LONGEST_REST, FIRST_REST * 2**self.rests)
            self.opens = now + rest * random.uniform(0.9, 1.1)  # noqa: S311 - spreads workers, guards nothing
            self.rests += 1
