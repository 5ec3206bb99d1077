"""What the worker does for the survey: reads lists, looks into the watched folder, draws, queues, and forgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.utils import timezone

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery import periodic
from lyhord.measurements.models import Participation, Round
from lyhord.survey.contacts.importing import read_next
from lyhord.survey.contacts.models import Surveyed
from lyhord.survey.contacts.watching import look_into_folder
from lyhord.survey.sending.drawing import draw_today
from lyhord.survey.sending.ending import forget_contacts_of_ended_rounds
from lyhord.survey.sending.queueing import queue_due

MOST_LISTS: Final = 10  # in one go, so that sending is not kept waiting for ever
LONGEST_QUARANTINE: Final = timedelta(days=2 * 365)


def register() -> None:
    """Let workers do these from now on."""
    periodic.register("survey.read_lists", timedelta(seconds=5), read_lists)
    periodic.register("survey.watch_folder", timedelta(seconds=30), look_into_folder)
    periodic.register("survey.send", timedelta(seconds=30), send)
    periodic.register("survey.forget_contacts", timedelta(hours=1), forget_contacts_of_ended_rounds)
    periodic.register("survey.forget_surveyed", timedelta(days=1), forget_surveyed)


def read_lists() -> int:
    """Read the lists that wait; how many."""
    read = 0
    while read < MOST_LISTS and read_next():
        read += 1
    return read


def send() -> int:
    """Draw the day's rations and queue what is due, for every open participation; how many messages."""
    with scope_of_everything("the worker sends for every organisation"):
        rows = Participation.objects.filter(round__state=Round.State.OPEN)
        everyone = list(rows.select_related("round", "organisation", "municipality").order_by("pk"))
    return sum(in_scope(one, _sent_for) for one in everyone)


def in_scope(participation: Participation, deed: Callable[[Participation], int]) -> int:
    """Do it within the scope of the participation's organisation."""
    with scope(participation.organisation_id):
        return deed(participation)


def forget_surveyed() -> int:
    """Remove who was surveyed so long ago that no quarantine reaches there; how many."""
    with scope_of_everything("old hashes are removed for every organisation"):
        old = Surveyed.objects.filter(since__lt=timezone.localdate() - LONGEST_QUARANTINE)
        return old.delete()[0]


def _sent_for(participation: Participation) -> int:
    draw_today(participation)
    return queue_due(participation)
