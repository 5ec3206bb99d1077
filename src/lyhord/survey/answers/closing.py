"""The end of a round: drafts go, the links die, and what still waits is mixed, however few."""

from __future__ import annotations

from django.db import transaction

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.models import Participation, Round
from lyhord.survey.answers.errors import AnswerError
from lyhord.survey.answers.mixing import EVERYONE, leave_nothing_behind, mix
from lyhord.survey.answers.models import Draft
from lyhord.survey.sending.models import Invitation


def count_what_waits(round_: Round) -> None:
    """Count every answer of a closed round that still waits: the last moment is before the round is locked."""
    with scope_of_everything(EVERYONE):
        found = list(Participation.objects.filter(round=round_).select_related("round").order_by("pk"))
    for participation in found:
        with scope(participation.organisation_id):
            mix(participation, closing=True)


def finish(round_: Round) -> int:
    """Remove every draft and nonce of a closed round and mix what is left; how many answers were mixed.

    AnswerError while the round is open: a draft could still become an answer. Doing it twice changes nothing.
    """
    if round_.state not in (Round.State.CLOSED, Round.State.LOCKED):
        raise AnswerError(f"Round {round_.key} is {round_.state}. Close it before its drafts are removed.")
    with scope_of_everything(EVERYONE):
        found = list(Participation.objects.filter(round=round_).select_related("round").order_by("pk"))
    mixed = 0
    for participation in found:
        with scope(participation.organisation_id), transaction.atomic():
            Draft.objects.filter(invitation__participation=participation).delete()
            Invitation.objects.filter(participation=participation).update(nonce=None, due=None)
            mixed += mix(participation, closing=True)
    leave_nothing_behind()
    return mixed
