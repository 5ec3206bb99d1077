"""The appendix per area: counts only, since six calls carry no percentage and no judgement."""

from __future__ import annotations

from lyhord.composition.cells import count_cell, number_column, text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.mystery.hours import ITEM, MEASURE, area_hours, mean_hours
from lyhord.composition.mystery.results import MysteryResults
from lyhord.composition.shares import best_first, counted_row, legend
from lyhord.instruments.definition import Option
from lyhord.method.suppression import counts_only
from lyhord.method.tally import OptionCounts
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import StackedRow, StackedShares
from lyhord.rendering.report import Block, Chart, Section, TableCell

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


def measured_areas(results: MysteryResults) -> tuple[Option, ...]:
    """The areas with any counted call or letter, in the instrument's order."""
    breakdown = results.instrument.breakdown(AREA)
    return tuple(
        area
        for area in (breakdown.values if breakdown else ())
        if any(results.cases(channel, area.code) for channel in results.channels)
    )


def areas_section(draft: Draft, results: MysteryResults) -> Section | None:
    """A chart of counts per area for every factor, and the table of hours."""
    areas = measured_areas(results)
    if not areas:
        return None
    most = max(results.cases(channel, area.code) for channel in results.channels for area in areas)
    few = counts_only(results.instrument, AREA, most)
    lead = draft.lead("areas.lead" if few else "areas.lead_plain", most=most)
    parts = []
    for channel in results.channels:
        blocks = _factors(draft, results, channel, areas)
        name = results.instrument.channel(channel).name.in_language(draft.language)
        parts.append(Section(f"verksamheter-{channel}", name, tuple(blocks)))
    return Section("bilaga-verksamheter", draft.prose("areas.title"), (lead,), tuple(parts), new_page=True)


def _factors(draft: Draft, results: MysteryResults, channel: str, areas: tuple[Option, ...]) -> list[Block]:
    blocks: list[Block] = []
    for item in FACTORS:
        asked = any(results.counts(item, area.code).n for area in areas)
        if asked and results.instrument.item(item).channel == channel:
            blocks.append(_chart(draft, results, item, areas))
        if item == ITEM and channel == results.instrument.item(ITEM).channel:
            blocks += _hours(draft, results, areas)
    return blocks


def _chart(draft: Draft, results: MysteryResults, item_id: str, areas: tuple[Option, ...]) -> Chart:
    item = results.instrument.item(item_id)
    codes = best_first(item)
    rows = tuple(_row(draft, results.counts(item_id, area.code), area, codes) for area in areas)
    name = item.name.in_language(draft.language)
    key = legend(results.instrument, item_id, draft.language)
    spec = StackedShares(draft.prose("areas.chart_title", item=name), "", key, rows, unit="")
    note = draft.prose("areas.chart_note")
    if any(results.counts(item_id, code).n for code in _outside(results)):
        note = f"{note} {draft.prose('areas.outside_note', outside=outside_names(draft, results))}"
    return draft.chart(spec, note)


def _row(draft: Draft, counts: OptionCounts, area: Option, codes: tuple[str, ...]) -> StackedRow:
    """A bar that carries counts however many cases there are: its length alone says the share."""
    label = area.label.in_language(draft.language)
    if not counts.n:
        return StackedRow(label, (), 0, note=draft.prose("areas.none"))
    return counted_row(label, counts, codes)


def _hours(draft: Draft, results: MysteryResults, areas: tuple[Option, ...]) -> list[Block]:
    names = {area.code: area.label.in_language(draft.language) for area in areas}
    decimals = results.instrument.measure(MEASURE).decimals
    rows = [
        [
            text_cell(names[code]),
            TableCell(numbers.decimal(mean_hours(duration), decimals, draft.language), mean_hours(duration)),
            count_cell(duration.n, draft.language),
        ]
        for code, duration in area_hours(results)
    ]
    if not rows:
        return []
    columns = [
        text_column(draft.prose("unanswered.area"), 3),
        number_column(draft.prose("areas.hours_value"), 0, 1),
        number_column(draft.prose("areas.hours_letters"), 0, 1),
    ]
    return [draft.table(draft.prose("areas.hours_title"), columns, rows, draft.prose("areas.hours_note"))]


def _outside(results: MysteryResults) -> tuple[str, ...]:
    breakdown = results.instrument.breakdown(AREA)
    return tuple(breakdown.outside_total) if breakdown else ()


def outside_n(results: MysteryResults, item: str) -> int:
    """How many counted cases lie in areas outside the total."""
    return sum(results.counts(item, code).n for code in _outside(results))


def outside_names(draft: Draft, results: MysteryResults) -> str:
    """The areas outside the total, as a running list."""
    breakdown = results.instrument.breakdown(AREA)
    outside = [
        v.label.in_language(draft.language)
        for v in (breakdown.values if breakdown else ())
        if v.code in _outside(results)
    ]
    return draft.prose.joined(outside)
