"""Grading a probe: saved as it is typed, finished once it holds together, corrected with a trace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from lyhord.accounts.models import User
from lyhord.instruments.answers import check_answer, check_row
from lyhord.instruments.definition import Instrument, ItemKind
from lyhord.instruments.problems import Problem
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.observing.models import Correction, Grading
from lyhord.mystery.planning.models import Probe
from lyhord.text.redaction import redacted

Turn = Grading.Turn
OPEN_STATES: Final = (Round.State.OPEN, Round.State.CLOSED)


class GradingError(MysteryError):
    """A grading does not hold together; ``problems`` says where, as the instrument names it."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


@transaction.atomic
def save_draft(probe: Probe, grader: User, answers: Mapping[str, str], turn: Turn = Turn.FIRST) -> Grading:
    """Keep what has been typed so far. Values that cannot be read are left out; texts are kept redacted.

    GradingError where the turn is another person's, is finished already, or would not be blind.
    """
    grading = _own(probe, grader, turn)
    if grading.finished_at is not None:
        raise GradingError("Bedömningen är redan klar. Rätta den i stället, så syns vad som ändrades.")
    grading.answers = _readable(instrument_of(probe.round), probe.channel, answers)
    grading.save()
    return grading


@transaction.atomic
def finish(probe: Probe, grader: User, answers: Mapping[str, str], turn: Turn = Turn.FIRST) -> Grading:
    """Keep the grading as finished. Finishing the same once more changes nothing.

    GradingError with the instrument's problems where it does not hold together, and as for ``save_draft``.
    """
    checked = checked_answers(probe, answers)
    grading = _own(probe, grader, turn)
    if grading.finished_at is not None:
        if grading.answers == checked:
            return grading
        raise GradingError("Bedömningen är redan klar. Rätta den i stället, så syns vad som ändrades.")
    grading.answers = checked
    grading.finished_at = timezone.now()
    grading.save()
    return grading


@transaction.atomic
def correct(grading: Grading, by: User, answers: Mapping[str, str], reason: str) -> Correction | None:
    """Change a finished grading and write down what stood; None where nothing changed.

    GradingError without a reason, of a draft, in a locked round, or where the new answers do not hold together.
    """
    if not reason.strip():
        raise GradingError("Skriv varför bedömningen rättas.")
    current = Grading.objects.select_for_update().select_related("probe__round").get(pk=grading.pk)
    if current.finished_at is None:
        raise GradingError("Bedömningen är inte klar än. Ändra den direkt.")
    after = checked_answers(current.probe, answers)
    changed = sorted(
        item for item in current.answers.keys() | after.keys() if current.answers.get(item, "") != after.get(item, "")
    )
    if not changed:
        return None
    correction = Correction(
        grading=current,
        by=by,
        at=timezone.now(),
        reason=reason.strip(),
        before={item: current.answers.get(item, "") for item in changed},
        after={item: after.get(item, "") for item in changed},
    )
    current.answers = after
    current.save()
    correction.save()
    return correction


def counting(gradings: Mapping[str, Grading]) -> Grading | None:
    """Of a probe's finished gradings by turn, the one that counts: the settled one, otherwise the first."""
    finished = {turn: one for turn, one in gradings.items() if one.finished_at is not None}
    return finished.get(Turn.SETTLED) or finished.get(Turn.FIRST)


def finished_at(probe: Probe) -> datetime | None:
    """When the first grading of the probe was finished; None while it is not."""
    first = Grading.objects.filter(probe=probe, turn=Turn.FIRST).values_list("finished_at", flat=True).first()
    return first if isinstance(first, datetime) else None


def _own(probe: Probe, grader: User, turn: Turn) -> Grading:
    """The person's grading of this turn, new or as it stands, locked until the transaction ends."""
    _require_open(probe)
    stands = {one.turn: one for one in Grading.objects.select_for_update().filter(probe=probe)}
    if turn is Turn.SECOND and (first := stands.get(Turn.FIRST)) and first.grader_id == grader.pk:
        raise GradingError("Den andra bedömningen ska göras av någon annan än den som gjorde den första.")
    grading = stands.get(turn)
    if grading is None:
        return Grading(organisation_id=probe.organisation_id, probe=probe, turn=turn, grader=grader)
    if grading.grader_id != grader.pk:
        raise GradingError("Någon annan bedömer redan den här kontakten.")
    return grading


def _require_open(probe: Probe) -> None:
    if probe.round.state not in OPEN_STATES:
        raise GradingError(f"Omgången {probe.round} är {probe.round.get_state_display()}: bedömningar tas inte emot.")


def checked_answers(probe: Probe, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers in their stored form, implied ones added and names taken out of texts. GradingError as ``finish``."""
    _require_open(probe)
    instrument = instrument_of(probe.round)
    row = check_row(instrument, probe.channel, {item: text for item, text in answers.items() if text.strip()})
    if row.problems:
        raise GradingError("Bedömningen går inte ihop. Se vad som står vid varje fråga.", row.problems)
    return _without_names(instrument, row.answers)


def _readable(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> dict[str, str]:
    items = {item.id: item for item in instrument.items_in(channel)}
    read = {item: check_answer(items[item], text) for item, text in answers.items() if item in items}
    return _without_names(instrument, {item: one for item, one in read.items() if isinstance(one, str) and one})


def _without_names(instrument: Instrument, answers: Mapping[str, str]) -> dict[str, str]:
    texts = {item.id for item in instrument.items if item.kind is ItemKind.TEXT}
    return {item: redacted(one).text if item in texts else one for item, one in answers.items()}
