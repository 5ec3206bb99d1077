"""A contact as graders and reviewers see it on a page: its facts in words, and grades to choose with their anchors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lyhord.instruments.definition import Instrument, Item, ItemKind
from lyhord.instruments.questions import QuestionBank
from lyhord.instruments.routing import asked
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.letters.models import Reply
from lyhord.mystery.observing.choices import Choice, choices_of
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import FieldPlan, Probe
from lyhord.mystery.planning.plans import bank_of
from lyhord.mystery.quality.disagreeing import graded_items
from lyhord.mystery.quality.models import Words
from lyhord.mystery.quality.remarks import area_name
from lyhord.mystery.quality.rows import question_text


@dataclass(frozen=True, slots=True)
class Factor:
    """One judged item as a question on a page."""

    id: str
    name: str
    wording: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ContactShown:
    """What is known of a contact without its grades: enough to grade it, and nothing that tells who asked."""

    channel: str
    area: str
    question: str
    full_answer: tuple[str, ...]  # what it would hold, as the question bank says
    facts: tuple[tuple[str, str], ...]
    words: tuple[str, ...]  # the interviewer's comments, and the answer to a letter; names masked


def contact_shown(probe: Probe, answers: Mapping[str, str], language: str) -> ContactShown:
    """The contact with the facts among these answers; within the scope of who measures."""
    instrument = instrument_of(probe.round)
    plan = FieldPlan.objects.filter(round_id=probe.round_id).first()
    bank = bank_of(plan) if plan else None
    words = Words.objects.filter(probe=probe).first()
    return ContactShown(
        instrument.channel(probe.channel).name.in_language(language),
        area_name(instrument, probe.area, language),
        question_text(probe, bank, words),
        _full_answer(bank, probe),
        tuple(_facts(instrument, probe.channel, answers, language)),
        tuple(_words(instrument, probe, answers, words)),
    )


def factors_of(probe: Probe, first: Grading, chosen: Mapping[str, str], language: str) -> tuple[Factor, ...]:
    """The judged items to choose grades for. Only facts decide which are shown: other grades would tell the first's.

    What turns out not to be put by the grades that are chosen is refused when it is sent, with the reason.
    """
    instrument = instrument_of(probe.round)
    judged = graded_items(instrument, probe.channel)
    facts = {item: text for item, text in first.answers.items() if item not in {one.id for one in judged}}
    return tuple(
        Factor(
            item.id,
            item.name.in_language(language),
            item.wording.in_language(language),
            choices_of(item, language, chosen.get(item.id, "")),
        )
        for item in judged
        if _may_be_put(instrument, probe.channel, facts, item, judged)
    )


def _may_be_put(
    instrument: Instrument, channel: str, facts: Mapping[str, str], item: Item, judged: tuple[Item, ...]
) -> bool:
    """Whether some grades of the items before it lead to the item, facts being as they are."""
    before = [one for one in judged if one.id != item.id and item.asked_when and item.asked_when.item == one.id]
    if not before:
        return item in asked(instrument, channel, facts)
    return any(
        item in asked(instrument, channel, {**facts, one.id: option.code}) for one in before for option in one.options
    )


def _facts(instrument: Instrument, channel: str, answers: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    judged = {item.id for item in graded_items(instrument, channel)}
    found = []
    for item in instrument.items_in(channel):
        given = answers.get(item.id, "")
        if not given or item.id in judged or item.kind is ItemKind.TEXT:
            continue
        words = next((one.label.in_language(language) for one in item.options if one.code == given), given)
        unit = " s" if item.kind is ItemKind.SECONDS else ""
        found.append((item.name.in_language(language), words.replace("T", " ") + unit if not item.options else words))
    return found


def _words(instrument: Instrument, probe: Probe, answers: Mapping[str, str], words: Words | None) -> list[str]:
    texts = [item.id for item in instrument.items_in(probe.channel) if item.kind is ItemKind.TEXT]
    found = [answers[item] for item in texts if answers.get(item)]
    if words:
        found += [*words.comments.values(), words.answer]
    found += Reply.objects.filter(probe=probe, kind=Reply.Kind.ANSWER).order_by("pk").values_list("masked", flat=True)
    return [text for text in found if text]


def _full_answer(bank: QuestionBank | None, probe: Probe) -> tuple[str, ...]:
    questions = {one.id: one for one in bank.questions} if bank else {}
    return questions[probe.question].facts if probe.question in questions else ()
