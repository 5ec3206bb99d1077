"""How far participations have come, in as few queries as there are kinds of figures, however many they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from lyhord.measurements.models import Participation
from lyhord.measurements.rounds import instrument_of
from lyhord.survey.contacts.models import Contact
from lyhord.survey.sending.models import Invitation, SendingPlan
from lyhord.survey.sending.quota import received_by

State = Invitation.State


@dataclass(frozen=True, slots=True)
class Standing:
    """One participation: what it is called, and its figures."""

    participation: Participation
    channel_name: str
    answers: int
    waiting: int
    planned: int
    sent: int
    failed: int
    opted_out: int
    paused: str

    @property
    def percent(self) -> int:
        """How much of the quota is filled, 0-100; 0 without a quota."""
        quota = self.participation.quota
        return min(100, 100 * self.answers // quota) if quota else 0


def standings(participations: Sequence[Participation], language: str = "sv") -> list[Standing]:
    """The participations' standings, within a scope that holds them; their rounds are loaded already."""
    keys = [one.pk for one in participations]
    waiting = _counted(
        Contact.objects.filter(participation__in=keys, state=Contact.State.WAITING)
        .values_list("participation")
        .annotate(number=Count("pk"))
    )
    states: dict[tuple[int, str], int] = {
        (participation, state): number
        for participation, state, number in Invitation.objects.filter(participation__in=keys)
        .values_list("participation", "state")
        .annotate(number=Count("pk"))
    }
    paused = dict(SendingPlan.objects.filter(participation__in=keys).values_list("participation_id", "paused"))
    answers = received_by(participations)
    return [
        Standing(
            participation=one,
            channel_name=instrument_of(one.round).channel(one.channel).name.in_language(language),
            answers=answers[one.pk],
            waiting=waiting.get(one.pk, 0),
            planned=states.get((one.pk, State.PLANNED), 0) + states.get((one.pk, State.QUEUED), 0),
            sent=states.get((one.pk, State.SENT), 0),
            failed=states.get((one.pk, State.FAILED), 0),
            opted_out=states.get((one.pk, State.OPTED_OUT), 0),
            paused=paused.get(one.pk, ""),
        )
        for one in participations
    ]


def _counted(rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    return dict(rows)
