"""Which items are put to somebody, given what has been answered so far.

Answers map item ids to option codes or raw values as ``answers.check_answer`` returns them; an empty text means put
and left blank. Answers to items that are not put (somebody went back and changed an earlier one) count for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from lyhord.instruments.cuts import option_for
from lyhord.instruments.definition import Condition, Cut, Instrument, Item


def asked(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> tuple[Item, ...]:
    """The items that are put in this channel, in order. Cut and coded items are never put."""
    put: list[Item] = []
    outcomes: dict[str, frozenset[str]] = {}
    standing: dict[str, str] = {}
    for item in instrument.items_in(channel):
        if item.cut and not answers.get(item.id):
            outcomes[item.id] = _cut_outcomes(item.cut, standing)
            continue
        if not _holds(item.asked_when, outcomes):
            continue
        answer = answers.get(item.id) or _implied(item, outcomes) or ""
        standing[item.id] = answer
        outcomes[item.id] = frozenset({answer} if answer else ())
        if item.is_put:
            put.append(item)
    return tuple(put)


def next_item(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> Item | None:
    """The first item that is put and neither answered, left blank nor implied; None when there is none left."""
    settled = answers.keys() | implied_answers(instrument, channel, answers).keys()
    return next((item for item in asked(instrument, channel, answers) if item.id not in settled), None)


def implied_answers(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that follow from others, by item id: no contact means that the question was badly answered."""
    outcomes = {
        item.id: frozenset({answers[item.id]})
        for item in asked(instrument, channel, answers)
        if answers.get(item.id) and item.options
    }
    follows = ((item.id, _implied(item, outcomes)) for item in instrument.items_in(channel))
    return {item_id: option for item_id, option in follows if option}


def _holds(condition: Condition | None, outcomes: Mapping[str, frozenset[str]]) -> bool:
    """Whether one of the possible outcomes of the condition's item leads here."""
    return condition is None or bool(outcomes.get(condition.item, frozenset()) & frozenset(condition.options))


def _implied(item: Item, outcomes: Mapping[str, frozenset[str]]) -> str | None:
    if item.implied and _holds(item.implied.when, outcomes):
        return item.implied.option
    return None


def _cut_outcomes(cut: Cut, standing: Mapping[str, str]) -> frozenset[str]:
    """The options a cut may give. Working hours are not counted here: with both moments known, all but none."""
    values = [standing.get(source, "") for source in cut.sources]
    if not all(values):
        return frozenset({cut.missing} if cut.missing else ())
    if cut.unit == "seconds":
        option = option_for(cut, Fraction(values[0]))
        return frozenset({option} if option else ())
    return frozenset(cut.options)
