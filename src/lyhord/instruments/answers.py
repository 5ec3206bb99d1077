"""Checking answers against the instrument: each value alone, then the row as a whole with its routing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from zoneinfo import ZoneInfo

from lyhord.instruments.cuts import option_for
from lyhord.instruments.definition import Condition, Instrument, Item, ItemKind, LocalText
from lyhord.instruments.problems import Problem, ProblemCode
from lyhord.instruments.routing import asked, implied_answers

LONGEST_TEXT = 10_000  # characters
MOST_SECONDS = 86_400  # a day: no call lasts longer
STOCKHOLM = ZoneInfo("Europe/Stockholm")

_SECONDS = re.compile(r"\d{1,6}([.,]\d{1,6})?")
_MOMENT = re.compile(r"(19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
_WHOLE = re.compile(r"(\d+)[.,]0+")  # a spreadsheet's way of writing an integer


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One person's (or call's, or letter's) answers by item id, cleaned and with implied ones added; and what is
    wrong. A row with problems must not be counted.
    """

    answers: Mapping[str, str]
    problems: tuple[Problem, ...]


def check_answer(item: Item, raw: str) -> str | Problem:
    """The answer in its stored form, or what is wrong with it. "" stays "": unanswered is no fault of a value.

    Options may be given by code or by label in any language, regardless of case. Seconds become a plain number,
    moments ``YYYY-MM-DDTHH:MM:SS`` in Swedish local time (a zone or offset is converted).
    """
    text = raw.replace("\0", "").strip()
    if not text:
        return ""
    if item.kind is ItemKind.SECONDS:
        return _seconds(item, text)
    if item.kind is ItemKind.MOMENT:
        return _moment(item, text)
    if item.kind is ItemKind.TEXT:
        return _text(item, text)
    return _option(item, text)


def _seconds(item: Item, text: str) -> str | Problem:
    if not _SECONDS.fullmatch(text) or Fraction(text.replace(",", ".")) > MOST_SECONDS:
        return Problem(item.id, ProblemCode.NOT_SECONDS, {"given": text, "most": str(MOST_SECONDS)})
    whole, _, decimals = text.replace(",", ".").partition(".")
    decimals = decimals.rstrip("0")
    return f"{int(whole)}.{decimals}" if decimals else str(int(whole))


def _moment(item: Item, text: str) -> str | Problem:
    problem = Problem(item.id, ProblemCode.NOT_A_MOMENT, {"given": text})
    if not _MOMENT.fullmatch(text):
        return problem
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return problem
    if moment.tzinfo:
        moment = moment.astimezone(STOCKHOLM).replace(tzinfo=None)
    return moment.isoformat(timespec="seconds")


def _text(item: Item, text: str) -> str | Problem:
    if len(text) > LONGEST_TEXT:
        return Problem(item.id, ProblemCode.TOO_LONG, {"length": str(len(text)), "most": str(LONGEST_TEXT)})
    return text


def _option(item: Item, text: str) -> str | Problem:
    whole = _WHOLE.fullmatch(text)
    wanted = _folded(whole.group(1) if whole else text)
    for option in item.options:
        if _folded(option.code) == wanted:
            return option.code
    labelled = [option.code for option in item.options if wanted in map(_folded, option.label.texts.values())]
    if len(labelled) == 1:
        return labelled[0]
    codes = ", ".join(option.code for option in item.options)
    return Problem(item.id, ProblemCode.NO_SUCH_OPTION, {"given": text, "name": item.name, "options": codes})


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("–", "-").split())


def check_row(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> CheckedRow:
    """Check one row of one channel. ``answers`` maps item ids to raw values; blanks may be left out or empty.

    An answer to a question that was not asked is a problem, as is a missing required one, an answer that contradicts
    what it follows from, and a moment before the one it is counted from. KeyError for an unknown channel.
    """
    instrument.channel(channel)
    items = {item.id: item for item in instrument.items_in(channel)}
    cleaned: dict[str, str] = {}
    problems: list[Problem] = []
    for field, raw in answers.items():
        if field not in items:
            problems.append(_unknown(field, channel, items))
            continue
        answer = check_answer(items[field], raw)
        if isinstance(answer, Problem):
            problems.append(answer)
        elif answer:
            cleaned[field] = answer
    faulty = {problem.field for problem in problems}
    problems += [p for p in _row_problems(instrument, channel, cleaned) if p.field not in faulty]
    if not cleaned and not faulty:
        problems = [Problem("", ProblemCode.EMPTY, {})]
    implied = {} if problems else implied_answers(instrument, channel, cleaned)
    return CheckedRow(MappingProxyType({**implied, **cleaned}), tuple(problems))


def _unknown(field: str, channel: str, items: Mapping[str, Item]) -> Problem:
    return Problem(
        field, ProblemCode.UNKNOWN_ITEM, {"given": field, "channel": channel, "items": ", ".join(sorted(items))}
    )


def _row_problems(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> Iterator[Problem]:
    put = {item.id for item in asked(instrument, channel, answers)}
    implied = implied_answers(instrument, channel, answers)
    for item in instrument.items_in(channel):
        given = answers.get(item.id, "")
        if item.id in put and item.required and not given and item.id not in implied:
            yield Problem(item.id, ProblemCode.MISSING, {"name": item.name})
        if given and item.asked_when and item.id not in put:
            yield _not_asked(instrument, item, item.asked_when)
        if given and item.implied and given != implied.get(item.id, given):
            yield _contradicts(instrument, item, given, item.implied.option, item.implied.when.item)
        if item.cut:
            yield from _cut_problems(instrument, item, answers)


def _not_asked(instrument: Instrument, item: Item, condition: Condition) -> Problem:
    return Problem(
        item.id,
        ProblemCode.NOT_ASKED,
        {
            "name": item.name,
            "condition": instrument.item(condition.item).name,
            "options": _labels(instrument.item(condition.item), condition.options),
        },
    )


def _labels(item: Item, codes: tuple[str, ...]) -> LocalText:
    """The labels of some options as one text: "God eller Medelgod"."""
    labels = [item.option(code).label for code in codes]
    joined = {"sv": " eller ", "en": " or "}
    return LocalText({lang: word.join(label.in_language(lang) for label in labels) for lang, word in joined.items()})


def _contradicts(instrument: Instrument, item: Item, given: str, expected: str, other: str) -> Problem:
    return Problem(
        item.id,
        ProblemCode.CONTRADICTS,
        {
            "name": item.name,
            "given": item.option(given).label,
            "expected": item.option(expected).label,
            "other": instrument.item(other).name,
        },
    )


def _cut_problems(instrument: Instrument, item: Item, answers: Mapping[str, str]) -> Iterator[Problem]:
    """A cut item given beside its seconds must agree with them; two moments must follow each other."""
    if item.cut is None or not all(answers.get(source) for source in item.cut.sources):
        return
    values = [answers[source] for source in item.cut.sources]
    given = answers.get(item.id)
    if item.cut.unit == "seconds":
        expected = option_for(item.cut, Fraction(values[0]))
        if given and expected and given != expected:
            yield _contradicts(instrument, item, given, expected, item.cut.sources[0])
    elif values[1] < values[0]:
        first, second = (instrument.item(source) for source in item.cut.sources)
        params: dict[str, str | LocalText] = {
            "name": second.name,
            "given": values[1],
            "other": first.name,
            "earlier": values[0],
        }
        yield Problem(second.id, ProblemCode.BEFORE, params)
