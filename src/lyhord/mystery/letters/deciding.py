"""What a person decides about mails, and what follows for each letter: its outcome, its times and its grading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.measurements.models import Round
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters.answer_time import deadline_of, is_late, is_overdue
from lyhord.mystery.letters.grading import grade, reopen
from lyhord.mystery.letters.keeping import letter_in
from lyhord.mystery.letters.models import Posting, Reply
from lyhord.mystery.letters.suggesting import assessment_of
from lyhord.mystery.planning import probes
from lyhord.mystery.planning.models import Probe
from lyhord.text.replies.findings import SenderClass

Kind = Reply.Kind
Outcome = Posting.Outcome
LATER: Final = "Ett annat mejl visade sig vara det första svaret"
AFTER_ALL: Final = "Svaret kom sedan brevet hade avslutats"
OTHERWISE_FIRST: Final = "Svaret kom på annat sätt"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says of a mail. ``sender_class`` and ``additional`` matter for answers alone."""

    kind: Reply.Kind
    probe: Probe | None
    sender_class: str = ""
    additional: bool = False


@transaction.atomic
def decide(reply: Reply, decision: Decision, *, by: Acting) -> None:
    """Write down the decision and let it have its effect; the same once more changes nothing, another one replaces it.

    MysteryError where the letter's round is locked, no letter is chosen, or an answer has no class of sender.
    """
    stored = Reply.objects.select_for_update().get(pk=reply.pk)
    _require(decision, stored)
    before = stored.probe
    if stored.kind == Kind.BOUNCED and stored.probe:
        _count_again(stored.probe, by)
    stored.kind, stored.decided_by, stored.decided_at = decision.kind, by.user, timezone.now()
    stored.probe = None if decision.kind == Kind.IRRELEVANT else decision.probe
    stored.sender_class = decision.sender_class if decision.kind == Kind.ANSWER else ""
    stored.additional = decision.kind == Kind.ANSWER and decision.additional
    stored.masked = _masked(stored)
    stored.save()
    record(f"reply.{decision.kind}", stored, by=by, organisation=stored.organisation)
    if decision.kind == Kind.BOUNCED and stored.probe:
        probes.exclude(stored.probe, Probe.Exclusion.BOUNCED, by=by)
    for probe in {one.pk: one for one in (before, stored.probe) if one}.values():
        settle(probe, by=by)


@transaction.atomic
def undo(reply: Reply, *, by: Acting) -> None:
    """Take a decision back: the mail waits for one again. MysteryError in a locked round."""
    stored = Reply.objects.select_for_update().get(pk=reply.pk)
    if not stored.kind:
        return
    probe = stored.probe
    if probe:
        _require_unlocked(probe.round)
        if stored.kind == Kind.BOUNCED:
            _count_again(probe, by)
    stored.kind, stored.probe, stored.decided_by, stored.decided_at = "", None, None, None
    stored.masked, stored.rules = "", ""  # read anew, since what was confirmed stands where suggestions do
    stored.save()
    record("reply.undone", stored, by=by, organisation=stored.organisation)
    if probe:
        settle(probe, by=by)


@transaction.atomic
def answered_otherwise(posting: Posting, at: datetime, how: str, *, by: Acting) -> None:
    """The answer came by telephone or on paper, at this moment. It counts as answered then, without sender's details.

    MysteryError without words on how, before the letter was sent, or where a mail has answered it.
    """
    probe = posting.probe
    _require_unlocked(probe.round)
    if not how.strip():
        raise MysteryError("Skriv hur svaret kom, till exempel att en handläggare ringde.")
    if probe.done_at is None or at < probe.done_at or at > timezone.now():
        raise MysteryError("Svarets tid måste ligga mellan att brevet skickades och nu.")
    if posting.outcome in (Outcome.ANSWERED, Outcome.LATE):
        raise MysteryError("Ett mejl är redan bekräftat som svar på brevet. Ångra det först.")
    _end(posting, Outcome.OTHERWISE, at, note=how.strip()[:200])
    grade(probe, by, answered_at=at, reason=OTHERWISE_FIRST)
    record("letter.answered_otherwise", probe, by=by, organisation=posting.organisation)


@transaction.atomic
def close_unanswered(posting: Posting, *, by: Acting) -> None:
    """Nobody answered in time. MysteryError before the deadline, or while a mail on the letter waits for a decision."""
    probe = posting.probe
    _require_unlocked(probe.round)
    if posting.outcome:
        raise MysteryError("Brevet är redan avslutat.")
    if not is_overdue(posting, timezone.now()):
        raise MysteryError(f"Tiden för svar har inte gått ut än: {deadline_of(probe.round)} arbetstimmar.")
    if Reply.objects.filter(suggested_probe=probe, kind="").exists():
        raise MysteryError("Ett mejl som kan vara svaret väntar på beslut. Ta ställning till det först.")
    _end(posting, Outcome.UNANSWERED, None)
    grade(probe, by, reason=AFTER_ALL)
    record("letter.unanswered", probe, by=by, organisation=posting.organisation)


def settle(probe: Probe, *, by: Acting) -> None:
    """Let the letter's outcome follow from its mails: the first that a person marked as an answer stops the clock."""
    posting = Posting.objects.select_for_update().filter(pk=probe.pk).first()
    if posting is None:
        return
    answers = Reply.objects.filter(probe=probe, kind=Kind.ANSWER)
    first = answers.order_by("received_at", "pk").first()
    if first is None:
        if posting.outcome in (Outcome.ANSWERED, Outcome.LATE):
            _end(posting, Outcome.WAITING, None)
            reopen(probe, by)
        return
    late = is_late(posting, first.received_at)
    was_ended = posting.outcome in (Outcome.UNANSWERED, Outcome.OTHERWISE)
    _end(posting, Outcome.LATE if late else Outcome.ANSWERED, first.received_at)
    if probe.state == Probe.State.EXCLUDED:
        return
    grade(
        probe,
        by,
        answered_at=first.received_at,
        sender_class="" if late else first.sender_class,
        additional=None if late else first.additional,
        reason=AFTER_ALL if was_ended else LATER,
    )


def _require(decision: Decision, reply: Reply) -> None:
    for probe in (decision.probe, reply.probe):
        if probe:
            _require_unlocked(probe.round)
    if decision.kind == Kind.IRRELEVANT:
        return
    if decision.probe is None:
        raise MysteryError("Välj vilket brev mejlet svarar på, eller att det inte hör till mätningen.")
    if decision.probe.organisation_id != reply.organisation_id:
        raise MysteryError("Brevet hör till en annan organisation.")
    if decision.kind == Kind.ANSWER and decision.sender_class not in set(SenderClass):
        raise MysteryError("Välj vilka uppgifter om avsändaren som finns i svaret.")


def _require_unlocked(round_: Round) -> None:
    if round_.state == Round.State.LOCKED:
        raise MysteryError(f"{round_} är låst. Svar kan inte ändras längre.")


def _count_again(probe: Probe, by: Acting) -> None:
    if probe.state == Probe.State.EXCLUDED and probe.exclusion == Probe.Exclusion.BOUNCED:
        probes.include(probe, by=by)


def _masked(reply: Reply) -> str:
    if reply.kind != Kind.ANSWER or reply.sealed is None:
        return reply.masked if reply.kind == Kind.ANSWER else ""
    return assessment_of(reply, letter_in(reply), reply.probe).masked


def _end(posting: Posting, outcome: Posting.Outcome, at: datetime | None, note: str = "") -> None:
    posting.outcome, posting.answered_at, posting.note = outcome, at, note
    posting.save(update_fields=["outcome", "answered_at", "note"])
