"""The national report of the citizen survey: for the coordinator and for everyone."""

from __future__ import annotations

from collections.abc import Sequence

from lyhord.composition import focus
from lyhord.composition.cells import figure_cell, number_column, text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.own_standing import capitalised
from lyhord.composition.prose import Prose
from lyhord.composition.standing import Standing
from lyhord.composition.survey.about import about_section, answers_by_channel
from lyhord.composition.survey.appendix import comments_appendix, kolada_rows, method_appendix
from lyhord.composition.survey.categories import category_section
from lyhord.composition.survey.comments import comments_section
from lyhord.composition.survey.overview import overview_section
from lyhord.composition.survey.own_results import rank_title, ranked_marks, total_mark
from lyhord.composition.survey.summary import national_summary
from lyhord.composition.survey.waiting import waiting_section
from lyhord.instruments.definition import Measure
from lyhord.method.comparison import printed_total
from lyhord.method.groups import CLUSTERS
from lyhord.rendering import numbers
from lyhord.rendering.alphabet import in_swedish_order
from lyhord.rendering.report import Chart, Column, Cover, KoladaRow, Report, Section, Table, TableCell

NATIONAL = "riket"


def national_report(standing: Standing, language: str = "sv") -> Report:
    """Compose the national report in one language."""
    draft = Draft(Prose("survey", language))
    material = standing.material
    return Report(
        id=f"{material.round_id}-{NATIONAL}-{language}",
        language=language,
        cover=_cover(draft, standing),
        sections=_sections(draft, standing),
        municipality=NATIONAL,
        instrument=material.instrument.id,
        round=material.round_id,
        issued=material.issued.isoformat(),
        fictitious=material.fictitious,
        kolada=_all_kolada_rows(standing, language),
        withheld=tuple(draft.withheld),
    )


def _sections(draft: Draft, standing: Standing) -> tuple[Section, ...]:
    parts: list[Section | None] = [national_summary(draft, standing), overview_section(draft, standing)]
    parts.append(_ranks_section(draft, standing))
    parts.append(_groups_section(draft, standing))
    parts.append(category_section(draft, standing))
    parts.append(comments_section(draft, standing))
    parts.append(waiting_section(draft, standing, None))
    parts.append(_participants_section(draft, standing))
    parts.append(about_section(draft, standing, None))
    parts.append(comments_appendix(draft, standing))
    parts.append(method_appendix(draft, standing, None))
    return tuple(part for part in parts if part is not None)


def _cover(draft: Draft, standing: Standing) -> Cover:
    material, language = standing.material, draft.language
    facts = (
        (draft.prose("cover.period"), numbers.period(material.started, material.ended, language)),
        (draft.prose("cover.answers_national"), answers_by_channel(draft, standing, None)),
        (draft.prose("cover.participants"), numbers.count(len(standing.everybody), language)),
    )
    return Cover(
        draft.prose("cover.kind_national"),
        standing.instrument.name.in_language(language),
        draft.prose("cover.national_organisation"),
        numbers.month(material.issued, language),
        facts,
    )


def _ranks_section(draft: Draft, standing: Standing) -> Section:
    charts = tuple(_rank_chart(draft, standing, measure) for measure in standing.headline if standing.ranks[measure.id])
    return Section("i-ordning", draft.prose("national.ranks_title"), charts)


def _rank_chart(draft: Draft, standing: Standing, measure: Measure) -> Chart:
    marks = ranked_marks(standing, measure, None)
    spec = focus.ranked(rank_title(draft, standing, measure), marks, total_mark(draft, standing, measure))
    compare = standing.instrument.thresholds.compare
    return draft.chart(spec, draft.prose("own.rank_note_national", members=len(marks), compare=compare))


def _groups_section(draft: Draft, standing: Standing) -> Section:
    limits = standing.instrument.thresholds
    rows = [_group_row(draft, standing, cluster, groups) for cluster, groups in CLUSTERS.items()]
    columns = [text_column(draft.prose("national.groups_column"), 3), *_measure_columns(draft, standing)]
    note = draft.prose("national.groups_note", members=limits.group_members, external=limits.external)
    table = draft.table(draft.prose("national.groups_table"), columns, rows, note)
    return Section("kommuntyper", draft.prose("national.groups_title"), (table,))


def _group_row(draft: Draft, standing: Standing, cluster: str, groups: Sequence[str]) -> list[TableCell]:
    limits = standing.instrument.thresholds
    cells = [text_cell(capitalised(draft.prose(f"cluster.{cluster}")))]
    for measure in standing.headline:
        members = [
            result
            for result in standing.results[measure.id]
            if standing.material.municipality(result.municipality).kommungrupp in groups
        ]
        total = printed_total(members, limits.external)
        if total is None or total.members < limits.group_members:
            cells.append(text_cell(draft.prose("own.group_too_few")))
            continue
        shown = numbers.decimal(total.mean_of_participants, measure.decimals, draft.language)
        cells.append(TableCell(f"{shown} ({total.members})", total.mean_of_participants))
    return cells


def _measure_columns(draft: Draft, standing: Standing) -> list[Column]:
    return [number_column(standing.label(measure, draft.language), 1, 1.3) for measure in standing.headline]


def _participants_section(draft: Draft, standing: Standing) -> Section:
    codes = sorted({code for each in standing.participants.values() for code in each})
    named = sorted(codes, key=lambda code: in_swedish_order(standing.material.municipality(code).name))
    too_few = draft.prose("words.too_few")
    rows = [
        [text_cell(standing.material.municipality(code).name), *_own_cells(draft, standing, code)] for code in named
    ]
    columns = [text_column(draft.prose("words.municipality"), 2), *_measure_columns(draft, standing)]
    publish = standing.instrument.thresholds.publish
    note = draft.prose("national.participants_note", publish=publish, too_few=too_few)
    table: Table = draft.table(draft.prose("national.participants_table"), columns, rows, note)
    return Section("alla-kommuner", draft.prose("national.participants_title"), (table,), new_page=True)


def _own_cells(draft: Draft, standing: Standing, code: str) -> list[TableCell]:
    cells = []
    for measure in standing.headline:
        figure = standing.own_figure(measure, code, draft.language)
        cell = figure_cell(figure, draft.language, withheld=draft.prose("words.too_few"))
        if figure.value is not None:
            cell = TableCell(f"{cell.text} ({numbers.count(figure.n, draft.language)})", figure.value, figure)
        cells.append(cell)
    return cells


def _all_kolada_rows(standing: Standing, language: str) -> tuple[KoladaRow, ...]:
    codes = sorted({code for each in standing.participants.values() for code in each})
    return tuple(row for code in codes for row in kolada_rows(standing, code, language))
