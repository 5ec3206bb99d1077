"""Handing an answer in: it is kept without a person, and the person without an answer, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django.db import connection, transaction
from django.utils import timezone

from lyhord.delivery import outbox
from lyhord.measurements.models import Participation
from lyhord.survey.answers import at_once
from lyhord.survey.answers.models import Intake, random_id
from lyhord.survey.answers.opening import Opened
from lyhord.survey.answers.originals import sealed_original
from lyhord.survey.answers.parting import held, part
from lyhord.survey.answers.prepared import run
from lyhord.text.redaction import redacted


def submit(survey: Opened, answers: Mapping[str, str], comment: str, *, on: date | None = None) -> bool:
    """Take a checked answer; whether it was taken. A second one through the same link changes nothing.

    ``answers`` holds options by item, ``comment`` what was written freely. Counts are not touched: a count that moved
    now would give the answer away (``mixing``). Within the scope of the survey's organisation.
    """
    clean = redacted(comment).text
    original = None
    if clean != comment and not survey.discards_originals:
        original = sealed_original(Participation.objects.get(pk=survey.participation_id), comment)
    day = (on or timezone.localdate()).isoformat()
    taken = at_once.Taken(random_id(), day, json.dumps(dict(answers)), clean, original)
    if at_once.is_possible() and at_once.submit(survey.invitation_id, survey.organisation_id, taken):
        return True
    return _step_by_step(survey, taken)


@transaction.atomic
def _step_by_step(survey: Opened, taken: at_once.Taken) -> bool:
    outbox.hold(str(survey.invitation_id))
    parted = held(survey.invitation_id)
    if parted is None:
        return False
    number, *rest = taken
    run(_statement(), [number, survey.participation_id, *rest])
    part(survey.invitation_id, parted)
    return True


@lru_cache(maxsize=1)
def _statement() -> str:
    table = connection.ops.quote_name(Intake._meta.db_table)  # noqa: SLF001 - documented by Django
    return (
        f"INSERT INTO {table} (id, participation_id, date, answers, comment, original) "  # noqa: S608 - a name of our own
        "VALUES (%s, %s, %s, %s, %s, %s)"
    )
