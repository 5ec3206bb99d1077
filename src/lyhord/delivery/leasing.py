"""Who holds a message: taking it, handing it over, settling what became of it, taking back what its holder left.

A message is held under a fence, a word of the claim's own. Every later step asks for that fence, so whoever lost the
message to another cannot change it any more. The steps are conditional updates and hold on SQLite and PostgreSQL; where
the database can skip locked rows, claims that run at once take different messages instead of waiting for each other.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from lyhord.accounts.models import Organisation
from lyhord.delivery.listeners import Event, News, tell
from lyhord.delivery.models import WITH_A_WORKER, Channel, Message, MessageKey, State
from lyhord.delivery.outbox import NOTHING_SEALED, Priority
from lyhord.delivery.outcomes import Failure, Outcome, Result

LEASE: Final = timedelta(seconds=120)  # longer than any handing over may take
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
LEVELS: Final = tuple(int(level) for level in Priority)
MOST_AT_ONCE: Final = 32  # organisations that one claim goes to
Settled = Mapping[int, Outcome]


def claim(channel: Channel, organisations: Sequence[int], limit: int) -> list[Message]:
    """Take at most ``limit`` due messages, as evenly as may be between the organisations; their keys come along.

    Within an organisation by priority, then by what was due first. Whoever stands first among ``organisations`` is
    asked first, so the caller turns them.
    """
    fence = uuid.uuid4().hex
    with transaction.atomic():
        chosen = _chosen(channel, organisations, limit)
        taken = Message.objects.filter(pk__in=chosen, state=State.QUEUED).update(
            state=State.LEASED, fence=fence, leased_until=timezone.now() + LEASE
        )
    if not taken:
        return []
    held = Message.objects.filter(fence=fence, state=State.LEASED).select_related("key")
    return sorted(held, key=lambda message: (message.priority, message.due))


def _chosen(channel: Channel, organisations: Sequence[int], limit: int) -> list[int]:
    """Ids of due messages; a claim goes to so few organisations at a time that each query fetches several."""
    due = _who_waits(channel, organisations)
    waiting = [organisation for organisation in organisations if organisation in due][:MOST_AT_ONCE]
    chosen: list[int] = []
    for place, organisation in enumerate(waiting):
        share = -(-(limit - len(chosen)) // (len(waiting) - place))
        chosen += _due(organisation, channel, due[organisation], share)
    return chosen


def _who_waits(channel: Channel, organisations: Sequence[int]) -> dict[int, list[int]]:
    """The organisations that have something due, and in which levels of priority."""
    found: dict[int, list[int]] = {}
    now = timezone.now()
    for level in LEVELS:
        waiting = Message.objects.filter(
            organisation=OuterRef("pk"), channel=channel, state=State.QUEUED, priority=level, due__lte=now
        )
        for organisation in Organisation.objects.filter(Exists(waiting), pk__in=organisations).values_list("pk"):
            found.setdefault(organisation[0], []).append(level)
    return found


def _due(organisation: int, channel: Channel, levels: Iterable[int], limit: int) -> list[int]:
    found: list[int] = []
    skips = connection.features.has_select_for_update_skip_locked
    for level in levels:
        rows = Message.objects.filter(
            organisation=organisation, channel=channel, state=State.QUEUED, priority=level, due__lte=timezone.now()
        )
        rows = rows.select_for_update(skip_locked=skips).order_by("due")
        found += rows.values_list("pk", flat=True)[: limit - len(found)]
        if len(found) >= limit:
            break
    return found


def begin(messages: Iterable[Message]) -> set[int]:
    """Write down that these are about to leave, before they do; the ids of those that are still ours."""
    wanted = list(messages)
    begun: set[int] = set()
    for fence, ids in _by_fence(wanted).items():
        now = timezone.now()
        ours = Message.objects.filter(pk__in=ids, fence=fence, state=State.LEASED, leased_until__gt=now)
        count = ours.update(state=State.SENDING, attempts=F("attempts") + 1, leased_until=now + LEASE)
        begun |= ids if count == len(ids) else _in_state(fence, ids, State.SENDING)
    for message in wanted:
        message.attempts += message.pk in begun
    return begun


def give_back(messages: Iterable[Message], wait: timedelta = timedelta(0)) -> int:
    """Return messages that have not begun to leave; they are due again after ``wait``. How many were still ours."""
    count = 0
    for fence, ids in _by_fence(messages).items():
        ours = Message.objects.filter(pk__in=ids, fence=fence, state=State.LEASED)
        count += ours.update(state=State.QUEUED, fence="", leased_until=None, due=timezone.now() + wait)
    return count


def hold(messages: Iterable[Message]) -> int:
    """Put messages that have not begun to leave among the held ones; how many were still ours."""
    count = 0
    for fence, ids in _by_fence(messages).items():
        ours = Message.objects.filter(pk__in=ids, fence=fence, state=State.LEASED)
        count += ours.update(state=State.HELD, fence="", leased_until=None)
    return count


def settle(messages: Iterable[Message], outcomes: Settled) -> int:
    """Record what became of messages that this holder began; how many of them were still its own.

    An uncertain outcome that the lease's end has recorded already may still be made certain by its holder.
    """
    mine = {message.pk: message for message in messages}
    fences = {message.fence for message in mine.values()}
    with transaction.atomic():
        rows = Message.objects.filter(pk__in=list(mine), fence__in=fences, state__in=(State.SENDING, State.UNKNOWN))
        held = {pk for pk, fence in rows.select_for_update().values_list("pk", "fence") if mine[pk].fence == fence}
        groups: dict[Outcome, list[Message]] = {}
        for pk in held:
            groups.setdefault(outcomes[pk], []).append(mine[pk])
        for outcome, group in groups.items():
            _SETTLING[outcome.result](group, outcome)
    return len(held)


def recover() -> int:
    """Take back what holders left when their lease ended; how many.

    What had not begun to leave is queued again. An e-mail that may have left is sent once more under the same
    Message-ID, and not a third time. An SMS that may have left waits for a person.
    """
    with transaction.atomic():
        rows = Message.objects.filter(state__in=WITH_A_WORKER, leased_until__lt=timezone.now()).select_for_update()
        left = list(rows.only("pk", "state", "channel", "repeats", "organisation", "purpose", "reference"))
        resting = [message.pk for message in left if message.state == State.LEASED]
        Message.objects.filter(pk__in=resting).update(state=State.QUEUED, fence="", leased_until=None)
        _uncertain(
            [message for message in left if message.state == State.SENDING], Outcome(Result.UNKNOWN, Failure.LOST)
        )
    return len(left)


def announce(messages: Iterable[Message], event: Event, failure: str = "") -> None:
    """Tell the listeners of each message's purpose."""
    for message in messages:
        tell(
            News(
                event, message.pk, message.organisation_id, message.channel, message.purpose, message.reference, failure
            )
        )


def _by_fence(messages: Iterable[Message]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for message in messages:
        found.setdefault(message.fence, set()).add(message.pk)
    return found


def _in_state(fence: str, ids: set[int], state: State) -> set[int]:
    return set(Message.objects.filter(pk__in=ids, fence=fence, state=state).values_list("pk", flat=True))


def _ids(messages: Iterable[Message]) -> list[int]:
    return [message.pk for message in messages]


def _sent(messages: list[Message], outcome: Outcome) -> None:
    """Sent: the key goes, since nothing of the text or address is needed any more."""
    ids = _ids(messages)
    Message.objects.filter(pk__in=ids).update(
        state=State.SENT,
        leased_until=None,
        finished=timezone.now(),
        provider_reference=outcome.provider_reference,
        failure="",
        **NOTHING_SEALED,
    )
    MessageKey.objects.filter(pk__in=ids).delete()
    announce(messages, Event.SENT)


def _refused(messages: list[Message], outcome: Outcome) -> None:
    ids = _ids(messages)
    Message.objects.filter(pk__in=ids).update(
        state=State.FAILED, leased_until=None, finished=timezone.now(), failure=outcome.failure, **NOTHING_SEALED
    )
    MessageKey.objects.filter(pk__in=ids).delete()
    announce(messages, Event.FAILED, outcome.failure)


def _later(messages: list[Message], outcome: Outcome) -> None:
    given_up = [message for message in messages if message.attempts > len(WAITS)]
    _refused(given_up, Outcome(Result.REFUSED, Failure.GIVEN_UP))
    for message in messages:
        if message.attempts <= len(WAITS):
            Message.objects.filter(pk=message.pk).update(
                state=State.QUEUED,
                fence="",
                leased_until=None,
                failure=outcome.failure,
                due=timezone.now() + WAITS[message.attempts - 1],
            )


def _uncertain(messages: list[Message], outcome: Outcome) -> None:
    messages = _not_erased(messages)
    again = {message.pk for message in messages if message.channel == Channel.EMAIL and not message.repeats}
    Message.objects.filter(pk__in=again).update(
        state=State.QUEUED, fence="", leased_until=None, repeats=1, due=timezone.now()
    )
    doubtful = [message for message in messages if message.pk not in again]
    Message.objects.filter(pk__in=_ids(doubtful)).update(
        state=State.UNKNOWN, leased_until=None, finished=timezone.now(), failure=outcome.failure
    )
    announce(doubtful, Event.UNKNOWN, outcome.failure)


def _not_erased(messages: list[Message]) -> list[Message]:
    """Those of which something is left.

    The others have been forgotten meanwhile, since their receivers have answered or declined, or the round is over.
    They are done with, for a worker as for a person.
    """
    rows = Message.objects.filter(pk__in=_ids(messages), sealed_body=None)
    erased = set(rows.values_list("pk", flat=True))
    rows.update(state=State.SENT, fence="", leased_until=None, finished=timezone.now(), failure="")
    return [message for message in messages if message.pk not in erased]


_SETTLING: Final = MappingProxyType(
    {Result.SENT: _sent, Result.REFUSED: _refused, Result.LATER: _later, Result.UNKNOWN: _uncertain}
)
