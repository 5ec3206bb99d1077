"""What waits for a reviewer: mails without a decision, letters that were not answered, letters that may have left."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from lyhord.measurements.models import Round
from lyhord.mystery.letters.answer_time import overdue
from lyhord.mystery.letters.models import Destination, Mailbox, Posting, Reply
from lyhord.mystery.planning.models import FieldPlan, Probe

MOST_CHOICES = 300


def undecided() -> QuerySet[Reply]:
    """Mails that nobody has decided about, the first received first; within the scope."""
    rows = Reply.objects.filter(kind="").select_related("suggested_probe__municipality", "suggested_probe__posting")
    return rows.order_by("received_at", "pk")


def decided() -> QuerySet[Reply]:
    """Mails that have been decided about, the latest decision first; within the scope."""
    return Reply.objects.exclude(kind="").select_related("probe__municipality", "decided_by").order_by("-decided_at")


def next_after(reply: Reply) -> Reply | None:
    """The mail to decide about after this one: the next received, or else the first that was passed over."""
    waiting = undecided().exclude(pk=reply.pk)
    return waiting.filter(received_at__gte=reply.received_at).first() or waiting.first()


def waiting_letters() -> QuerySet[Posting]:
    """Letters that were sent and have no outcome yet, the first sent first; within the scope."""
    running = (Round.State.OPEN, Round.State.CLOSED)
    rows = Posting.objects.filter(outcome="", probe__state=Probe.State.DONE, probe__round__state__in=running)
    return rows.select_related("probe__municipality", "probe__round").order_by("sent_at", "pk")


def overdue_letters(now: datetime | None = None) -> list[Posting]:
    """Those of them whose time for an answer has passed, without a mail that waits for a decision."""
    heard = set(Reply.objects.filter(kind="").values_list("suggested_probe_id", flat=True))
    return [one for one in overdue(waiting_letters(), now or timezone.now()) if one.pk not in heard]


def choices_for(reply: Reply) -> tuple[list[Posting], list[Posting]]:
    """Letters that a person may say the mail answers: the likely ones, and others that were sent before it came."""
    likely = {*reply.candidates, *filter(None, [reply.suggested_probe_id, reply.probe_id])}
    rows = Posting.objects.exclude(probe__state=Probe.State.PLANNED).select_related("probe__municipality")
    own = sorted(rows.filter(pk__in=likely), key=lambda one: (one.pk != reply.suggested_probe_id, one.pk))
    others = rows.exclude(pk__in=likely).filter(claimed_at__lte=reply.received_at)
    return own, list(others.order_by("probe__municipality__name", "claimed_at")[:MOST_CHOICES])


def silent_mailboxes() -> list[Mailbox]:
    """Mailboxes of the organisation's plans that could not be read when last tried."""
    own = FieldPlan.objects.values("mail_domain")
    return list(Mailbox.objects.filter(name__in=own).exclude(problem=""))


def without_destination() -> list[str]:
    """Municipalities with letters to come in open rounds, and no address to send them to."""
    known = Destination.objects.values("municipality")
    rows = Probe.objects.filter(state=Probe.State.PLANNED, round__state=Round.State.OPEN).exclude(address="")
    return sorted(set(rows.exclude(municipality__in=known).values_list("municipality__name", flat=True)))
