"""Handing an answer in: it is kept without a person, and the person without an answer, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django.db import connection, transaction
from django.utils import timezone

from lyhord.measurements.models import Participation
from lyhord.survey.answers.models import Intake, Terms, random_id
from lyhord.survey.answers.opening import Opened
from lyhord.survey.answers.originals import sealed_original
from lyhord.survey.answers.parting import held, part
from lyhord.text.redaction import redacted


@transaction.atomic
def submit(survey: Opened, answers: Mapping[str, str], comment: str, *, on: date | None = None) -> bool:
    """Take a checked answer; whether it was taken. A second one through the same link changes nothing.

    ``answers`` holds options by item, ``comment`` what was written freely. Counts are not touched: a count that moved
    now would give the answer away (``mixing``). Within the scope of the survey's organisation.
    """
    parted = held(survey.invitation_id)
    if parted is None:
        return False
    clean = redacted(comment).text
    original = _original(survey, comment) if clean != comment else None
    day, kept = (on or timezone.localdate()).isoformat(), json.dumps(dict(answers))
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [random_id(), survey.participation_id, day, kept, clean, original])
    part(survey.invitation_id, parted)
    return True


def _original(survey: Opened, comment: str) -> bytes | None:
    discarding = Terms.objects.filter(organisation=survey.organisation_id, discard_originals=True)
    if discarding.exists():
        return None
    return sealed_original(Participation.objects.get(pk=survey.participation_id), comment)


@lru_cache(maxsize=1)
def _statement() -> str:
    table = connection.ops.quote_name(Intake._meta.db_table)  # noqa: SLF001 - documented by Django
    return (
        f"INSERT INTO {table} (id, participation_id, date, answers, comment, original) "  # noqa: S608 - a name of our own
        "VALUES (%s, %s, %s, %s, %s, %s)"
    )
