"""Taking in what an interviewer did: each entry once, in its order, whenever the telephone had a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from lyhord.accounts.models import User
from lyhord.instruments.definition import Instrument, ItemKind
from lyhord.instruments.problems import Problem, ProblemCode
from lyhord.instruments.routing import asked, implied_answers
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.calls.models import Entry
from lyhord.mystery.calls.timer import Press, Step, contact_seconds, standing, written
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.observing.grading import GradingError, finish, save_draft
from lyhord.mystery.planning import probes
from lyhord.mystery.planning.models import Probe

Kind = Entry.Kind
SAVED: Final = (Kind.ANSWERS, Kind.FINISHED)
STEPS: Final = tuple(step.value for step in Step)
AHEAD: Final = timedelta(minutes=5)  # a telephone's clock may run so much ahead of ours
OLDEST: Final = timedelta(days=14)  # and an entry may have waited so long


@dataclass(frozen=True, slots=True)
class Sent:
    """One entry as the device tells it. ``answers`` maps item ids to raw values, for what was saved."""

    probe: int
    key: str
    kind: str
    sequence: int
    device: str = ""
    clock_ms: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an entry: ``kept`` (now or before), or not, with the reason; and what is still to be mended."""

    key: str
    kept: bool
    message: str = ""
    problems: tuple[Problem, ...] = ()


def take_in(caller: User, entries: Iterable[Sent], now: datetime | None = None) -> list[Taken]:
    """Take in each entry once, in the devices' own order; within the scope. What is refused says why.

    An entry that has come before changes nothing. Answers older than those that have come are written down as an entry
    and change nothing else.
    """
    moment = now or timezone.now()
    return [_one(caller, one, moment) for one in sorted(entries, key=lambda one: (one.device, one.sequence))]


def press(caller: User, probe: Probe, step: Step, now: datetime | None = None) -> Taken:
    """A press on a page without JavaScript, timed by the server."""
    return _by_form(caller, probe, Kind(step.value), {}, now)


def save(caller: User, probe: Probe, answers: Mapping[str, str], *, done: bool, now: datetime | None = None) -> Taken:
    """Answers of a form without JavaScript, as a draft or as finished."""
    return _by_form(caller, probe, Kind.FINISHED if done else Kind.ANSWERS, answers, now)


def presses_of(probe: Probe) -> list[Press]:
    """Every press of the probe's, as the timer reads them."""
    rows = Entry.objects.filter(probe=probe, kind__in=STEPS)
    return [_press(one) for one in rows]


def kept_answers(instrument: Instrument, channel: str, answers: Mapping[str, str], seconds: str = "") -> dict[str, str]:
    """The answers to items that are put, without those that follow from others; the timer's seconds where none stand.

    Somebody who changes the outcome leaves answers behind to what is no longer asked.
    """
    given = {item.id: answers[item.id].strip() for item in instrument.items_in(channel) if item.id in answers}
    timed = {item.id for item in instrument.items_in(channel) if item.kind is ItemKind.SECONDS and seconds}
    given |= {item: given.get(item) or seconds for item in timed}
    implied = implied_answers(instrument, channel, given)
    given |= implied
    put = {item.id for item in asked(instrument, channel, given)} - implied.keys()
    return {item: text for item, text in given.items() if text and item in put}


def require_seconds(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> None:
    """GradingError where a contact has no time: it would be counted among those without contact."""
    put = asked(instrument, channel, answers)
    lacking = [item for item in put if item.kind is ItemKind.SECONDS and not answers.get(item.id)]
    if lacking:
        faults = tuple(Problem(item.id, ProblemCode.MISSING, {"name": item.name}) for item in lacking)
        raise GradingError("Tiden till handläggaren saknas. Klockan kunde inte räkna den, så skriv den själv.", faults)


def _one(caller: User, sent: Sent, now: datetime) -> Taken:
    probe = Probe.objects.select_related("round", "municipality", "persona").filter(pk=sent.probe).first()
    if probe is None or not is_callers(probe, caller):
        return Taken(sent.key, kept=False, message="Samtalet är inte längre ditt. Tala med samordnaren.")
    try:
        return _written(caller, probe, sent, now)
    except MysteryError as error:
        return Taken(sent.key, kept=False, message=str(error))


def is_callers(probe: Probe, caller: User) -> bool:
    """Whether the call is the person's: planned for, or begun by that person before a new plan gave it to another."""
    if not probe.interviewer_id:
        return False
    return probe.interviewer_id == caller.pk or Entry.objects.filter(probe=probe, caller=caller).exists()


@transaction.atomic
def _written(caller: User, probe: Probe, sent: Sent, now: datetime) -> Taken:
    """Write the entry down and do what it says; nothing of either where it cannot be."""
    Probe.objects.select_for_update().get(pk=probe.pk)
    if Entry.objects.filter(caller=caller, key=sent.key).exists():
        return Taken(sent.key, kept=True)
    stale = sent.kind in SAVED and _later_saved(probe, sent)
    entry = Entry(
        organisation_id=probe.organisation_id,
        probe=probe,
        caller=caller,
        key=sent.key,
        device=sent.device,
        sequence=sent.sequence,
        kind=sent.kind,
        clock_ms=sent.clock_ms,
        received_at=now,
    )
    entry.save()
    if stale:
        return Taken(sent.key, kept=True)
    if sent.kind in SAVED:
        return _saved(caller, probe, sent)
    _follow(probe)
    return Taken(sent.key, kept=True)


def _later_saved(probe: Probe, sent: Sent) -> bool:
    later = Entry.objects.filter(probe=probe, device=sent.device, kind__in=SAVED, sequence__gt=sent.sequence)
    return later.exists()


def _saved(caller: User, probe: Probe, sent: Sent) -> Taken:
    """Keep answers as a draft; as finished where that is asked for and they hold together."""
    instrument, presses = instrument_of(probe.round), presses_of(probe)
    own = kept_answers(instrument, probe.channel, sent.answers)
    if sent.kind == Kind.ANSWERS:
        save_draft(probe, caller, own)
        return Taken(sent.key, kept=True)
    full = kept_answers(instrument, probe.channel, sent.answers, written(contact_seconds(presses)))
    try:
        require_seconds(instrument, probe.channel, full)
        finish(probe, caller, full)
    except GradingError as error:
        if not error.problems:
            raise
        save_draft(probe, caller, own)
        return Taken(sent.key, kept=True, message=str(error), problems=error.problems)
    probes.finish(probe, dialled_at(presses))
    return Taken(sent.key, kept=True)


def _follow(probe: Probe) -> None:
    """Let the probe be begun once its number is dialled, and planned again where that was taken back."""
    stands = standing(presses_of(probe))
    if stands and probe.state == Probe.State.PLANNED:
        probes.start(probe)
    elif not stands and probe.state == Probe.State.STARTED:
        probes.give_back(probe)


def dialled_at(presses: Iterable[Press]) -> datetime | None:
    """When the number was dialled: by the telephone's clock where that can be, else when we heard of it."""
    stands = standing(presses)
    if not stands:
        return None
    heard = _at(stands[0].received_ms)
    told = _at(stands[0].clock_ms) if stands[0].clock_ms is not None else heard
    return told if heard - OLDEST <= told <= heard + AHEAD else heard


def _at(milliseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def _press(entry: Entry) -> Press:
    received = (entry.received_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    return Press(Step(entry.kind), entry.sequence, received, entry.device, entry.clock_ms)


def _by_form(caller: User, probe: Probe, kind: Kind, answers: Mapping[str, str], now: datetime | None) -> Taken:
    count = Entry.objects.filter(probe=probe, device="").count() + 1
    sent = Sent(probe.pk, f"form-{probe.pk}-{count}", kind, count, answers=answers)
    return _one(caller, sent, now or timezone.now())
