"""The open round's last days by the real deeds: lists handed over, rations drawn, letters sent, answers mixed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from random import Random
from typing import Final

from lyhord.accounts.scope import scope
from lyhord.delivery.dispatch import Dispatch, Rules
from lyhord.delivery.work import Worker
from lyhord.measurements.models import Participation, Round
from lyhord.project.demo_records.answers import made_up
from lyhord.project.demo_records.cast import Town, organisation_of
from lyhord.project.demo_records.lists import contact_list
from lyhord.survey.answers.mixing import LEAST
from lyhord.survey.answers.models import Intake
from lyhord.survey.answers.opening import opened
from lyhord.survey.answers.submitting import submit
from lyhord.survey.contacts.importing import read
from lyhord.survey.contacts.uploads import receive
from lyhord.survey.sending.drawing import draw_today
from lyhord.survey.sending.links import link_for
from lyhord.survey.sending.models import Invitation
from lyhord.survey.sending.queueing import queue_due

ANSWERING: Final = 0.2
UNHINDERED: Final = 0.0  # no limit of e-mails a second: nothing leaves the machine


def hand_over(town: Town, round_: Round, now: datetime, chance: Random) -> None:
    """Let the municipality hand its list over, and read it."""
    organisation = organisation_of(town.code)
    with scope(organisation):
        content = contact_list(*town.listed, now, chance)
        read(receive(round_, organisation, f"kontakter-{now:%Y-%m-%d}.csv", [content]))


def invite(participations: Sequence[Participation], moment: datetime) -> None:
    """Draw the rations of the moment's day and send what is due then."""
    for participation in participations:
        with scope(participation.organisation_id):
            draw_today(participation, moment)
            queue_due(participation, moment)
    Worker(Dispatch(Rules(per_second=UNHINDERED))).until_idle()


def answer(participation: Participation, leaning: float, day: date, chance: Random, share: float = ANSWERING) -> int:
    """Let a share of those who have been invited answer on the day; how many. What they say waits to be mixed."""
    with scope(participation.organisation_id):
        found = invited(participation)
        return sum(
            answer_through(link, participation.channel, leaning, day, chance)
            for link in chance.sample(found, round(share * len(found)))
        )


def answer_through(link: str, channel: str, leaning: float, day: date, chance: Random) -> bool:
    """Answer through one link, within its organisation's scope; whether the link was still open."""
    survey = opened(link)
    given = made_up(channel, leaning, chance)
    return survey is not None and submit(survey, given.answers, given.comment, on=day)


def invited(participation: Participation, language: str = "") -> list[str]:
    """The open links of those who have their message, the latest last, within the participation's scope."""
    rows = Invitation.objects.filter(participation=participation, state=Invitation.State.SENT, nonce__isnull=False)
    if language:
        rows = rows.filter(language=language)
    return [link_for(bytes(nonce or b"")) for nonce in rows.order_by("pk").values_list("nonce", flat=True)]


def leave_one_short(participation: Participation, leaning: float, day: date, chance: Random) -> None:
    """Let all but one of a batch wait, so that the next answer moves the figures."""
    with scope(participation.organisation_id):
        lacking = LEAST - 1 - Intake.objects.filter(participation=participation).count()
        for link in invited(participation)[: max(0, lacking)]:
            answer_through(link, participation.channel, leaning, day, chance)
