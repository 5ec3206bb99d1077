"""What goes on while a demonstration is shown: invented people answer now and then, and new lists are sent at once."""

from __future__ import annotations

import time
from datetime import datetime
from random import SystemRandom
from typing import Final

from django.db import OperationalError, transaction
from django.utils import timezone

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.models import Participation, Round
from lyhord.project.demo_records import week
from lyhord.project.demo_records.cast import TOWNS
from lyhord.project.demo_records.days import sending_moments
from lyhord.survey.contacts.models import Upload
from lyhord.survey.sending.drawing import draw_today
from lyhord.survey.sending.models import Invitation, SendingPlan
from lyhord.survey.sending.plans import hours_of, plan_of
from lyhord.survey.sending.queueing import queue_due
from lyhord.web.demonstration import Demonstration

ANSWER_EVERY: Final = 6.0  # seconds
LOOK_EVERY: Final = 2.0
LEFT_FOR_VISITORS: Final = 15  # the latest messages' links of each participation
OWN_SHARE: Final = 0.5  # of the answers, to the municipality that visitors look at
WHY: Final = "the demonstration's people live in every municipality"
LEANINGS: Final = {town.code: town.leaning for town in TOWNS}


class Pretence:
    """Call it over and over: it does what has become due, and lets another time be when somebody else writes."""

    def __init__(self, told: Demonstration) -> None:
        self.told = told
        self.chance = SystemRandom()
        self.seen = self._lists_read()
        self.answers_at = time.monotonic() + ANSWER_EVERY
        self.looks_at = time.monotonic()

    def __call__(self) -> None:
        """Do what is due."""
        now = time.monotonic()
        try:
            if now >= self.looks_at:
                self.looks_at = now + LOOK_EVERY
                self._send_new_lists()
            if now >= self.answers_at:
                self.answers_at = now + ANSWER_EVERY
                self._let_somebody_answer()
        except OperationalError:
            return  # the database was busy with something else

    def _lists_read(self) -> frozenset[int]:
        with scope_of_everything(WHY):
            done = Upload.objects.filter(round__key=self.told.round_key, state=Upload.State.DONE)
            return frozenset(done.values_list("pk", flat=True))

    def _send_new_lists(self) -> None:
        read = self._lists_read()
        for number in sorted(read - self.seen):
            with scope_of_everything(WHY):
                upload = Upload.objects.get(pk=number)
                rows = Participation.objects.filter(round=upload.round_id, organisation=upload.organisation_id)
                own = list(rows.select_related("round", "organisation", "municipality"))
            for participation in own:
                with scope(participation.organisation_id):
                    send_as_if_now_were_a_sending_hour(participation, timezone.now())
        self.seen = read

    def _let_somebody_answer(self) -> None:
        with scope_of_everything(WHY):
            rows = Participation.objects.filter(round__key=self.told.round_key, round__state=Round.State.OPEN)
            everyone = list(rows)
        own = [one for one in everyone if one.municipality_id == self.told.municipality]
        among = own if self.chance.random() < OWN_SHARE else everyone
        if not among:
            return
        participation = self.chance.choice(among)
        with scope(participation.organisation_id):
            links = week.invited(participation)[:-LEFT_FOR_VISITORS]
            if links:
                leaning = LEANINGS.get(participation.municipality_id, 0.0)
                link = self.chance.choice(links)
                week.answer_through(link, participation.channel, leaning, timezone.localdate(), self.chance)


def send_as_if_now_were_a_sending_hour(participation: Participation, now: datetime) -> int:
    """Draw a ration and queue it though it may be night, within the participation's scope; how many messages.

    A demonstration cannot wait for Monday morning, nor 48 hours for an e-mail. A pause holds all the same.
    """
    plan = plan_of(participation)
    moment = sending_moments(now, hours_of(plan))[-1]
    with transaction.atomic():
        SendingPlan.objects.filter(participation=participation).update(drawn_on=None)
        draw_today(participation, moment)
        planned = Invitation.objects.filter(participation=participation, state=Invitation.State.PLANNED)
        planned.update(due=moment)
        return queue_due(participation, moment)
