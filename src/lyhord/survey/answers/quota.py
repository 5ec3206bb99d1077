"""Answers that count towards a quota though they are not in the tally yet.

No counter is kept beside the answers: one that moved at submit would tell what the last answer was.
"""

from __future__ import annotations

from lyhord.measurements.models import Participation
from lyhord.measurements.rounds import instrument_of
from lyhord.survey.answers.models import Intake


def waiting(participation: Participation) -> int:
    """How many answers in the intake count: those to the channel's quota item, or all where it has none."""
    item = instrument_of(participation.round).channel(participation.channel).quota_item
    rows = Intake.objects.filter(participation=participation)
    if item is None:
        return rows.count()
    return sum(bool(answers.get(item)) for answers in rows.values_list("answers", flat=True))
