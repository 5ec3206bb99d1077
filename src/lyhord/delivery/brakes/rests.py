"""Circuits that every worker shares: where one finds that a server fails, all let it rest, and one of them tries."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from lyhord.delivery.brakes.models import Rest
from lyhord.delivery.rates import TRIPS_AT, Circuit

TRY_FOR: Final = 60.0  # seconds that the others leave to the one that tries


@dataclass(slots=True)
class SharedCircuit:
    """A worker's own circuit for one server, in step with the others' through one row, which exists while it rests.

    ``own`` counts the worker's failures, so five in a row of one worker open it for all.
    """

    circuit: str
    name: str
    own: Circuit = field(default_factory=Circuit)
    clock: Callable[[], float] = time.time

    @property
    def key(self) -> str:
        """What the row is found by; the word for a circuit may hold a user name."""
        return hashlib.sha256(self.circuit.encode()).hexdigest()

    def permits(self) -> bool:
        """Whether a message may be sent. After a rest, only where this worker is the one that may try."""
        now = self.clock()
        if self.own.failures < TRIPS_AT:
            return True
        if not self.own.is_closed(now):
            return False
        seen = self.own.opens
        mine = Rest.objects.filter(pk=self.key, opens__lte=now).update(opens=now + TRY_FOR)
        if not mine and Rest.objects.filter(pk=self.key).exists():
            self.own.opens = max(seen, now + 1)  # somebody else tries; their word comes with the next ``adopt``
            return False
        return self.own.permits(now)

    def is_closed(self) -> bool:
        """Whether sending is worth preparing."""
        return self.own.is_closed(self.clock())

    def note(self, *, worked: bool) -> None:
        """An outcome; where it opens or closes the circuit, the others are told."""
        was_open, opens = self.own.failures >= TRIPS_AT, self.own.opens
        self.own.note(worked=worked, now=self.clock())
        if worked and was_open:
            Rest.objects.filter(pk=self.key).delete()
        elif self.own.opens != opens:
            row = {"name": self.name[:300], "opens": self.own.opens, "rests": self.own.rests}
            Rest.objects.update_or_create(pk=self.key, defaults=row)

    def adopt(self, row: Rest | None) -> None:
        """Learn what the others found out."""
        if row is None:
            if self.own.failures >= TRIPS_AT and not self.own.trying:
                self.own = Circuit()
        elif row.opens > self.own.opens and not self.own.trying:
            self.own = Circuit(TRIPS_AT, row.rests, row.opens)


def adopt(circuits: Iterable[SharedCircuit]) -> None:
    """Bring the circuits in step with the rows, in one query."""
    mine = list(circuits)
    rows = {row.pk: row for row in Rest.objects.filter(pk__in=[one.key for one in mine])} if mine else {}
    for one in mine:
        one.adopt(rows.get(one.key))
