"""The open round's earlier answers: stored as mixed ones are, and counted by the same rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from lyhord.measurements.counts.adding import add_cells, add_flow, add_pairs
from lyhord.measurements.models import Participation
from lyhord.measurements.rounds import instrument_of
from lyhord.method.tally import Flow
from lyhord.project.demo.published import RESPONSE_RATE
from lyhord.project.demo_records.answers import made_up
from lyhord.survey.answers.counting import counted
from lyhord.survey.answers.mixing import answered, place_of
from lyhord.survey.answers.models import Response, random_id

DAY_OFF: Final = 0.12  # answers on a Saturday or Sunday, against one on a weekday


def answer_earlier(participation: Participation, number: int, leaning: float, last: date, chance: Random) -> None:
    """Store so many answers from the round's first day to ``last``, within the participation's scope."""
    days = list(_days(participation.round.starts, last))
    weights = [DAY_OFF if day.weekday() > 4 else 1.0 for day in days]
    rows = []
    for day in chance.choices(days, weights, k=number):
        given = made_up(participation.channel, leaning, chance)
        rows.append(
            Response(
                id=random_id(), participation=participation, date=day, answers=given.answers, comment=given.comment
            )
        )
    Response.objects.bulk_create(rows, batch_size=500)
    gathered = counted(instrument_of(participation.round), place_of(participation), map(answered, rows))
    add_cells(participation, gathered.cells.items())
    add_pairs(participation, gathered.pairs)
    add_flow(participation, gathered.flow)
    invite_counted(participation, round(number / RESPONSE_RATE))


def invite_counted(participation: Participation, number: int) -> None:
    """Count so many as invited."""
    place = place_of(participation)
    add_flow(participation, Flow(place.round, place.municipality, place.channel, invited=number))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range(max(1, (last - first).days + 1)))
