"""KKiK's three measures: each standing alone at its factor, and all together in one table."""

from __future__ import annotations

from lyhord.composition.cells import count_cell, figure_cell, number_column, text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.mystery.results import MysteryResults, measure_text, shown_interval, shown_value
from lyhord.instruments.definition import Measure, MeasureKind
from lyhord.rendering import numbers
from lyhord.rendering.report import Align, Callout, Column, Section, TableCell

POINTS_FOR_BEST = 3  # KKiK's Mått 3: mycket god gives three points
KKIK = ("epost.matt1", "tel.matt2", "tel.matt3")  # in KKiK's order


def kkik_callouts(draft: Draft, results: MysteryResults, measure_id: str) -> list[Callout]:
    """One measure standing alone, with what it rests on; nothing where it is withheld."""
    figure = results.figures[measure_id]
    if figure.value is None:
        return []
    measure = results.instrument.measure(measure_id)
    interval = shown_interval(results, measure_id, draft.language)
    if measure.kind is MeasureKind.INDEX:
        points, most = _points(results, measure)
        rests_on = draft.prose("kkik.index_note", points=points, most=most, n=figure.n or 0, interval=interval)
    else:
        rests_on = draft.prose("kkik.share_note", counted=figure.counted or 0, n=figure.n or 0, interval=interval)
    note = f"{rests_on} {_rounding_note(draft, results, measure)}".strip()
    return [Callout(_name(draft, measure), shown_value(results, measure_id, draft.language), note, figure)]


def _points(results: MysteryResults, measure: Measure) -> tuple[int, int]:
    """KKiK's point sum and the most possible: options worth 100 give three points."""
    item = results.instrument.item(measure.item)
    counts = results.counts(item.id)
    worth = sum((option.points or 0) * counts.of(option.code) for option in item.options)
    return round(worth * POINTS_FOR_BEST / 100), counts.n * POINTS_FOR_BEST


def _rounding_note(draft: Draft, results: MysteryResults, measure: Measure) -> str:
    """Says so where adding rounded parts would give another figure than the one counted."""
    if measure.kind is not MeasureKind.SHARE or len(measure.counted) < 2:
        return ""
    counts = results.counts(measure.item)
    parts = [numbers.decimal(100 * counts.of(code) / counts.n, 0, draft.language) for code in measure.counted]
    whole = float(sum(int(part) for part in parts))
    shown = measure_text(measure, whole, draft.language)
    if shown == shown_value(results, measure.id, draft.language):
        return ""
    return draft.prose("kkik.rounding_note", parts=" + ".join(parts), sum=shown)


def kkik_section(draft: Draft, results: MysteryResults) -> Section:
    """The measures of the channels that were measured, in one table."""
    measures = [results.instrument.measure(each) for each in KKIK]
    rows = [
        [
            text_cell(_name(draft, measure)),
            value_cell(draft, results, measure),
            text_cell(shown_interval(results, measure.id, draft.language)),
            count_cell(results.figures[measure.id].n, draft.language),
            text_cell(results.figures[measure.id].base),
        ]
        for measure in measures
        if results.instrument.item(measure.item).channel in results.channels
    ]
    columns = [
        text_column(draft.prose("words.measure"), 2.8),
        number_column(draft.prose("words.value"), 0, 1),
        Column(draft.prose("words.interval"), Align.END, "", 1.2),
        number_column(draft.prose("kkik.cases"), 0, 0.9),
        text_column(draft.prose("words.base"), 2.8),
    ]
    table = draft.table(draft.prose("kkik.table_title"), columns, rows, draft.prose("kkik.table_note"))
    return Section("kkik", draft.prose("kkik.title"), (table,))


def value_cell(draft: Draft, results: MysteryResults, measure: Measure) -> TableCell:
    """One's own figure with its unit, Mått 3 as percent of the maximum."""
    figure = results.figures[measure.id]
    if figure.value is None:
        return figure_cell(figure, draft.language, withheld=draft.prose("words.too_few"))
    return TableCell(shown_value(results, measure.id, draft.language), figure.value, figure)


def _name(draft: Draft, measure: Measure) -> str:
    return measure.name.in_language(draft.language)
