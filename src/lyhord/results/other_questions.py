"""Questions without an index, such as whether an answer came and how long one has waited: how many chose what."""

from __future__ import annotations

from dataclasses import dataclass

from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Item, ItemKind
from lyhord.rendering import numbers
from lyhord.results.categories import CATEGORY


@dataclass(frozen=True, slots=True)
class Chosen:
    """One option as printed: its share of the answers and how many chose it."""

    name: str
    share: str
    count: str
    percent: int  # for the bar


@dataclass(frozen=True, slots=True)
class OtherQuestion:
    """One question as printed; ``options`` is empty where there are too few answers."""

    id: str
    name: str
    wording: str
    n: str
    options: tuple[Chosen, ...]


def other_questions(standing: Standing, code: str, channel: str, language: str) -> tuple[OtherQuestion, ...]:
    """The channel's questions with options that nobody grades; the one about the category has a table of its own."""
    breakdown = standing.instrument.breakdown(CATEGORY)
    column = breakdown.column if breakdown else ""
    put = [item for item in standing.instrument.items_in(channel) if item.is_put and item.kind is ItemKind.CHOICE]
    return tuple(_question(standing, code, item, language) for item in put if item.key != column)


def _question(standing: Standing, code: str, item: Item, language: str) -> OtherQuestion:
    counts = standing.own_counts(item.id, code)
    enough = counts.n >= standing.instrument.thresholds.publish
    chosen = [(option.label.in_language(language), counts.of(option.code)) for option in item.options]
    return OtherQuestion(
        id=item.id.replace(".", "-"),
        name=item.name.in_language(language),
        wording=item.wording.in_language(language),
        n=numbers.count(counts.n, language),
        options=tuple(
            Chosen(
                label,
                numbers.percent(100 * count / counts.n, 0, language),
                numbers.count(count, language),
                round(100 * count / counts.n),
            )
            for label, count in chosen
        )
        if enough
        else (),
    )
