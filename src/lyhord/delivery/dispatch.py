"""Sending in one process: claimed messages go to the gateways' threads, and what becomes of them into the rows.

Only the thread that calls ``cycle`` touches the database. Each cycle is one transaction that settles what has come back
and writes down what is about to leave; so the busier it is, the more messages share a commit.
"""

from __future__ import annotations

import contextlib
import heapq
import logging
import queue
import random
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Final

from django.db import transaction
from django.utils import timezone

from lyhord.delivery import leasing, rates, receipts, suppression
from lyhord.delivery.brakes import holds, paces, rests
from lyhord.delivery.contents import Content, opened_from
from lyhord.delivery.errors import DeliveryError, SealError
from lyhord.delivery.gateways.choosing import Gateways
from lyhord.delivery.gateways.contract import Parcel
from lyhord.delivery.lanes import Back, Held, Lane
from lyhord.delivery.models import Channel, Message, State
from lyhord.delivery.outcomes import Failure, Outcome, Result
from lyhord.delivery.senders import SenderFacts, active_senders

CLAIM: Final = 512
LOW: Final = 256
NAP: Final = 0.05
SENDERS_LAST: Final = 5.0
CLAIM_AGAIN: Final = 0.5
NOT_NOW: Final = timedelta(minutes=10)
HANDED_FOR: Final = 60.0  # seconds within which what is handed over must begin to leave; half a lease
LEASE_MARGIN: Final = leasing.LEASE.total_seconds() - rates.HORIZON - 30
log: Final = logging.getLogger(__name__)
_turns: Final = count()


@dataclass(frozen=True, slots=True)
class Rules:
    """How fast and when: e-mails a second to each receiving domain (0: no limit), and the hook for quiet hours."""

    per_second: float = 2.0
    permits: rates.Permits = rates.always


class Dispatch:
    """Sends what is due, cycle by cycle, until it is stopped. Needs a scope of everything around it."""

    def __init__(self, rules: Rules | None = None, gateways: Gateways | None = None) -> None:
        self.rules = rules or Rules()
        self.gateways = gateways or Gateways()
        self._lanes: dict[int, Lane] = {}
        self._back: queue.SimpleQueue[Back] = queue.SimpleQueue()
        self._unsettled: list[Back] = []
        self._senders: dict[Channel, Mapping[int, SenderFacts]] = {}
        self._troubled: set[int] = set()
        self._asked = False
        self._senders_at = self._claimed_at = float("-inf")

    def cycle(self, *, claiming: bool = True) -> int:
        """Settle, begin and claim once; how many messages moved. Waits a moment where nothing can."""
        now = time.monotonic()
        self._asked = False
        claimed = self._claim(now) if claiming else 0
        self._unsettled += self._come_back(wait=NAP if self.in_hand and not claimed else 0.0)
        with transaction.atomic():
            self._settle(self._unsettled)
            starting = self._begin(time.monotonic()) if claiming else []
        moved = claimed + len(self._unsettled) + len(starting)
        self._unsettled = []
        until = time.monotonic() + HANDED_FOR
        for lane, held in starting:
            lane.give(Held(held.message, replace(held.parcel, until=until), held.claimed))
        self._fetch_receipts()
        return moved

    def look_again(self) -> bool:
        """Ask for due messages at the next cycle though there were none; False where the last cycle asked."""
        self._claimed_at = float("-inf")
        return not self._asked

    @property
    def in_hand(self) -> int:
        """How many messages the gateways have."""
        return sum(lane.in_hand for lane in self._lanes.values())

    @property
    def waiting(self) -> int:
        """How many messages are held here that have not begun to leave."""
        return sum(len(lane.ready) for lane in self._lanes.values())

    def stop(self) -> None:
        """Wait for what has begun to leave, settle it, and give the rest back."""
        while self.in_hand or self._unsettled:
            self.cycle(claiming=False)
        for lane in self._lanes.values():
            leasing.give_back(held.message for _, _, held in lane.ready)
            lane.ready.clear()
            lane.end()
        self.gateways.close()

    def _come_back(self, wait: float) -> list[Back]:
        """What gateways have answered; waits until half of what they have in hand is back, but no longer than ``wait``.

        The more share a transaction, the less each costs.
        """
        found: list[Back] = []
        until, enough = time.monotonic() + wait, max(1, self.in_hand // 2)
        with contextlib.suppress(queue.Empty):
            while len(found) < enough and (left := until - time.monotonic()) > 0:
                found.append(self._back.get(timeout=left))
            while True:
                found.append(self._back.get_nowait())
        for back in found:
            back.lane.in_hand -= 1
            if back.counts:
                self._note(back)
        return found

    def _note(self, back: Back) -> None:
        """Let the gateway's circuit know; where it opens, what no thread has begun comes back."""
        back.lane.circuit.note(worked=back.outcome.failure != Failure.CONNECTION)
        if not back.lane.circuit.is_closed():
            back.lane.take_from_threads()

    def _settle(self, backs: Iterable[Back]) -> None:
        outcomes = {back.held.message.pk: back.outcome for back in backs}
        if not outcomes:
            return
        messages = [back.held.message for back in backs]
        leasing.settle(messages, outcomes)
        for message in messages:
            outcome = outcomes[message.pk]
            message.failure = outcome.failure if outcome.result is Result.REFUSED else ""
        receipts.note_refusals(messages)
        receipts.apply_early(outcome.provider_reference for outcome in outcomes.values())

    def _begin(self, now: float) -> list[tuple[Lane, Held]]:
        """What leaves now, written down; what was held too long or whose sender has been paused goes back."""
        chosen = [(lane, held) for lane in self._lanes.values() for held in lane.next(now)]
        stale = [
            held.message
            for lane, held in chosen
            if now - held.claimed > LEASE_MARGIN or held.message.organisation_id not in self._senders[lane.channel]
        ]
        leasing.give_back(stale)
        given = {message.pk for message in stale}
        begun = leasing.begin(held.message for _, held in chosen if held.message.pk not in given)
        return [(lane, held) for lane, held in chosen if held.message.pk in begun]

    def _claim(self, now: float) -> int:
        self._refresh_senders(now)
        if self.waiting >= LOW or now - self._claimed_at < CLAIM_AGAIN:
            return 0
        self._asked = True
        claimed = sum(self._claim_channel(channel, now) for channel in Channel)
        if not claimed:
            self._claimed_at = now
        return claimed

    def _claim_channel(self, channel: Channel, now: float) -> int:
        senders = self._senders[channel]
        open_to = [one for one, facts in senders.items() if self._is_open(channel, facts)]
        random.shuffle(open_to)
        if not open_to:
            return 0
        messages = leasing.claim(channel, open_to, CLAIM)
        if messages:
            with transaction.atomic():
                self._sort_in(channel, messages, now)
        return len(messages)

    def _sort_in(self, channel: Channel, messages: list[Message], now: float) -> None:
        """Each claimed message into its gateway's queue, or back where it may not leave now or ever."""
        listed = suppression.listed_anywhere(message.address_hash for message in messages)
        held = holds.held_now()
        opened: list[tuple[Message, str, Content]] = []
        for message in messages:
            if message.address_hash in listed:
                self._end(message, Failure.SUPPRESSED)
            elif (message.organisation_id, message.series) in held:
                leasing.hold([message])
            elif not self.rules.permits(message.organisation_id, message.purpose, timezone.now()):
                leasing.give_back([message], NOT_NOW)
            elif (content := self._opened(message)) is not None:
                opened.append((message, *content))
        self._queue(channel, opened, now)

    def _opened(self, message: Message) -> tuple[str, Content] | None:
        try:
            return opened_from(message)
        except SealError as error:
            log.error("%s", error)
            self._end(message, Failure.UNREADABLE)
            return None

    def _queue(self, channel: Channel, opened: list[tuple[Message, str, Content]], now: float) -> None:
        """What has a place in time soon waits here, the rest in the outbox."""
        domains = [address.rpartition("@")[2] if channel == Channel.EMAIL else "" for _, address, _ in opened]
        wanted = [(message.organisation_id, domain) for (message, _, _), domain in zip(opened, domains, strict=True)]
        found = paces.places(wanted, self.rules.per_second)
        for (message, address, content), (has_place, wait) in zip(opened, found, strict=True):
            if not has_place:
                leasing.give_back([message], timedelta(seconds=wait))
                continue
            facts = self._senders[channel][message.organisation_id]
            parcel = Parcel(message.pk, message.token, address, content, facts, timezone.localtime())
            lane = self._lane(channel, facts)
            heapq.heappush(lane.ready, (now + wait, next(_turns), Held(message, parcel, now)))

    def _end(self, message: Message, failure: Failure) -> None:
        """A message that will not be sent; only the suppressed ones are cancelled, the rest have failed."""
        if message.pk in leasing.begin([message]):
            leasing.settle([message], {message.pk: Outcome(Result.REFUSED, failure)})
        if failure is Failure.SUPPRESSED:
            Message.objects.filter(pk=message.pk, state=State.FAILED).update(state=State.CANCELLED)

    def _is_open(self, channel: Channel, facts: SenderFacts) -> bool:
        """Whether the sender's gateway works. One whose settings are wrong waits, and the others send."""
        try:
            return self._lane(channel, facts).circuit.is_closed()
        except DeliveryError as error:
            if facts.organisation_id not in self._troubled:
                log.error("Organisation %s cannot send: %s", facts.organisation_id, error)
            self._troubled.add(facts.organisation_id)
            return False

    def _lane(self, channel: Channel, facts: SenderFacts) -> Lane:
        gateway = self.gateways.of(channel, facts)
        if id(gateway) not in self._lanes:
            self._lanes[id(gateway)] = Lane(gateway, channel, self._back)
        return self._lanes[id(gateway)]

    def _refresh_senders(self, now: float) -> None:
        if now - self._senders_at > SENDERS_LAST:
            self._senders = {channel: active_senders(channel) for channel in Channel}
            rests.adopt(lane.circuit for lane in self._lanes.values())
            self._senders_at = now

    def _fetch_receipts(self) -> None:
        for lane in self._lanes.values():
            found = lane.gateway.receipts()
            for receipt in found:
                receipts.apply(receipt)
            if found:
                lane.gateway.acknowledge()
