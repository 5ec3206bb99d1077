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


def next_steps(draft: Draft) -> Section:
    """What to do with the result, with one's own means."""
    return Section(
        "nasta-steg",
        draft.prose("next.title"),
        (draft.lead("next.lead"), Bullets(draft.prose.lines("next.steps"))),
        new_page=True,
    )


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
    return Section("sa-lases-kommentarerna", title, (Bullets(lines), table), new_page=True)


def method_appendix(draft: Draft, standing: Standing, own: OwnStanding | None) -> Section:
    """How the figures were made; for one municipality also the figures themselves and its Kolada rows."""
    limits = standing.instrument.thresholds
    texts = [
        draft.prose("appendix.index"),
        draft.prose("method.rounding"),
        draft.prose("method.interval"),
        draft.prose("appendix.response"),
        draft.prose("method.total", external=limits.external),
        draft.prose("method.comparison"),
        draft.prose("method.ranking", compare=limits.compare),
        draft.prose("method.suppression", publish=limits.publish),
    ]
    if standing.material.fictitious:
        texts.insert(0, draft.prose("fictitious.note"))
    inner: list[Section] = []
    if own is not None:
        inner.append(_kolada_section(draft, standing, own))
        inner.append(Section("talen", draft.prose("appendix.figures_title"), (_figures_table(draft, standing, own),)))
    title = draft.prose("appendix.method_title")
    return Section("sa-har-vi-raknat", title, tuple(Paragraph(text) for text in texts), tuple(inner), new_page=True)


def _figures_table(draft: Draft, standing: Standing, own: OwnStanding) -> Table:
    rows = [
        [
            text_cell(standing.instrument.measure(figure.measure).name.in_language(draft.language)),
            text_cell(_channel_of(draft, standing, figure)),
            figure_cell(figure, draft.language, withheld=draft.prose("words.too_few")),
            text_cell(interval_text(figure, draft.language)),
            count_cell(figure.n, draft.language),
            text_cell(figure.base),
            text_cell(figure.rule),
        ]
        for figure in own_figures(draft, standing, own)
        if figure.n
    ]
    columns = [
        text_column(draft.prose("words.measure"), 2),
        text_column(draft.prose("words.channel"), 1),
        number_column(draft.prose("words.value"), 1, 1),
        Column(draft.prose("words.interval"), Align.END, "", 1.4),
        number_column(draft.prose("words.n"), width=0.8),
        text_column(draft.prose("words.base"), 2.4),
        text_column(draft.prose("words.rule"), 1.3),
    ]
    return draft.table(draft.prose("appendix.figures_title"), columns, rows, draft.prose("method.figures_note"))


def _channel_of(draft: Draft, standing: Standing, figure: Figure) -> str:
    channel = standing.instrument.item(standing.instrument.measure(figure.measure).item).channel
    return standing.channel_title(channel, draft.language)


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
    names = {m.kolada_id: _kolada_name(draft, standing, m) for m in standing.instrument.measures if m.kolada_id}
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


def _kolada_name(draft: Draft, standing: Standing, measure: Measure) -> str:
    """The measure's name, with its channel where the name alone could be either's: "Enkelhet, e-post"."""
    if measure.kind is MeasureKind.INDEX:
        return standing.label(measure, draft.language)
    return measure.name.in_language(draft.language)


def _kolada_value(row: KoladaRow, whole: frozenset[str | None], language: str) -> TableCell:
    return TableCell(numbers.decimal(row.value, 0 if row.kpi in whole else 1, language), row.value)
