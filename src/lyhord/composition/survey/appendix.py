"""The last sections: next steps, how comments are read, how the figures were made, and the rows for Kolada."""

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
from lyhord.composition.own_standing import OwnStanding
from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Measure, MeasureKind
from lyhord.method.figures import Figure
from lyhord.method.measures import measure_figure
from lyhord.method.rounding import round_half_away
from lyhord.rendering import numbers
from lyhord.rendering.report import Align, Block, Bullets, Column, KoladaRow, Paragraph, Section, Table, TableCell


def next_steps(draft: Draft, standing: Standing) -> Section:
    """What to do with the result, with one's own means."""
    steps = draft.prose.lines("next.steps")
    if not standing.alone:
        steps = (*steps, draft.prose("next.compare"))
    return Section("nasta-steg", draft.prose("next.title"), (draft.lead("next.lead"), Bullets(steps)))


def comments_appendix(draft: Draft, standing: Standing) -> Section | None:
    """How comments are read, and the themes with example words."""
    breakdown = standing.instrument.breakdown("theme")
    if breakdown is None or not standing.comments_total():
        return None
    lines = draft.prose.lines(
        "appendix.comments",
        n=numbers.count(standing.comments_total(), draft.language),
        comments=standing.instrument.thresholds.comments,
    )
    rows = [
        [text_cell(theme.label.in_language(draft.language)), text_cell(draft.prose(f"theme_words.{theme.code}"))]
        for theme in breakdown.values
        if draft.prose.has(f"theme_words.{theme.code}")
    ]
    columns = [
        text_column(draft.prose("comments.table_theme"), 1),
        text_column(draft.prose("appendix.themes_words"), 3),
    ]
    table = draft.table(draft.prose("appendix.themes_title"), columns, rows)
    title = draft.prose("appendix.comments_title")
    return Section("sa-lases-kommentarerna", title, (Bullets(lines), table))


def method_appendix(draft: Draft, standing: Standing, own: OwnStanding | None) -> Section:
    """How the figures were made; for one municipality also the figures themselves and its Kolada rows."""
    texts = _method_texts(draft, standing, own)
    inner: list[Section] = []
    if own is not None:
        inner.append(_kolada_section(draft, standing, own))
        inner.append(Section("talen", draft.prose("appendix.figures_title"), (_figures_table(draft, standing, own),)))
    title = draft.prose("appendix.method_title")
    return Section("sa-har-vi-raknat", title, tuple(Paragraph(text) for text in texts), tuple(inner))


def _method_texts(draft: Draft, standing: Standing, own: OwnStanding | None) -> list[str]:
    """The paragraphs on method; those on totals and ranks only where the report has such."""
    limits = standing.instrument.thresholds
    texts = [draft.prose("fictitious.note")] if standing.material.fictitious else []
    texts += [draft.prose("appendix.index"), draft.prose("method.rounding")]
    texts.append(" ".join([draft.prose("method.interval"), *_response(draft, standing, own)]))
    if not standing.alone:
        texts += [draft.prose("method.total", external=limits.external), draft.prose("method.comparison")]
    if any(standing.ranks[measure.id] for measure in standing.headline):
        texts.append(draft.prose("method.ranking", compare=limits.compare))
    sums = [] if standing.alone else [draft.prose("method.sums")]
    texts.append(" ".join([draft.prose("method.suppression", publish=limits.publish), *sums]))
    return texts


def _response(draft: Draft, standing: Standing, own: OwnStanding | None) -> list[str]:
    """How many of those asked answered, where it is known; the interval is silent on the others."""
    flows = [standing.own_flow(own.code, c) for c in standing.taking_part(own.code)] if own else []
    flows = flows or [standing.total_flow(channel.id) for channel in standing.instrument.channels]
    known = [(flow.invited, flow.answered) for flow in flows if flow.invited and flow.answered is not None]
    invited = sum(each[0] for each in known)
    if not invited:
        return []
    rate = numbers.percent(100 * sum(each[1] for each in known) / invited, 0, draft.language)
    return [draft.prose("appendix.response", rate=rate)]


def _figures_table(draft: Draft, standing: Standing, own: OwnStanding) -> Table:
    rows = [
        [
            text_cell(_own_name(draft, standing, standing.instrument.measure(figure.measure))),
            figure_cell(figure, draft.language, withheld=draft.prose("words.too_few")),
            text_cell(interval_text(figure, draft.language)),
            count_cell(figure.n, draft.language),
            text_cell(figure.base),
        ]
        for figure in own_figures(draft, standing, own)
        if figure.n
    ]
    columns = [
        text_column(draft.prose("words.measure"), 2.8),
        number_column(draft.prose("words.value"), 1, 1.1),
        Column(draft.prose("words.interval"), Align.END, "", 1.3),
        number_column(draft.prose("words.n"), width=0.9),
        text_column(draft.prose("words.base"), 4.2),
    ]
    return draft.table(draft.prose("appendix.figures_title"), columns, rows, draft.prose("method.figures_note"))


def own_figures(draft: Draft, standing: Standing, own: OwnStanding) -> tuple[Figure, ...]:
    """Every undivided measure of the instrument for one municipality."""
    return tuple(
        measure_figure(
            measure, standing.instrument, standing.own_counts(measure.item, own.code), language=draft.language
        )
        for measure in standing.instrument.measures
        if measure.kind is not MeasureKind.MEAN_HOURS
    )


def kolada_rows(standing: Standing, municipality: str, language: str) -> tuple[KoladaRow, ...]:
    """The KPI rows of one municipality: indices and counts of channels with at least ``external`` answers."""
    rows = []
    for measure in standing.instrument.measures:
        if measure.kolada_id is None:
            continue
        counts = standing.own_counts(measure.item, municipality)
        figure = measure_figure(measure, standing.instrument, counts, language=language)
        if figure.value is None or (figure.n or 0) < standing.instrument.thresholds.external:
            continue
        decimals = 0 if measure.kind is MeasureKind.COUNT else measure.decimals
        value = float(round_half_away(figure.value, decimals))
        rows.append(
            KoladaRow(measure.kolada_id, municipality, standing.instrument.year, "T", value, measure.kolada_definition)
        )
    return tuple(rows)


def _kolada_section(draft: Draft, standing: Standing, own: OwnStanding) -> Section:
    external = standing.instrument.thresholds.external
    rows = kolada_rows(standing, own.code, draft.language)
    title = draft.prose("appendix.kolada_title")
    if not rows:
        return Section("kolada", title, (draft.body("appendix.kolada_none", external=external),))
    names = {m.kolada_id: _own_name(draft, standing, m) for m in standing.instrument.measures if m.kolada_id}
    whole = frozenset(m.kolada_id for m in standing.instrument.measures if m.kind is MeasureKind.COUNT)
    columns = [
        text_column(draft.prose("appendix.kolada_kpi"), 1),
        text_column(draft.prose("appendix.kolada_name"), 3),
        number_column(draft.prose("words.value"), 1, 1),
    ]
    cells = [[text_cell(row.kpi), text_cell(names[row.kpi]), _kolada_value(row, whole, draft.language)] for row in rows]
    note = draft.prose("appendix.kolada_note", external=external)
    block: Block = draft.table(title, columns, cells, note)
    return Section("kolada", title, (block,))


def _own_name(draft: Draft, standing: Standing, measure: Measure) -> str:
    """The measure's name, with its channel where the name alone could be either's: "Enkelhet, e-post"."""
    if measure.kind is MeasureKind.INDEX:
        return standing.label(measure, draft.language)
    return measure.name.in_language(draft.language)


def _kolada_value(row: KoladaRow, whole: frozenset[str | None], language: str) -> TableCell:
    return TableCell(numbers.decimal(row.value, 0 if row.kpi in whole else 1, language), row.value)
