"""The summary: tiles, the overview chart, what the measurement shows, and KKiK's measures."""

from __future__ import annotations

from lyhord.composition.draft import Draft
from lyhord.composition.mystery.areas import measured_areas
from lyhord.composition.mystery.beside import upper_first
from lyhord.composition.mystery.factors import headline_measures
from lyhord.composition.mystery.kkik import kkik_section
from lyhord.composition.mystery.results import MysteryResults, measure_text, shown_interval, shown_value
from lyhord.instruments.definition import Measure, MeasureKind
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import DotsWithIntervals, IntervalRow, Mark, Tone
from lyhord.rendering.report import Block, Judgement, KeyFigure, KeyFigures, Section

TILES = ("tel.kontakt.andel", "tel.matt3", "epost.matt1", "epost.merinformation.andel")


def summary_section(draft: Draft, results: MysteryResults) -> Section:
    """Lead, tiles and chart; then the judgements against the group, and KKiK's table."""
    blocks: list[Block] = [_lead(draft, results)]
    measures = (results.instrument.measure(each) for each in TILES)
    tiles = tuple(_tile(draft, results, each) for each in measures if results.figures[each.id].value is not None)
    if tiles:
        blocks.append(KeyFigures(tiles))
    blocks += _overview_charts(draft, results)
    judged = tuple(_judgements(results))
    inner = [Section("det-har-visar", draft.prose("summary.judgements_title"), judged)] if judged else []
    inner.append(kkik_section(draft, results))
    return Section("sammanfattning", draft.prose("summary.title"), tuple(blocks), tuple(inner), new_page=True)


def _lead(draft: Draft, results: MysteryResults) -> Block:
    key = "summary.lead" if len(results.channels) > 1 else f"summary.lead_{results.channels[0]}"
    return draft.lead(
        key,
        period=numbers.period(results.material.started, results.material.ended, draft.language),
        organisation=results.municipality.formal_name,
        areas=len(measured_areas(results)),
    )


def _judgements(results: MysteryResults) -> list[Judgement]:
    return [
        Judgement(reference.summary, reference.ruling.rule, (results.figures[measure.id],))
        for measure in results.instrument.measures
        for reference in results.references.get(measure.id, ())
        if reference.kind == "group" and reference.ruling is not None
    ]


def _name(draft: Draft, measure: Measure) -> str:
    return measure.name.in_language(draft.language)


def _tile(draft: Draft, results: MysteryResults, measure: Measure) -> KeyFigure:
    figure = results.figures[measure.id]
    group = results.group(measure.id)
    comparison = ""
    if group is not None:
        value = measure_text(measure, group.figure.value, draft.language)
        comparison = draft.prose("summary.tile_group", group=upper_first(group.figure.label), value=value)
    interval = shown_interval(results, measure.id, draft.language)
    key = "summary.tile_index" if measure.kind is MeasureKind.INDEX else "summary.tile_share"
    note = draft.prose(key, counted=figure.counted or 0, n=figure.n or 0, interval=interval)
    return KeyFigure(_name(draft, measure), shown_value(results, measure.id, draft.language), comparison, note, figure)


def _overview_charts(draft: Draft, results: MysteryResults) -> list[Block]:
    measures = headline_measures(results)
    if not measures:
        return []
    rows = []
    for measure in measures:
        figure = results.figures[measure.id]
        own = Mark(results.municipality.formal_name, figure.value, figure.n, figure.low, figure.high, Tone.OWN)
        group = results.group(measure.id)
        label = upper_first(group.figure.label) if group else ""
        others = (Mark(label, group.figure.value, tone=Tone.GROUP),) if group else ()
        rows.append(IntervalRow(_name(draft, measure), own, others))
    note = draft.prose("summary.chart_note")
    if any(row.others for row in rows):
        note = f"{note} {draft.prose('summary.chart_note_group')}"
    spec = DotsWithIntervals(draft.prose("summary.chart_title"), "", tuple(rows), "%", 0)
    return [draft.chart(spec, note, [results.figures[measure.id] for measure in measures])]
