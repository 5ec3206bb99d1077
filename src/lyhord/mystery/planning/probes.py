"""What is done with probes that are planned: whose turn it is, taking one, and ending it in one of its ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import User
from lyhord.instruments.questions import Question
from lyhord.measurements.models import Round
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.models import FieldPlan, Probe
from lyhord.mystery.planning.personas import signed
from lyhord.mystery.planning.plans import bank_of

State = Probe.State
LATEST_LETTER: Final = timedelta(hours=2)  # a worker that stood still sends no heap of letters: they are planned anew
BEGUN: Final = (State.STARTED, State.DONE, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is to be sent: from whom, what it is about, and what it says. Where to is the municipality's."""

    address: str
    name: str
    subject: str
    text: str


def probes_of_today(interviewer: User, now: datetime | None = None) -> QuerySet[Probe]:
    """The interviewer's calls of today in open rounds, in order of time, whatever became of them; within the scope.

    Municipality, round and persona are loaded with them.
    """
    today = timezone.localdate(now)
    start = timezone.make_aware(datetime.combine(today, time.min))
    end = timezone.make_aware(datetime.combine(today + timedelta(days=1), time.min))
    return _calls(interviewer).filter(due_at__gte=start, due_at__lt=end)


def overdue_probes(interviewer: User, now: datetime | None = None) -> QuerySet[Probe]:
    """The interviewer's calls of earlier days that were not made; a new plan gives them a new moment."""
    start = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    return _calls(interviewer).filter(state=State.PLANNED, due_at__lt=start)


def due_letters(now: datetime | None = None) -> QuerySet[Probe]:
    """The letters to send now in open rounds, the longest due first; for a worker, in the scope of everything.

    One that was due more than two hours ago is not among them: sent late it would break the spread that was planned.
    """
    moment = now or timezone.now()
    letters = Probe.objects.filter(
        state=State.PLANNED,
        due_at__lte=moment,
        due_at__gt=moment - LATEST_LETTER,
        round__state=Round.State.OPEN,
    )
    letters = letters.exclude(address="")
    return letters.select_related("municipality", "round", "persona").order_by("due_at", "pk")


def missed_probes(plan: FieldPlan, now: datetime | None = None) -> QuerySet[Probe]:
    """What should have been made and was not: letters after two hours, calls after their day. Planned anew, it goes."""
    moment = now or timezone.now()
    today = timezone.make_aware(datetime.combine(timezone.localdate(moment), time.min))
    planned = Probe.objects.filter(round_id=plan.pk, state=State.PLANNED)
    return planned.exclude(address="").filter(due_at__lte=moment - LATEST_LETTER) | planned.filter(
        address="", due_at__lt=today
    )


def question_of(probe: Probe) -> Question:
    """The probe's question, as it was when the round was planned. MysteryError where the round has no plan."""
    plan = FieldPlan.objects.filter(round_id=probe.round_id).first()
    if plan is None:
        raise MysteryError(f"{probe.round} har ingen plan, så frågan {probe.question} går inte att visa.")
    return bank_of(plan).question(probe.question)


def letter_of(probe: Probe) -> Letter:
    """The letter that the probe sends. MysteryError where it is a call, or has no persona."""
    if probe.persona is None or not probe.address:
        raise MysteryError(f"{probe.question} är inget brev med avsändare.")
    question = question_of(probe)
    return Letter(probe.address, str(probe.persona), question.subject, signed(probe.persona, question.text))


def start(probe: Probe) -> bool:
    """Take the probe: False where somebody else has taken it, or a new plan has moved it since it was read.

    The worker takes a letter before it hands it to a mail server, so that two workers never send the same.
    """
    return _move(probe, (State.PLANNED,), State.STARTED, due_at=probe.due_at)


def finish(probe: Probe, at: datetime | None = None) -> bool:
    """The call was dialled, or the mail server accepted the letter, at this moment (now). False where it was not begun.

    A call may be finished without having been started: an entry that waited offline arrives when it arrives.
    """
    begun = (State.STARTED, State.UNKNOWN) if probe.address else (State.STARTED, State.PLANNED)
    done_at = at or timezone.now()
    if not _move(probe, begun, State.DONE, done_at=done_at, write=True):
        return False
    probe.done_at = done_at
    return True


def leave_unknown(probe: Probe) -> bool:
    """Nobody knows whether the letter left: it is not sent again before a person has settled it."""
    return _move(probe, (State.STARTED,), State.UNKNOWN)


@transaction.atomic
def give_back(probe: Probe, *, by: Acting | None = None) -> bool:
    """It certainly was not made, as a letter refused before it left: planned again, at the same moment."""
    record("probe.given_back", probe, by=by, organisation=probe.organisation)
    return _move(probe, (State.STARTED, State.UNKNOWN), State.PLANNED)


@transaction.atomic
def exclude(probe: Probe, why: Probe.Exclusion, note: str = "", *, by: Acting | None = None) -> None:
    """Let the probe count in no base; written down. MysteryError without a reason or in a locked round."""
    if not why:
        raise MysteryError("Välj varför kontakten utesluts.")
    _require_unlocked(probe)
    probe.state, probe.exclusion, probe.exclusion_note = State.EXCLUDED, why, note.strip()[:200]
    probe.save(update_fields=["state", "exclusion", "exclusion_note"])
    record("probe.excluded", probe, by=by, organisation=probe.organisation)


@transaction.atomic
def include(probe: Probe, *, by: Acting | None = None) -> None:
    """Count an excluded probe again, as it stood; written down. MysteryError in a locked round."""
    _require_unlocked(probe)
    if probe.state != State.EXCLUDED:
        raise MysteryError("Kontakten är inte utesluten.")
    again = State.PLANNED if probe.due_at else State.UNPLACED
    probe.state, probe.exclusion, probe.exclusion_note = State.DONE if probe.done_at else again, "", ""
    probe.save(update_fields=["state", "exclusion", "exclusion_note"])
    record("probe.included", probe, by=by, organisation=probe.organisation)


def _calls(interviewer: User) -> QuerySet[Probe]:
    rows = Probe.objects.filter(interviewer=interviewer, round__state=Round.State.OPEN, due_at__isnull=False)
    return rows.select_related("municipality", "round", "persona").order_by("due_at", "pk")


def _move(
    probe: Probe, from_: tuple[State, ...], to: State, *, due_at: datetime | None = None,
    done_at: datetime | None = None, write: bool = False,
) -> bool:  # fmt: skip
    """Move the stored probe in one statement, so that of two who try only one succeeds."""
    rows = Probe.objects.filter(pk=probe.pk, state__in=from_)
    rows = rows if due_at is None else rows.filter(due_at=due_at)
    if not rows.update(state=to, done_at=done_at if write else F("done_at")):
        return False
    probe.state = to
    return True


def _require_unlocked(probe: Probe) -> None:
    if probe.round.state == Round.State.LOCKED:
        raise MysteryError(f"{probe.round} är låst. Vad som räknas kan inte ändras längre.")
