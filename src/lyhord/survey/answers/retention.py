"""Gallring: what is removed when its time is out, by each organisation's terms, and the log of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope
from lyhord.measurements.models import Disposal, Participation, Round
from lyhord.survey.answers.mixing import leave_nothing_behind
from lyhord.survey.answers.models import ContactRequest, Draft, OriginalKey, Response, Terms

Kind = Disposal.Kind
AFTER_END: Final = "{days} dagar efter mätningens slut"
AFTER_REQUEST: Final = "{days} dagar efter önskemålet"
AT_CLOSE: Final = "när mätningen har stängt"


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose time is out."""

    kind: Disposal.Kind
    participation: Participation | None
    rows: int
    rule: str


def dispose(today: date | None = None, *, dry: bool = False) -> tuple[tuple[Organisation, Due], ...]:
    """Remove, everywhere, what has had its time, and log it; ``dry`` only tells. What was, or would be, removed."""
    today = today or timezone.localdate()
    found: list[tuple[Organisation, Due]] = []
    for organisation in Organisation.objects.order_by("pk"):
        with scope(organisation), transaction.atomic():
            for due in _due(organisation, today, remove=not dry):
                found.append((organisation, due))
                if not dry:
                    _log(organisation, due, today)
    if found and not dry:
        leave_nothing_behind()
    return tuple(found)


def _log(organisation: Organisation, due: Due, today: date) -> None:
    Disposal.objects.create(
        organisation=organisation,
        participation=due.participation,
        kind=due.kind,
        rows=due.rows,
        rule=due.rule,
        on=today,
    )


def _due(organisation: Organisation, today: date, *, remove: bool) -> Iterator[Due]:
    terms = Terms.objects.filter(pk=organisation.pk).first() or Terms(organisation=organisation)
    for participation in Participation.objects.filter(organisation=organisation).select_related("round"):
        yield from _due_of(participation, terms, today, remove=remove)
    old = ContactRequest.objects.filter(organisation=organisation, date__lt=today - timedelta(terms.request_days))
    if rows := old.count():
        yield Due(Kind.REQUESTS, None, rows, AFTER_REQUEST.format(days=terms.request_days))
        if remove:
            old.delete()


def _due_of(participation: Participation, terms: Terms, today: date, *, remove: bool) -> Iterator[Due]:
    ends = participation.round.ends
    drafts = Draft.objects.filter(invitation__participation=participation)
    if participation.round.state in (Round.State.CLOSED, Round.State.LOCKED) and (rows := drafts.count()):
        yield Due(Kind.DRAFTS, participation, rows, AT_CLOSE)
        if remove:
            drafts.delete()
    responses = Response.objects.filter(participation=participation)
    if ends + timedelta(terms.original_days) < today:
        yield from _originals(participation, responses, terms.original_days, remove=remove)
    if ends + timedelta(terms.response_days) < today and (rows := responses.count()):
        yield Due(Kind.RESPONSES, participation, rows, AFTER_END.format(days=terms.response_days))
        if remove:
            responses.delete()


def _originals(
    participation: Participation, responses: QuerySet[Response], days: int, *, remove: bool
) -> Iterator[Due]:
    sealed = responses.filter(original__isnull=False)
    if rows := sealed.count():
        yield Due(Kind.ORIGINALS, participation, rows, AFTER_END.format(days=days))
        if remove:
            sealed.update(original=None)
            OriginalKey.objects.filter(participation=participation).delete()
