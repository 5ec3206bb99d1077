"""Gallring of what came back: a mail's bytes and key go when its time is out; decisions and masked texts stay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope
from lyhord.mystery.letters.models import Reply, ReplyKey

KEPT: Final = timedelta(days=180)  # after the round's end: its report is approved and remarks are answered by then
IRRELEVANT: Final = timedelta(days=30)  # after the decision: it is nobody's reply
RULE: Final = f"{KEPT.days} dagar efter omgångens slut, {IRRELEVANT.days} dagar för det som inte hör till mätningen"

Removed = tuple[Organisation, int, str]


def dispose_of_mails(today: date | None = None, *, dry: bool = False) -> tuple[Removed, ...]:
    """Remove, everywhere, the mails whose time is out, and write it down; ``dry`` only tells.

    A mail that nobody has decided about stays, however old: a person has to see it first.
    """
    today = today or timezone.localdate()
    found: list[Removed] = []
    for organisation in Organisation.objects.order_by("pk"):
        with scope(organisation), transaction.atomic():
            due = _due(today)
            if rows := due.count():
                found.append((organisation, rows, RULE))
                if not dry:
                    _remove(due)
                    record("replies.disposed", by=None, organisation=organisation)
    return tuple(found)


def _due(today: date) -> QuerySet[Reply]:
    of_a_round = Q(probe__round__ends__lt=today - KEPT)
    of_nothing = Q(kind=Reply.Kind.IRRELEVANT, decided_at__date__lt=today - IRRELEVANT)
    return Reply.objects.filter(of_a_round | of_nothing, sealed__isnull=False).exclude(kind="")


def _remove(due: QuerySet[Reply]) -> None:
    numbers = list(due.values_list("pk", flat=True))
    ReplyKey.objects.filter(pk__in=numbers).delete()
    Reply.objects.filter(pk__in=numbers).update(sealed=None, message_hash="")
