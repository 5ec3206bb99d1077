"""What the rules suggest of each mail, stored with its reasons; it can be read again whenever the rules change."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery.contents import house_keys
from lyhord.delivery.errors import SealError
from lyhord.measurements.models import Round
from lyhord.mystery.letters.destinations import domains_of
from lyhord.mystery.letters.keeping import letter_in
from lyhord.mystery.letters.models import Destination, Posting, Reply
from lyhord.mystery.planning.models import Probe
from lyhord.text.replies.assessing import assessed
from lyhord.text.replies.findings import Assessment, Kind, OpenProbe
from lyhord.text.replies.letter import Letter

RULES: Final = "1"  # raised when the rules change so that undecided mails should be read again
CLOCKS_DIFFER: Final = timedelta(minutes=15)
AT_ONCE: Final = 200
log: Final = logging.getLogger(__name__)


def suggest_unread(*, again: bool = False) -> int:
    """Read mails that nobody has decided about and that these rules have not read; ``again``: all undecided ones."""
    with scope_of_everything("mails of every organisation are read"):
        rows = Reply.objects.filter(kind="", sealed__isnull=False)
        rows = rows if again else rows.exclude(rules=RULES)
        numbers = list(rows.order_by("pk").values_list("pk", flat=True)[: None if again else AT_ONCE])
        return sum(_suggest_one(number) for number in numbers)


def assessment_of(reply: Reply, letter: Letter, probe: Probe | None = None) -> Assessment:
    """What the rules make of the mail; ``probe``: knowing that it answers this one."""
    known = open_probes(Posting.objects.filter(probe=probe)) if probe else _probes_for(reply, letter)
    return assessed(letter, known, reply.received_at)


def open_probes(postings: QuerySet[Posting]) -> list[OpenProbe]:
    """The letters that may be answered, as the rules know them. One that may have left counts as having left."""
    rows = list(postings.exclude(probe__state=Probe.State.PLANNED).select_related("probe"))
    places = {(row.organisation_id, row.probe.municipality_id) for row in rows}
    known = Destination.objects.filter(municipality__in={code for _, code in places})
    domains = {(one.organisation_id, one.municipality_id): domains_of(one) for one in known}
    return [
        OpenProbe(
            key=str(row.pk),
            address=row.probe.address,
            message_id=row.message_id,
            subject=row.subject,
            question=row.question,
            # Clocks differ by seconds: a machine's receipt may bear a time just before our server's 250.
            sent_at=(row.sent_at or row.claimed_at) - timedelta(minutes=1),
            domains=domains.get((row.organisation_id, row.probe.municipality_id), frozenset()),
        )
        for row in rows
    ]


def clocks_differ(reply: Reply) -> bool:
    """Whether the sender's clock says something else than ours; told, since only ours is measured by."""
    return reply.written_at is not None and abs(reply.received_at - reply.written_at) > CLOCKS_DIFFER


def same_letter(reply: Reply) -> QuerySet[Reply]:
    """Other mails with the same Message-ID: the same letter delivered once more, by another way."""
    rows = Reply.objects.filter(organisation=reply.organisation_id, message_hash=reply.message_hash)
    return rows.exclude(pk=reply.pk).exclude(message_hash="").order_by("received_at")


def _suggest_one(number: int) -> bool:
    reply = Reply.objects.get(pk=number)
    try:
        letter = letter_in(reply)
    except SealError as error:
        log.error("Mail %s cannot be read: %s", number, error)
        return False
    found = assessment_of(reply, letter)
    answers = found.classified.kind is Kind.ANSWER
    values = {
        "rules": RULES,
        "message_hash": house_keys().digest("message-id", letter.message_id) if letter.message_id else "",
        "written_at": letter.date,
        "suggested_probe_id": int(found.match.probe) if found.match.probe else None,
        "rung": found.match.rung,
        "candidates": _numbers(found.match.candidates),
        "suggested_kind": Reply.Kind.BOUNCED if found.classified.bounced else Reply.Kind(found.classified.kind.value),
        "certain": found.classified.certain,
        "signs": sorted({one.sign.value for one in found.classified.evidence}),
        "sender_class": found.sender.sender_class.value if answers else "",
        "additional": answers and found.additional.suggested,
    }
    return bool(Reply.objects.filter(pk=number, kind="").update(**values))


def _numbers(keys: Iterable[str]) -> list[int]:
    return sorted(map(int, keys))


def _probes_for(reply: Reply, letter: Letter) -> list[OpenProbe]:
    """The probe whose own address the mail came to, or else every one that may be answered."""
    own = Posting.objects.filter(organisation=reply.organisation_id)
    by_address = open_probes(own.filter(probe__address__in=letter.recipients))
    if by_address:
        return by_address
    recent = timezone.now().date() - timedelta(weeks=26)
    running = (Round.State.OPEN, Round.State.CLOSED)
    return open_probes(own.filter(probe__round__state__in=running, probe__round__ends__gt=recent))
