"""Handing an answer in: it is kept without a person, and the person without an answer, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from lyhord.survey.answers.models import Intake, Terms
from lyhord.survey.answers.originals import sealed_original
from lyhord.survey.answers.parting import part
from lyhord.survey.sending.models import Invitation
from lyhord.text.redaction import redacted


@transaction.atomic
def submit(invitation: Invitation, answers: Mapping[str, str], comment: str, *, on: date | None = None) -> bool:
    """Take a checked answer; whether it was taken. A second one through the same link changes nothing.

    ``answers`` holds options by item, ``comment`` what was written freely. Counts are not touched: a count that moved
    now would give the answer away (``mixing``). Within the scope of the invitation's organisation.
    """
    still_open = Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation.pk, nonce__isnull=False)
    found = still_open.select_related("contact").first()
    if found is None:
        return False
    participation = invitation.participation
    clean = redacted(comment).text
    Intake(
        participation=participation,
        date=on or timezone.localdate(),
        answers=dict(answers),
        comment=clean,
        original=sealed_original(participation, comment) if clean != comment and _keeps_originals(found) else None,
    ).save(force_insert=True)
    part(found)
    return True


def _keeps_originals(invitation: Invitation) -> bool:
    discarding = Terms.objects.filter(organisation=invitation.owner_id(), discard_originals=True)
    return not discarding.exists()
