"""The appendix per area: counts only, since six calls carry no percentage and no judgement."""

from __future__ import annotations

from lyhord.composition.cells import number_column, text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.mystery.hours import ITEM, MEASURE, area_hours, mean_hours
from lyhord.composition.mystery.results import MysteryResults
from lyhord.composition.shares import best_first, legend
from lyhord.instruments.definition import Option
from lyhord.method.suppression import counts_only
from lyhord.method.tally import OptionCounts
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import StackedRow, StackedShares
from lyhord.rendering.report import Chart, Section, Table, TableCell

AREA = "area"
FACTORS = (
    "tel.kontakt",
    "tel.svar",
    "tel.information",
    "tel.intresse",
    "tel.bemotande",
    ITEM,
    "epost.avsandare",
    "epost.merinformation",
)


def areas_section(draft: Draft, results: MysteryResults) -> Section | None:
    """A chart of counts per area for every factor, and the table of hours."""
    breakdown = results.instrument.breakdown(AREA)
    if breakdown is None or not any(results.counts("tel.kontakt", area.code).n for area in breakdown.values):
        return None
    parts = []
    for item in FACTORS:
        parts.append(_factor(draft, results, item, breakdown.values))
        if item == ITEM:
            parts.append(_hours(draft, results, breakdown.values))
    title = draft.prose("areas.title")
    return Section("bilaga-verksamheter", title, (draft.lead("areas.lead"),), tuple(parts), new_page=True)


def _factor(draft: Draft, results: MysteryResults, item: str, areas: tuple[Option, ...]) -> Section:
    name = results.instrument.item(item).name.in_language(draft.language)
    return Section(f"verksamheter-{item.replace('.', '-')}", name, (_chart(draft, results, item, areas),))


def _chart(draft: Draft, results: MysteryResults, item_id: str, areas: tuple[Option, ...]) -> Chart:
    item = results.instrument.item(item_id)
    codes = best_first(item)
    rows = []
    for area in areas:
        counts = results.counts(item_id, area.code)
        rows.append(_row(draft, results, area, counts, codes))
    name = item.name.in_language(draft.language)
    spec = StackedShares(
        draft.prose("areas.chart_title", item=name),
        "",
        legend(results.instrument, item_id, draft.language),
        tuple(rows),
        unit="",
    )
    return draft.chart(spec, draft.prose("areas.chart_note", outside=outside_names(draft, results)))


def _row(
    draft: Draft, results: MysteryResults, area: Option, counts: OptionCounts, codes: tuple[str, ...]
) -> StackedRow:
    label = area.label.in_language(draft.language)
    if not counts.n:
        return StackedRow(label, (), 0, note=draft.prose("words.not_asked"))
    shares = tuple(100 * counts.of(code) / counts.n for code in codes)
    few = counts_only(results.instrument, AREA, counts.n)
    # A segment's length still shows the share of six calls; the number printed in it is the count.
    return StackedRow(label, shares, counts.n, tuple(counts.of(code) for code in codes) if few else ())


def _hours(draft: Draft, results: MysteryResults, areas: tuple[Option, ...]) -> Section:
    names = {area.code: area.label.in_language(draft.language) for area in areas}
    decimals = results.instrument.measure(MEASURE).decimals
    rows = [
        [
            text_cell(names[code]),
            TableCell(
                f"{numbers.decimal(mean_hours(duration), decimals, draft.language)} ({duration.n})",
                mean_hours(duration),
            ),
        ]
        for code, duration in area_hours(results)
    ]
    columns = [text_column(draft.prose("unanswered.area"), 3), number_column(draft.prose("areas.hours_value"), 0, 1)]
    title = draft.prose("areas.hours_title")
    table: Table = draft.table(title, columns, rows, draft.prose("areas.hours_note"))
    return Section("verksamheter-timmar", draft.prose("factor.hours_heading"), (table,))


def outside_names(draft: Draft, results: MysteryResults) -> str:
    """The areas outside the total, as a running list."""
    breakdown = results.instrument.breakdown(AREA)
    if breakdown is None:
        return ""
    outside = [v.label.in_language(draft.language) for v in breakdown.values if v.code in breakdown.outside_total]
    return draft.prose.joined(outside)
