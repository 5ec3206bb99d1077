"""Observations as rows: what a file of answers would hold, so that records and files are counted by the same code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.utils import timezone

from lyhord.files.columns import ANSWER_ID, CHANNEL, COMMENT_ON, DATE, EXAMPLE, EXCLUDED, MUNICIPALITY, QUESTION
from lyhord.instruments.definition import Instrument, ItemKind
from lyhord.instruments.questions import QuestionBank
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.observing.grading import counting
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import FieldPlan, Probe
from lyhord.mystery.planning.plans import bank_of
from lyhord.mystery.quality.models import Words

Row = Mapping[str, str]
YES: Final = "ja"
COUNTED: Final = (Probe.State.DONE, Probe.State.EXCLUDED)


def rows_of(round_: Round, municipality: str = "") -> tuple[Row, ...]:
    """Every contact of the round, or of one municipality in it, that is graded or excluded, in the order planned.

    A contact without a finished grading is left out: it is not observed yet. Within the scope of who measures; six
    queries.
    """
    probes = Probe.objects.filter(round=round_, state__in=COUNTED).order_by("pk")
    probes = probes.filter(municipality=municipality) if municipality else probes
    found = list(probes)
    gradings = gradings_of(found)
    words = {one.probe_id: one for one in Words.objects.filter(probe__in=probes)}
    plan = FieldPlan.objects.filter(round=round_).first()
    bank, instrument = bank_of(plan) if plan else None, instrument_of(round_)
    return tuple(
        _row(instrument, bank, probe, gradings.get(probe.pk), words.get(probe.pk))
        for probe in found
        if probe.state == Probe.State.EXCLUDED or probe.pk in gradings
    )


def gradings_of(probes: Iterable[Probe]) -> dict[int, Grading]:
    """Of each probe the grading that counts, by the probe's id; one query."""
    by_turn: defaultdict[int, dict[str, Grading]] = defaultdict(dict)
    for each in Grading.objects.filter(probe__in=[probe.pk for probe in probes]):
        by_turn[each.probe_id][each.turn] = each
    return {pk: grading for pk, found in by_turn.items() if (grading := counting(found))}


def question_text(probe: Probe, bank: QuestionBank | None, words: Words | None) -> str:
    """What was asked: as it was imported, else as the plan's bank has it; empty where nobody wrote it down."""
    if words and words.question:
        return words.question
    planned = {one.id: one.text for one in bank.questions} if bank else {}
    return planned.get(probe.question, "")


def exclusion_reason(probe: Probe) -> str:
    """Why the probe counts in no base, as reports say it; the note is told only where no listed reason fits."""
    if probe.exclusion == Probe.Exclusion.OTHER and probe.exclusion_note:
        return probe.exclusion_note
    return str(probe.get_exclusion_display())


def _row(
    instrument: Instrument, bank: QuestionBank | None, probe: Probe, grading: Grading | None, words: Words | None
) -> Row:
    at = probe.done_at or probe.due_at
    row = {
        ANSWER_ID: f"{probe.pk}",
        MUNICIPALITY: probe.municipality_id,
        CHANNEL: probe.channel,
        DATE: _local(at) if at else "",
        _area_column(instrument): probe.area,
        QUESTION: question_text(probe, bank, words),
        EXCLUDED: exclusion_reason(probe) if probe.state == Probe.State.EXCLUDED else "",
    }
    row |= _answers(instrument, probe, grading)
    if words:
        row |= {f"{COMMENT_ON}{factor}": text for factor, text in words.comments.items()}
        row[EXAMPLE] = YES if words.example else ""
    return {name: text for name, text in row.items() if text}


def _answers(instrument: Instrument, probe: Probe, grading: Grading | None) -> dict[str, str]:
    """The graded answers; a comment on the whole contact stays with the graders."""
    texts = {item.id for item in instrument.items_in(probe.channel) if item.kind is ItemKind.TEXT}
    given = grading.answers if grading else {}
    return {item: text for item, text in given.items() if item not in texts}


def _area_column(instrument: Instrument) -> str:
    return next((breakdown.column for breakdown in instrument.breakdowns if breakdown.id == "area"), "omrade")


def _local(moment: datetime) -> str:
    return timezone.localtime(moment).replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
