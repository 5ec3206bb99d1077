"""How far two people who graded the same contacts agree, factor by factor."""

from __future__ import annotations

from lyhord.composition.cells import count_cell, number_column, text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.mystery.results import MysteryResults
from lyhord.method.agreement import Agreement, Undefined
from lyhord.rendering import numbers
from lyhord.rendering.report import Align, Column, Section

DECIMALS = 2


def agreement_sections(draft: Draft, results: MysteryResults) -> list[Section]:
    """A table of kappa with its interval; none where nothing was graded twice."""
    found = results.material.agreement
    items = [item for item in results.instrument.items if item.id in found]
    if not items:
        return []
    rows = [
        [
            text_cell(item.name.in_language(draft.language)),
            text_cell(_value(draft, found[item.id])),
            text_cell(_interval(draft, found[item.id])),
            count_cell(found[item.id].n, draft.language),
            text_cell(_equal(draft, found[item.id])),
        ]
        for item in items
    ]
    columns = [
        text_column(draft.prose("agreement.factor"), 2.4),
        Column(draft.prose("agreement.kappa"), Align.END, "", 1),
        Column(draft.prose("words.interval"), Align.END, "", 1.4),
        number_column(draft.prose("agreement.contacts"), 0, 1),
        Column(draft.prose("agreement.near"), Align.END, "", 1),
    ]
    title = draft.prose("agreement.title")
    table = draft.table(title, columns, rows, draft.prose("agreement.note"))
    return [Section("samstammighet", title, (draft.body("agreement.lead"), table))]


def _value(draft: Draft, found: Agreement) -> str:
    if found.undefined is Undefined.NO_VARIATION:
        return draft.prose("agreement.no_variation")
    return numbers.decimal(found.value, DECIMALS, draft.language)


def _interval(draft: Draft, found: Agreement) -> str:
    if found.low is None or found.high is None:
        return "–"
    return numbers.interval(found.low, found.high, DECIMALS, draft.language)


def _equal(draft: Draft, found: Agreement) -> str:
    return "–" if found.observed is None else numbers.percent(100 * found.observed, 0, draft.language)
