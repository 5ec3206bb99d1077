"""What the pages of calls show: the day's rows, and an instrument's items as a form, facts before judgements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from lyhord.instruments.definition import Instrument, Item, ItemKind
from lyhord.instruments.problems import Problem
from lyhord.instruments.questions import AREA, Question, QuestionBank
from lyhord.instruments.routing import asked, implied_answers
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.calls.switchboards import numbers_of
from lyhord.mystery.observing.choices import Choice, choices_of
from lyhord.mystery.observing.models import Correction
from lyhord.mystery.planning.models import FieldPlan, Probe
from lyhord.mystery.planning.plans import bank_of

LATE: Final = timedelta(minutes=15)
FACTS: Final = gettext_noop("Vad som hände")
JUDGEMENTS: Final = gettext_noop("Bedömning")
WORDS: Final = gettext_noop("Kommentar")


@dataclass(frozen=True, slots=True)
class Field:
    """One item as it is put: ``when`` and ``unless`` are conditions on another item, "item=code code"."""

    id: str
    kind: str
    name: str
    wording: str
    required: bool
    value: str
    choices: tuple[Choice, ...]
    hidden: bool
    when: str
    unless: str
    fault: str


@dataclass(frozen=True, slots=True)
class Part:
    """Items that belong together: what happened, how it is judged, and words of one's own."""

    name: str
    fields: tuple[Field, ...]

    @property
    def hidden(self) -> bool:
        """Whether none of the items is put yet."""
        return all(field.hidden for field in self.fields)


@dataclass(frozen=True, slots=True)
class Row:
    """One call of a list."""

    probe: Probe
    area: str
    question: Question
    number: str
    late: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One correction: who, when and why, and each item's name with what stood and what stands."""

    correction: Correction
    changes: tuple[tuple[str, str, str], ...]


def parts_of(
    instrument: Instrument,
    channel: str,
    answers: Mapping[str, str],
    problems: Iterable[Problem] = (),
    language: str = "sv",
) -> list[Part]:
    """The channel's items as a form, in the instrument's order: facts, judgements (graded by anchors), words."""
    faults = {one.field: f"{one.message(language)} {one.remedy(language)}" for one in problems}
    put = {item.id for item in asked(instrument, channel, answers)} - implied_answers(
        instrument, channel, answers
    ).keys()
    fields: dict[str, list[Field]] = {FACTS: [], JUDGEMENTS: [], WORDS: []}
    for item in instrument.items_in(channel):
        if item.is_put:
            hidden = item.id not in put or _waits(item, answers)
            fields[_part(item)].append(
                _field(item, answers.get(item.id, ""), hidden, faults.get(item.id, ""), language)
            )
    return [Part(gettext(name), tuple(found)) for name, found in fields.items() if found]


def rows_of(calls: Iterable[Probe], language: str, now: datetime | None = None) -> list[Row]:
    """The calls as rows of a list, with area, question and number."""
    own, moment = list(calls), now or timezone.now()
    plans = {plan.pk: plan for plan in FieldPlan.objects.filter(round__in={one.round_id for one in own})}
    banks = {pk: bank_of(plan) for pk, plan in plans.items()}
    areas = {one.round_id: one.round for one in own}
    named = {pk: areas_of(instrument_of(round_), language) for pk, round_ in areas.items()}
    numbers = numbers_of(one.municipality_id for one in own)
    return [
        Row(
            one,
            named[one.round_id].get(one.area, one.area),
            _question(banks.get(one.round_id), one),
            numbers.get(one.municipality_id, ""),
            is_late(one, moment),
        )
        for one in own
    ]


def areas_of(instrument: Instrument, language: str) -> dict[str, str]:
    """The areas' names by code."""
    division = instrument.breakdown(AREA)
    return {one.code: one.label.in_language(language) for one in division.values} if division else {}


def is_late(probe: Probe, now: datetime) -> bool:
    """Whether the call should have been made a quarter of an hour ago."""
    return probe.state == Probe.State.PLANNED and probe.due_at is not None and probe.due_at < now - LATE


def changes_of(corrections: Sequence[Correction], instrument: Instrument, language: str) -> list[Change]:
    """The corrections with names and labels, latest first."""
    items = {item.id: item for item in instrument.items}
    return [
        Change(
            one,
            tuple(
                (
                    items[item].name.in_language(language),
                    label_of(items[item], before, language),
                    label_of(items[item], one.after.get(item, ""), language),
                )
                for item, before in one.before.items()
            ),
        )
        for one in reversed(corrections)
    ]


def label_of(item: Item, answer: str, language: str) -> str:
    """An answer as it is read: the option's label, or what was written."""
    return next((one.label.in_language(language) for one in item.options if one.code == answer), answer) or "–"


def _question(bank: QuestionBank | None, probe: Probe) -> Question:
    found = next((one for one in bank.questions if one.id == probe.question), None) if bank else None
    return found or Question(probe.question, probe.area, probe.channel, probe.question, (), "")


def _part(item: Item) -> str:
    if item.kind is ItemKind.TEXT:
        return WORDS
    return JUDGEMENTS if any(option.anchor for option in item.options) else FACTS


def _waits(item: Item, answers: Mapping[str, str]) -> bool:
    """Whether the item's answer may follow from another that is not given yet."""
    return item.implied is not None and not answers.get(item.implied.when.item)


def _field(item: Item, value: str, hidden: bool, fault: str, language: str) -> Field:
    when, implied = item.asked_when, item.implied.when if item.implied else None
    return Field(
        item.id,
        item.kind.value,
        item.name.in_language(language),
        item.wording.in_language(language),
        item.required,
        value,
        choices_of(item, language, value),
        hidden,
        f"{when.item}={' '.join(when.options)}" if when else "",
        f"{implied.item}={' '.join(implied.options)}" if implied else "",
        fault,
    )
