"""One gateway's threads: what is given to them is handed over in order, and each outcome comes back by one queue."""

from __future__ import annotations

import heapq
import logging
import queue
import threading
from dataclasses import dataclass, field
from typing import Final

from lyhord.delivery.brakes.rests import SharedCircuit
from lyhord.delivery.gateways.contract import Errand, Gateway, Parcel
from lyhord.delivery.models import Channel, Message
from lyhord.delivery.outcomes import Failure, Outcome, Result

IDLE: Final = 5.0  # seconds that a thread waits for more before it ends
LOST: Final = Outcome(Result.UNKNOWN, Failure.LOST)
NOT_BEGUN: Final = Outcome(Result.LATER, Failure.CONNECTION)
log: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class Held:
    """A message that this process holds, opened."""

    message: Message
    parcel: Parcel
    claimed: float


@dataclass(frozen=True, slots=True)
class Back:
    """What came back from a gateway. ``counts``: for the circuit."""

    lane: Lane
    held: Held
    outcome: Outcome
    counts: bool = True


@dataclass(slots=True)
class Lane:
    """One gateway, its threads, what waits for it and what it has in hand.

    ``ready`` and ``in_hand`` are the dispatcher's thread's own; ``given`` is shared with the gateway's threads.
    """

    gateway: Gateway
    channel: Channel
    back: queue.SimpleQueue[Back]
    circuit: SharedCircuit = field(init=False)
    ready: list[tuple[float, int, Held]] = field(default_factory=list)
    in_hand: int = 0
    given: queue.SimpleQueue[Held | None] = field(default_factory=queue.SimpleQueue)
    _threads: set[threading.Thread] = field(default_factory=set)
    _ending: bool = False
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Its circuit is the server's, shared with other workers."""
        self.circuit = SharedCircuit(self.gateway.circuit, self.gateway.name)

    def next(self, now: float) -> list[Held]:
        """What may leave now."""
        found: list[Held] = []
        room = self.gateway.ahead * self.gateway.parallel - self.in_hand
        while self.ready and len(found) < room and self.ready[0][0] <= now and self.circuit.permits():
            found.append(heapq.heappop(self.ready)[2])
        return found

    def give(self, held: Held) -> None:
        """Let a thread hand it over; there are never more threads than messages."""
        self.in_hand += 1
        with self._guard:
            self.given.put(held)
            if len(self._threads) < min(self.gateway.parallel, self.in_hand):
                thread = threading.Thread(target=self._serve, name=self.gateway.name, daemon=True)
                self._threads.add(thread)
                thread.start()

    def take_from_threads(self) -> None:
        """What no thread has begun comes back, certainly not sent: the gateway rests."""
        while True:
            try:
                held = self.given.get_nowait()
            except queue.Empty:
                return
            if held is not None:
                self.back.put(Back(self, held, NOT_BEGUN, counts=False))

    def end(self) -> None:
        """End the threads, which have nothing left to do."""
        with self._guard:
            self._ending = True
            threads = list(self._threads)
            for _ in threads:
                self.given.put(None)
        for thread in threads:
            thread.join()

    def _serve(self) -> None:
        """A thread: waits for messages and hands them over, until there have been none for a while."""
        while True:
            try:
                held = self.given.get(timeout=IDLE)
            except queue.Empty:
                held = None
            with self._guard:
                if held is None and (self._ending or self.given.empty()):
                    self._threads.discard(threading.current_thread())
                    return
            if held is not None:
                self._carry(held)

    def _carry(self, first: Held) -> None:
        """Hand over ``first`` and what else is there; where the gateway breaks down, nobody knows what became of it."""
        taken: dict[int, Held] = {first.parcel.message_id: first}

        def take() -> Parcel | None:
            try:
                held = self.given.get_nowait()
            except queue.Empty:
                return None
            if held is None:
                self.given.put(None)  # the sign to end, for when this errand is done
                return None
            taken[held.parcel.message_id] = held
            return held.parcel

        def tell(parcel: Parcel, outcome: Outcome) -> None:
            self.back.put(Back(self, taken.pop(parcel.message_id), outcome))

        try:
            self.gateway.carry(Errand(take, tell, [first.parcel]))
        except Exception:
            log.exception("A gateway broke down while it sent a message")
        for held in taken.values():
            self.back.put(Back(self, held, LOST))
