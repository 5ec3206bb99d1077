"""How the figures were made: the rules in words, every figure, and the assumptions behind them."""

from __future__ import annotations

from lyhord.composition.cells import count_cell, interval_text, number_column, text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.mystery.about import clock_hours
from lyhord.composition.mystery.agreeing import agreement_sections
from lyhord.composition.mystery.beside import upper_first
from lyhord.composition.mystery.kkik import value_cell
from lyhord.composition.mystery.results import MysteryResults
from lyhord.instruments.definition import Assumption, MeasureKind
from lyhord.rendering import numbers
from lyhord.rendering.report import Align, Bullets, Column, Paragraph, Section, Table

LARGEST_BASES = ("tel.kontakt.andel", "epost.matt1")


def method_section(draft: Draft, results: MysteryResults) -> Section:
    """How the figures were made, the figures themselves, and the assumptions that they rest on."""
    opens, _ = clock_hours(results)
    texts = [draft.prose("fictitious.note")] if results.material.fictitious else []
    texts += [draft.prose("method.rounding"), draft.prose("method.interval_mystery"), *_small(draft, results)]
    if results.figures["tel.matt3"].value is not None:
        texts.append(draft.prose("method.matt3"))
    if "epost" in results.channels:
        texts.append(draft.prose("method.working_time", opens=opens, hours=_day_length(results)))
    inner = [Section("talen", draft.prose("method.figures_title"), (_figures_table(draft, results),))]
    inner += agreement_sections(draft, results)
    if draft.language == "sv":
        inner += _assumptions(draft, results)
    blocks = tuple(Paragraph(text) for text in texts)
    return Section("sa-har-vi-raknat", draft.prose("method.title_mystery"), blocks, tuple(inner), new_page=True)


def _small(draft: Draft, results: MysteryResults) -> list[str]:
    """How uncertain the figure with the largest base is."""
    for measure_id in LARGEST_BASES:
        figure = results.figures[measure_id]
        if figure.low is not None and figure.high is not None:
            margin = numbers.decimal((figure.high - figure.low) / 2, 0, draft.language)
            channel = results.instrument.item(results.instrument.measure(measure_id).item).channel
            cases = draft.prose(f"about.counted_{channel}", count=figure.n)
            return [draft.prose("method.small", cases=cases, margin=margin)]
    return []


def _day_length(results: MysteryResults) -> int:
    day = results.instrument.working_day
    opens, closes = (day.opens, day.closes) if day else ("08:00", "17:00")
    return int(closes[:2]) - int(opens[:2])


def _figures_table(draft: Draft, results: MysteryResults) -> Table:
    rows = [
        [
            text_cell(measure.name.in_language(draft.language)),
            value_cell(draft, results, measure),
            text_cell(interval_text(results.figures[measure.id], draft.language)),
            count_cell(results.figures[measure.id].n, draft.language),
            text_cell(results.figures[measure.id].base),
            text_cell(results.figures[measure.id].rule),
        ]
        for measure in results.instrument.measures
        if results.instrument.item(measure.item).channel in results.channels
    ]
    columns = [
        text_column(draft.prose("words.measure"), 2.3),
        number_column(draft.prose("words.value"), 0, 1.25),
        Column(draft.prose("words.interval"), Align.END, "", 1.2),
        number_column(draft.prose("kkik.cases"), 0, 0.8),
        text_column(draft.prose("words.base"), 2.7),
        text_column(draft.prose("words.rule"), 1.95),
    ]
    return draft.table(draft.prose("method.figures_title"), columns, rows, draft.prose("method.figures_note"))


def _assumptions(draft: Draft, results: MysteryResults) -> list[Section]:
    """Only in Swedish: the instrument states its assumptions in the language of its sources."""
    named = [(name, each) for each in results.instrument.assumptions if (name := _concerns(draft, results, each))]
    if not named:
        return []
    lines = tuple(f"{name}: {each.value}. {each.reason}" for name, each in named)
    rest = draft.note(
        "method.assumptions_rest", instrument=results.instrument.id, all=len(results.instrument.assumptions)
    )
    lead = draft.body("method.assumptions_lead", source=results.instrument.source.rstrip("."))
    title = draft.prose("method.assumptions_title")
    return [Section("antaganden", title, (lead, Bullets(lines), rest))]


def _concerns(draft: Draft, results: MysteryResults, assumption: Assumption) -> str:
    """What printed figure or sentence the assumption decides; empty where it decides none."""
    judged = any(each.ruling is not None for found in results.references.values() for each in found)
    for item in sorted(results.instrument.items, key=lambda item: -len(item.id)):
        if assumption.key.startswith(f"items.{item.id}."):
            return item.name.in_language(draft.language) if item.channel in results.channels else ""
    for measure in results.instrument.measures:
        if assumption.key == f"measures.{measure.id}.counted":
            shown = results.figures[measure.id].value is not None
            return measure.name.in_language(draft.language).partition(":")[0] if shown else ""
    if judged and assumption.key == f"measures.{MeasureKind.SHARE}.smallest_difference":
        return upper_first(draft.prose("method.judgements"))
    return ""
