"""Posting due letters: written down before the first byte leaves, never twice, and to a person where nobody knows."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery.gateways.smtp import Route
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters.doors import routes
from lyhord.mystery.letters.handing_over import Fate, Told, handed_over
from lyhord.mystery.letters.models import Destination, Posting
from lyhord.mystery.letters.writing import Written, new_message_id, written
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.planning.probes import (
    due_letters,
    finish,
    give_back,
    leave_unknown,
    letter_of,
    question_of,
    start,
)

AT_ONCE: Final = 20  # in one turn of the worker, so that its other work waits no longer than these take
LOST_AFTER: Final = timedelta(minutes=10)  # far beyond what handing over may take
State = Probe.State
log: Final = logging.getLogger(__name__)


def post_due(now: datetime | None = None) -> int:
    """Post what is due, and leave to a person what a worker had begun when it died; how many left."""
    with scope_of_everything("the worker posts every organisation's letters"):
        recover(now)
        servers = routes()
        due = due_letters(now).exclude(posting__refusal__startswith="5") if servers else Probe.objects.none()
        return sum(post(probe, servers) is Fate.SENT for probe in due.select_related("organisation")[:AT_ONCE])


def post(probe: Probe, servers: Mapping[str, Route]) -> Fate | None:
    """Post one letter. None where it could not be begun: taken by another, or no server or address is known for it."""
    server = servers.get(probe.address.rpartition("@")[2])
    destination = Destination.objects.filter(
        organisation=probe.organisation_id, municipality=probe.municipality_id
    ).first()
    if server is None or destination is None:
        log.warning("The letter of probe %s waits: it has no mail server or no address to go to", probe.pk)
        return None
    claimed = time.monotonic()
    letter = _claimed(probe, destination.address)
    if letter is None:
        return None
    told = handed_over(letter, server, claimed)
    _settled(probe, told)
    return told.fate


def recover(now: datetime | None = None) -> int:
    """Leave to a person the letters that were begun, and of which nothing has been heard; how many."""
    moment = now or timezone.now()
    begun = Probe.objects.filter(state=State.STARTED, posting__claimed_at__lt=moment - LOST_AFTER)
    return sum(leave_unknown(probe) for probe in begun)


def uncertain_letters() -> QuerySet[Posting]:
    """Letters of which nobody knows whether they left, the oldest first; within the scope."""
    rows = Posting.objects.filter(probe__state=State.UNKNOWN)
    return rows.select_related("probe__municipality", "probe__round").order_by("claimed_at", "pk")


def refused_letters() -> QuerySet[Posting]:
    """Letters that the mail server refused for good and that nobody has settled; within the scope."""
    rows = Posting.objects.filter(probe__state=State.PLANNED, refusal__startswith="5")
    return rows.select_related("probe__municipality", "probe__round").order_by("claimed_at", "pk")


@transaction.atomic
def settle(posting: Posting, *, was_sent: bool, by: Acting) -> bool:
    """A person has found out: it left when it was begun, or it did not and is planned again. Written down.

    False where it is not uncertain any more.
    """
    probe = posting.probe
    if probe.state != State.UNKNOWN:
        return False
    at = posting.claimed_at.replace(microsecond=0)
    if not (finish(probe, at) if was_sent else give_back(probe, by=by)):
        return False
    Posting.objects.filter(pk=posting.pk).update(sent_at=at if was_sent else None)
    record("letter.counted_as_sent" if was_sent else "letter.not_sent", probe, by=by, organisation=probe.organisation)
    return True


@transaction.atomic
def try_again(posting: Posting, *, by: Acting) -> None:
    """The address has been put right: the letter is planned again. MysteryError where it was not refused."""
    if not posting.refusal:
        raise MysteryError("Brevet har inte nekats.")
    Posting.objects.filter(pk=posting.pk).update(refusal="")
    record("letter.tried_again", posting.probe, by=by, organisation=posting.probe.organisation)


@transaction.atomic
def _claimed(probe: Probe, recipient: str) -> Written | None:
    """Take the probe and write down what is going to leave; None where somebody else has taken it."""
    if not start(probe):
        return None
    letter, now = letter_of(probe), timezone.localtime().replace(microsecond=0)
    made = written(letter, recipient, new_message_id(letter.address), now)
    Posting.objects.update_or_create(
        probe=probe,
        defaults={
            "organisation_id": probe.organisation_id,
            "message_id": made.message_id,
            "recipient": recipient,
            "subject": letter.subject[:200],
            "question": question_of(probe).text,
            "claimed_at": now,
            "refusal": "",
        },
    )
    return made


@transaction.atomic
def _settled(probe: Probe, told: Told) -> None:
    rows = Posting.objects.filter(pk=probe.pk)
    if told.fate is Fate.SENT:
        at = timezone.now().replace(microsecond=0)
        rows.update(sent_at=at)
        finish(probe, at)
    elif told.fate is Fate.UNKNOWN:
        leave_unknown(probe)
        log.warning("Nobody knows whether the letter of probe %s left (%s)", probe.pk, told.code)
    else:
        rows.update(refusal=told.code[:200])
        give_back(probe)
        log.warning("The letter of probe %s did not leave (%s)", probe.pk, told.code)
