"""A letter's grading: it follows from what a person has confirmed, and a change of a finished one leaves a trace."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters.answer_time import answer_cut
from lyhord.mystery.observing import grading
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import Probe

YES, NO = "ja", "nej"


def grade(
    probe: Probe,
    by: Acting,
    *,
    answered_at: datetime | None = None,
    sender_class: str = "",
    additional: bool | None = None,
    reason: str,
) -> None:
    """Finish the letter's first grading, or correct it for the ``reason`` where it is finished and says otherwise.

    GradingError as ``observing.grading`` tells; MysteryError for a letter that has not been sent.
    """
    if probe.done_at is None:
        raise MysteryError("Brevet är inte skickat, eller ingen vet om det är det. Avgör det först.")
    answers = _answers(probe, probe.done_at, answered_at, sender_class, additional)
    stands = Grading.objects.select_for_update().filter(probe=probe, turn=Grading.Turn.FIRST).first()
    if stands is not None and stands.finished_at is not None:
        grading.correct(stands, by.user, answers, reason)
        return
    if stands is not None and stands.grader_id != by.user.pk:
        stands.grader = by.user  # it was taken back: whoever confirms now has graded it
        stands.save(update_fields=["grader"])
    grading.finish(probe, by.user, answers)


def reopen(probe: Probe, by: Acting) -> None:
    """The only answer was taken back: the grading is a draft again. Written down."""
    if Grading.objects.filter(probe=probe, turn=Grading.Turn.FIRST).update(finished_at=None):
        record("grading.reopened", probe, by=by, organisation=probe.organisation)


def _answers(
    probe: Probe, sent_at: datetime, answered_at: datetime | None, sender_class: str, additional: bool | None
) -> dict[str, str]:
    instrument = instrument_of(probe.round)
    sent, answered = answer_cut(instrument, probe.channel).sources
    answers = {
        sent: _moment(sent_at),
        answered: _moment(answered_at) if answered_at else "",
        f"{probe.channel}.avsandare": sender_class,
        f"{probe.channel}.merinformation": "" if additional is None else YES if additional else NO,
    }
    known = {item.id for item in instrument.items_in(probe.channel)}
    return {item: value for item, value in answers.items() if item in known and value}


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")
