"""What surrounds the results: summary, background, method, KKiK's measures and how the figures were made."""

from __future__ import annotations

from lyhord.composition.cells import (
    count_cell,
    figure_cell,
    interval_text,
    number_column,
    text_cell,
    text_column,
)
from lyhord.composition.draft import Draft
from lyhord.composition.mystery.areas import AREA, outside_names
from lyhord.composition.mystery.factors import KKIK, headline_measures
from lyhord.composition.mystery.results import MysteryResults, measure_text, shown_interval, shown_value
from lyhord.instruments.definition import Measure, MeasureKind
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import DotsWithIntervals, IntervalRow, Mark, Tone
from lyhord.rendering.report import (
    Align,
    Block,
    Bullets,
    Chart,
    Column,
    Judgement,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    TableCell,
)

TILES = ("tel.kontakt.andel", "tel.matt3", "epost.matt1", "epost.merinformation.andel")


def summary_section(draft: Draft, results: MysteryResults) -> Section:
    """Tiles, the overview chart, and what the measurement shows."""
    lead = draft.lead(
        "summary.lead",
        period=numbers.period(results.material.started, results.material.ended, draft.language),
        organisation=results.municipality.formal_name,
    )
    tiles = tuple(_tile(draft, results, results.instrument.measure(measure_id)) for measure_id in TILES)
    judged = tuple(
        Judgement(f"{_name(draft, measure)}: {_lower_first(reference.sentence)}", reference.ruling.rule, (figure,))
        for measure in results.instrument.measures
        if (figure := results.figures[measure.id]).value is not None
        for reference in results.references.get(measure.id, ())
        if reference.kind == "group" and reference.ruling is not None
    )
    inner = (Section("det-har-visar", draft.prose("summary.judgements_title"), judged),) if judged else ()
    blocks: tuple[Block, ...] = (lead, KeyFigures(tiles), _overview_chart(draft, results))
    return Section("sammanfattning", draft.prose("summary.title"), blocks, inner, new_page=True)


def _name(draft: Draft, measure: Measure) -> str:
    return measure.name.in_language(draft.language)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _tile(draft: Draft, results: MysteryResults, measure: Measure) -> KeyFigure:
    figure = results.figures[measure.id]
    group = results.group(measure.id)
    comparison = ""
    if group is not None:
        value = measure_text(measure, group.figure.value, draft.language)
        comparison = draft.prose("summary.tile_group", group=group.figure.label, value=value)
    interval = shown_interval(results, measure.id, draft.language)
    key = "summary.tile_index" if measure.kind is MeasureKind.INDEX else "summary.tile_share"
    note = draft.prose(key, counted=figure.counted or 0, n=figure.n or 0, interval=interval)
    return KeyFigure(_name(draft, measure), shown_value(results, measure.id, draft.language), comparison, note, figure)


def _overview_chart(draft: Draft, results: MysteryResults) -> Chart:
    rows = []
    measures = headline_measures(results)
    for measure in measures:
        figure = results.figures[measure.id]
        own = Mark(results.municipality.formal_name, figure.value, figure.n, figure.low, figure.high, Tone.OWN)
        group = results.group(measure.id)
        others = (Mark(group.figure.label, group.figure.value, tone=Tone.GROUP),) if group else ()
        rows.append(IntervalRow(_name(draft, measure), own, others))
    spec = DotsWithIntervals(draft.prose("summary.chart_title"), "", tuple(rows), "%", 0)
    figures = [results.figures[measure.id] for measure in measures]
    return draft.chart(spec, draft.prose("summary.chart_note"), figures)


def about_section(draft: Draft, results: MysteryResults) -> Section:
    """Background, method with numbers of calls and letters, what was left out, and what is compared with."""
    working_day = results.instrument.working_day
    lines = list(
        draft.prose.lines(
            "about.method",
            calls=results.counts("tel.kontakt").n,
            letters=results.counts("epost.svarstid").n,
            calls_outside=outside_n(results, "tel.kontakt"),
            letters_outside=outside_n(results, "epost.svarstid"),
            outside=_lower_first(outside_names(draft, results)),
            opens=_hour(working_day.opens if working_day else "08:00"),
            closes=_hour(working_day.closes if working_day else "17:00"),
        )
    )
    lines += _excluded(draft, results)
    parts = (
        Section(
            "bakgrund",
            draft.prose("about.background_title"),
            (draft.body("about.background"), draft.body("about.background_more")),
        ),
        Section("metod", draft.prose("about.method_title"), (Bullets(tuple(lines)),)),
        Section("jamforelser", draft.prose("about.comparison_title"), (_comparisons(draft, results),)),
    )
    return Section("om-matningen", draft.prose("about.title"), (), parts, new_page=True)


def _hour(clock: str) -> str:
    """``08:00`` as people say it: ``8``."""
    hour, minute = clock.split(":")
    return str(int(hour)) if minute == "00" else f"{int(hour)}.{minute}"


def outside_n(results: MysteryResults, item: str) -> int:
    """How many counted cases lie in areas outside the total."""
    breakdown = results.instrument.breakdown(AREA)
    return sum(results.counts(item, code).n for code in (breakdown.outside_total if breakdown else ()))


def _excluded(draft: Draft, results: MysteryResults) -> list[str]:
    lines = []
    for channel in results.instrument.channels:
        flow = results.material.counts.flow(results.material.round_id, results.code, channel.id)
        if flow is None or not flow.excluded:
            continue
        reasons = draft.prose.joined([f"{reason} ({count})" for reason, count in flow.excluded])
        count = sum(number for _, number in flow.excluded)
        name = channel.name.in_language(draft.language)
        lines.append(f"{name}: {_lower_first(draft.prose('about.excluded', count=count, reasons=reasons))}")
    return lines


def _comparisons(draft: Draft, results: MysteryResults) -> Block:
    sources = dict.fromkeys(r.figure.source for each in results.references.values() for r in each)
    if not sources:
        return draft.body("about.comparison_none")
    return draft.body("about.comparison", source=draft.prose.joined(list(sources)))


def kkik_section(draft: Draft, results: MysteryResults) -> Section:
    """Mått 1–3 in one table."""
    measures = sorted((results.instrument.measure(each) for each in KKIK), key=lambda measure: KKIK[measure.id])
    rows = [
        [
            text_cell(_name(draft, measure)),
            _value_cell(draft, results, measure),
            text_cell(shown_interval(results, measure.id, draft.language)),
            count_cell(results.figures[measure.id].n, draft.language),
            text_cell(results.figures[measure.id].base),
        ]
        for measure in measures
    ]
    columns = [
        text_column(draft.prose("words.measure"), 2.6),
        number_column(draft.prose("words.value"), 0, 1),
        Column(draft.prose("words.interval"), Align.END, "", 1.2),
        number_column(draft.prose("words.n"), 0, 0.9),
        text_column(draft.prose("words.base"), 2.6),
    ]
    table = draft.table(draft.prose("kkik.table_title"), columns, rows, draft.prose("kkik.table_note"))
    return Section("kkik", draft.prose("kkik.title"), (table,))


def _value_cell(draft: Draft, results: MysteryResults, measure: Measure) -> TableCell:
    """One's own figure with its unit, Mått 3 as percent of the maximum."""
    figure = results.figures[measure.id]
    if figure.value is None:
        return figure_cell(figure, draft.language, withheld=draft.prose("words.too_few"))
    return TableCell(shown_value(results, measure.id, draft.language), figure.value, figure)


def method_section(draft: Draft, results: MysteryResults) -> Section:
    """How the figures were made, the figures themselves, and the instrument's assumptions."""
    day = results.instrument.working_day
    figure = results.figures["tel.kontakt.andel"]
    margin = (figure.high - figure.low) / 2 if figure.low is not None and figure.high is not None else None
    opens = _hour(day.opens if day else "08:00")
    texts = [
        draft.prose("method.rounding"),
        draft.prose("method.interval"),
        draft.prose("method.small", n=figure.n or 0, margin=numbers.decimal(margin, 0, draft.language)),
        draft.prose("method.matt3"),
        draft.prose("method.working_time", opens=opens, hours=_day_length(results)),
    ]
    if results.material.fictitious:
        texts.insert(0, draft.prose("fictitious.note"))
    inner = [Section("talen", draft.prose("method.figures_title"), (_figures_table(draft, results),))]
    if results.instrument.assumptions and draft.language == "sv":
        inner.append(_assumptions(draft, results))
    blocks = tuple(Paragraph(text) for text in texts)
    return Section("sa-har-vi-raknat", draft.prose("method.title_mystery"), blocks, tuple(inner), new_page=True)


def _day_length(results: MysteryResults) -> int:
    day = results.instrument.working_day
    opens, closes = (day.opens, day.closes) if day else ("08:00", "17:00")
    return int(closes[:2]) - int(opens[:2])


def _figures_table(draft: Draft, results: MysteryResults) -> Table:
    rows = [
        [
            text_cell(_name(draft, measure)),
            _value_cell(draft, results, measure),
            text_cell(interval_text(results.figures[measure.id], draft.language)),
            count_cell(results.figures[measure.id].n, draft.language),
            text_cell(results.figures[measure.id].base),
            text_cell(results.figures[measure.id].rule),
        ]
        for measure in results.instrument.measures
    ]
    columns = [
        text_column(draft.prose("words.measure"), 2.4),
        number_column(draft.prose("words.value"), 0, 1),
        Column(draft.prose("words.interval"), Align.END, "", 1.2),
        number_column(draft.prose("words.n"), 0, 0.8),
        text_column(draft.prose("words.base"), 2.2),
        text_column(draft.prose("words.rule"), 1.4),
    ]
    return draft.table(draft.prose("method.figures_title"), columns, rows, draft.prose("method.figures_note"))


def _assumptions(draft: Draft, results: MysteryResults) -> Section:
    """Only in Swedish: the instrument states its assumptions in the language of its sources."""
    lines = tuple(
        f"{_upper_first(assumption.value)}. {assumption.reason}" for assumption in results.instrument.assumptions
    )
    blocks = (draft.body("method.assumptions_lead"), Bullets(lines))
    return Section("antaganden", draft.prose("method.assumptions_title"), blocks)


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
