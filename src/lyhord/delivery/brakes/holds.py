"""Holding a series of messages, letting it go, and stopping one by itself where it does harm."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery.brakes.models import Hold
from lyhord.delivery.listeners import Stop, tell_of_stop
from lyhord.delivery.models import WAITING, Channel, Message, State
from lyhord.delivery.outcomes import Failure

FIRST: Final = 100
MOST_BOUNCED: Final = 5  # of a hundred
BURST: Final = 5  # refusals of us, not of the address
BURST_WITHIN: Final = timedelta(hours=1)
Series = tuple[int, str]


def hold(organisation_id: int, series: str, ground: Hold.Ground = Hold.Ground.PERSON) -> bool:
    """Hold every message of the series that has not begun to leave, and those that are queued until ``release``.

    False where it was held already.
    """
    with transaction.atomic():
        _, made = Hold.objects.get_or_create(
            organisation_id=organisation_id, series=series, ended=None, defaults={"ground": ground}
        )
        waiting = Message.objects.filter(organisation_id=organisation_id, series=series, state__in=WAITING)
        waiting.update(state=State.HELD, fence="", leased_until=None)
    return made


def release(organisation_id: int, series: str) -> bool:
    """Let the series go; its messages are due as they were. Bounces are counted anew from now. False where not held."""
    with transaction.atomic():
        held = Hold.objects.filter(organisation_id=organisation_id, series=series, ended=None)
        ended = held.update(ended=timezone.now())
        messages = Message.objects.filter(organisation_id=organisation_id, series=series, state=State.HELD)
        messages.update(state=State.QUEUED)
    return bool(ended)


def held_now() -> set[Series]:
    """The series within the scope that are held."""
    return set(Hold.objects.filter(ended=None).values_list("organisation_id", "series"))


def too_many_bounce(*, first: int, bounced: int, tried: int) -> bool:
    """Whether a series does harm: ``first`` of its first hundred addresses, or more than 5 % of all, do not exist."""
    return first > MOST_BOUNCED or (tried >= FIRST and 100 * bounced > MOST_BOUNCED * tried)


def stop_where_needed(message: Message) -> bool:
    """After a bounce or refusal: hold its series where there have been too many; whether that was done now."""
    if not message.series or message.channel != Channel.EMAIL:
        return False
    if message.failure == Failure.ADDRESS:
        return _bounces_too_often(message) and _stop(message, Hold.Ground.BOUNCES)
    return _is_refused_too_often(message) and _stop(message, Hold.Ground.REFUSALS)


def _bounces_too_often(message: Message) -> bool:
    """Counted since the series was last let go, and no further than the answer needs."""
    rows = Message.objects.filter(organisation_id=message.organisation_id, series=message.series)
    ended = Hold.objects.filter(organisation_id=message.organisation_id, series=message.series, ended__isnull=False)
    if (last := ended.order_by("-ended").values_list("ended", flat=True).first()) is not None:
        rows = rows.filter(finished__gt=last)
    bounced = rows.filter(state=State.FAILED, failure=Failure.ADDRESS)
    if (count := bounced.count()) <= MOST_BOUNCED:
        return False
    tried = rows.filter(state__in=(State.SENT, State.DELIVERED, State.FAILED, State.UNKNOWN))
    first = list(tried.order_by("pk").values_list("pk", flat=True)[:FIRST])
    number = tried.order_by()[: 100 * count].count()
    return too_many_bounce(first=bounced.filter(pk__in=first).count(), bounced=count, tried=number)


def _is_refused_too_often(message: Message) -> bool:
    refused = Message.objects.filter(
        organisation_id=message.organisation_id,
        series=message.series,
        state=State.FAILED,
        failure=Failure.POLICY,
        finished__gte=timezone.now() - BURST_WITHIN,
    )
    return refused.count() >= BURST


def _stop(message: Message, ground: Hold.Ground) -> bool:
    with scope_of_everything("a series is stopped by whoever hears of the bounce"):
        if not hold(message.organisation_id, message.series, ground):
            return False
    tell_of_stop(Stop(message.organisation_id, message.series, ground))
    return True
