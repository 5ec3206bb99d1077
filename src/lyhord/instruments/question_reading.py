"""From the text of a question bank to a ``QuestionBank``: the TOML format, key by key (see docs/mystery-plan.md)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from types import MappingProxyType

from lyhord.instruments.definition import LocalText
from lyhord.instruments.faults import Faults, InstrumentError
from lyhord.instruments.questions import Question, QuestionBank
from lyhord.instruments.reading import INSTRUMENT_ID, PART, VERSION
from lyhord.instruments.tables import Table

FORMAT = 1
GREATEST_FILE = 1_000_000  # characters; the shipped bank is a twentieth of this
QUESTION_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
SOURCE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORD = re.compile(r"\w+")
LONGEST_TEXT = 600  # a resident asks in a few sentences
LONGEST_SUBJECT = 80
ALIKE = 0.6  # two questions that share so much of their words are the same question
LANGUAGES = ("sv", "en")


def bank_from_text(text: str, file: str) -> QuestionBank:
    """The question bank in ``text``; ``file`` names it in messages. InstrumentError lists every fault."""
    faults = Faults()
    if len(text) > GREATEST_FILE:
        faults.add("the file", f"has {len(text)} characters.", "A question bank is a text file far below 1 MB.")
        raise InstrumentError(file, faults.found)
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        faults.add("the file", f"is not TOML: {error}.", "Mend that place; docs/mystery-plan.md shows the form.")
        raise InstrumentError(file, faults.found) from error
    bank = _bank(Table(values, "", faults, LANGUAGES))
    _check(bank, faults)
    if faults.found:
        raise InstrumentError(file, faults.found)
    return bank


def words_of(text: str) -> frozenset[str]:
    """The words of a question, however written: what two questions are compared by."""
    return frozenset(word.lower() for word in WORD.findall(text))


def likeness(one: str, other: str) -> float:
    """How much of their words two texts share: 0 nothing, 1 all (Jaccard's index)."""
    first, second = words_of(one), words_of(other)
    return len(first & second) / len(first | second) if first | second else 1.0


def _bank(top: Table) -> QuestionBank:
    top.integer("format", least=FORMAT, most=FORMAT)
    sources, traits = top.child("sources", required=True), top.child("traits")
    bank = QuestionBank(
        id=top.name("id", INSTRUMENT_ID),
        version=top.name("version", VERSION),
        name=top.local("name"),
        licence=top.text("licence"),
        instruments=top.strings("instruments", required=True),
        calls=top.strings("calls"),
        letters=top.strings("letters"),
        sources=MappingProxyType(_sources(sources)),
        traits=MappingProxyType(_traits(traits)),
        questions=tuple(_question(table) for table in top.children("questions", required=True)),
    )
    top.finish()
    return bank


def _sources(table: Table | None) -> dict[str, str]:
    if table is None:
        return {}
    for name in table.values:
        if not SOURCE_ID.fullmatch(name):
            table.faults.add(table.path(name), "is no name of a source.", "Use only a–z, 0–9 and hyphens.")
    return {name: table.text(name) for name in table.values}


def _traits(table: Table | None) -> dict[str, LocalText]:
    return {} if table is None else {name: table.local(name) for name in table.values}


def _question(table: Table) -> Question:
    question = Question(
        id=table.name("id", QUESTION_ID),
        area=table.name("area", PART),
        channel=table.name("channel", PART),
        text=table.text("text").strip(),
        facts=table.strings("facts", required=True),
        source=table.text("source"),
        subject=table.text("subject", required=False),
        trait=table.text("trait", required=False),
        background=table.text("background", required=False),
    )
    table.finish()
    return question


def _check(bank: QuestionBank, faults: Faults) -> None:
    for name, count in Counter(question.id for question in bank.questions).items():
        if name and count > 1:
            faults.add(f"questions.{name}", f"is written {count} times.", "Give each question its own id.")
    for channel in set(bank.calls) & set(bank.letters):
        faults.add("letters", f"has {channel}, which calls has too.", "A channel is spoken or written, not both.")
    for question in bank.questions:
        if not faults.touch(f"questions.{question.id}"):
            _check_one(bank, question, faults)
    _check_alike(bank, faults)


def _check_one(bank: QuestionBank, question: Question, faults: Faults) -> None:
    key = f"questions.{question.id}"
    if question.channel not in (*bank.calls, *bank.letters):
        faults.add(f"{key}.channel", f"is {question.channel!r}.", "Name a channel that calls or letters lists.")
    if question.source not in bank.sources:
        faults.add(f"{key}.source", f"is {question.source!r}.", f"Choose one of {', '.join(bank.sources)}.")
    if question.trait and question.trait not in bank.traits:
        faults.add(f"{key}.trait", f"is {question.trait!r}.", f"Choose one of {', '.join(bank.traits)}, or none.")
    if len(question.text) > LONGEST_TEXT:
        faults.add(f"{key}.text", f"has {len(question.text)} characters.", f"Use at most {LONGEST_TEXT}.")
    if not question.facts:
        faults.add(f"{key}.facts", "is empty.", "List what a full answer holds, so that all grade alike.")
    _check_subject(bank, question, faults)


def _check_subject(bank: QuestionBank, question: Question, faults: Faults) -> None:
    key = f"questions.{question.id}.subject"
    if question.channel in bank.letters and not question.subject.strip():
        faults.add(key, "is missing.", "A letter needs a subject line.")
    if question.channel in bank.calls and question.subject:
        faults.add(key, f"is {question.subject!r}.", "Leave it out: nobody says a subject line aloud.")
    if "\n" in question.subject or len(question.subject) > LONGEST_SUBJECT:
        faults.add(key, "is too long.", f"Write one line of at most {LONGEST_SUBJECT} characters.")


def _check_alike(bank: QuestionBank, faults: Faults) -> None:
    bags = [(question.id, words_of(question.text)) for question in bank.questions]
    for place, (name, words) in enumerate(bags):
        for earlier, others in bags[:place]:
            if words and len(words & others) >= ALIKE * len(words | others):
                faults.add(f"questions.{name}.text", f"is nearly that of {earlier}.", "Ask about something else.")
