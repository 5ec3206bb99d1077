"""How far a participation's quota is filled. It stops sending, never answering: every valid answer counts."""

from __future__ import annotations

from django.db.models import Sum

from lyhord.measurements.counts.models import TallyCell
from lyhord.measurements.models import Participation
from lyhord.measurements.rounds import instrument_of
from lyhord.method.tally import NO_BREAKDOWN
from lyhord.survey.answers.models import Intake, Response


def filled(participation: Participation) -> int:
    """Answers that count towards the quota: mixed ones by the tally, and those that wait to be mixed.

    Where the channel has a quota item (e-mail: the clarity of the reply), only answers to it count. No counter is kept
    beside the answers: one that moved at submit would tell what the last answer was.
    """
    item = instrument_of(participation.round).channel(participation.channel).quota_item
    waiting = Intake.objects.filter(participation=participation)
    if item is None:
        return waiting.count() + Response.objects.filter(participation=participation).count()
    cells = TallyCell.objects.filter(participation=participation, breakdown=NO_BREAKDOWN, item=item)
    counted = cells.aggregate(total=Sum("count"))["total"] or 0
    return counted + sum(bool(answers.get(item)) for answers in waiting.values_list("answers", flat=True))


def is_full(participation: Participation) -> bool:
    """Whether no more invitations should go out."""
    return participation.quota is not None and filled(participation) >= participation.quota
