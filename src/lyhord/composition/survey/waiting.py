"""The section about waiting for an answer to e-mail: those who answered no to the filter question."""

from __future__ import annotations

from collections.abc import Sequence

from lyhord.composition.draft import Draft
from lyhord.composition.own_cells import reasons_by_value
from lyhord.composition.shares import stacked_row
from lyhord.composition.standing import Standing
from lyhord.composition.survey.own_results import sum_note
from lyhord.instruments.definition import Option
from lyhord.method.measures import measure_figure
from lyhord.method.tally import OptionCounts
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import StackedRow, StackedShares, Tone
from lyhord.rendering.report import Block, Chart, Paragraph, ParagraphKind, Section

FILTER, WAITED, REASONABLE = "epost.filter", "epost.vantat", "epost.skalig_tid"
TIME_TONES = (Tone.BEST, Tone.GOOD, Tone.MIDDLE, Tone.POOR)
SHORTEST = "under_1_dygn"


def waiting_section(draft: Draft, standing: Standing, municipality: str | None) -> Section | None:
    """Waiting time among all participants and, where enough have answered, in one municipality."""
    if not standing.national.of(WAITED).n:
        return None
    wording = standing.instrument.item(FILTER).wording.in_language(draft.language)
    blocks: list[Block] = [draft.lead("waiting.lead", question=wording), *_answered_share(draft, standing)]
    if municipality and municipality in standing.participants.get("epost", ()):
        blocks += _own_remarks(draft, standing, municipality)
    left_out = sum_note(draft, standing, WAITED).strip() if standing.summed("epost") else ""
    if left_out:
        blocks.append(Paragraph(left_out, ParagraphKind.NOTE))
    for item, title in ((WAITED, "waiting.waited_title"), (REASONABLE, "waiting.reasonable_title")):
        rows = _rows(draft, standing, item, municipality)
        if rows:
            blocks.append(_chart(draft, standing, item, title, rows))
    blocks += _categories(draft, standing)
    return Section("vantetid", draft.prose("waiting.title"), tuple(blocks))


def _answered_share(draft: Draft, standing: Standing) -> list[Block]:
    """How many have had a reply, over all participants; nothing where too few take part to be summed."""
    if not standing.summed("epost"):
        return []
    counts = standing.national.of(FILTER)
    measure = standing.instrument.measure("epost.fatt_svar")
    figure = measure_figure(measure, standing.instrument, counts, language=draft.language)
    return [
        draft.body(
            "waiting.share",
            share=numbers.percent(figure.value, 0, draft.language),
            yes=numbers.count(counts.of("ja"), draft.language),
            n=numbers.count(counts.n, draft.language),
        )
    ]


def _enough(standing: Standing, counts: OptionCounts) -> bool:
    return counts.n >= standing.instrument.thresholds.publish


def _own_remarks(draft: Draft, standing: Standing, municipality: str) -> list[Block]:
    organisation = standing.material.municipality(municipality).formal_name
    own = standing.own_counts(WAITED, municipality)
    publish = standing.instrument.thresholds.publish
    if own.n == 0:
        return [draft.body("waiting.own_none", organisation=organisation)]
    if _enough(standing, own):
        return []
    draft.withhold(f"{draft.prose('waiting.title')}, {organisation}", draft.prose("words.too_few"))
    asked = standing.own_counts(FILTER, municipality)
    key = "waiting.own_withheld" if _enough(standing, asked) else "waiting.own_hidden"
    return [draft.body(key, organisation=organisation, n=own.n, publish=publish)]


def _rows(draft: Draft, standing: Standing, item: str, municipality: str | None) -> list[StackedRow]:
    """One's own bar and that of all participants, each only where enough answers lie behind it."""
    codes = [option.code for option in standing.instrument.item(item).options]
    rows = []
    if municipality and _enough(standing, own := standing.own_counts(item, municipality)):
        organisation = standing.material.municipality(municipality).formal_name
        rows.append(stacked_row(organisation, own, codes, emphasis=True))
    together = standing.national.of(item)
    if standing.summed("epost") and _enough(standing, together):
        rows.append(stacked_row(draft.prose("words.national"), together, codes, emphasis=not municipality))
    return rows


def _chart(draft: Draft, standing: Standing, item: str, title: str, rows: Sequence[StackedRow]) -> Chart:
    note = draft.prose.quoted(standing.instrument.item(item).wording.in_language(draft.language))
    return draft.chart(StackedShares(draft.prose(title), "", _legend(draft, standing, item), tuple(rows)), note)


def _legend(draft: Draft, standing: Standing, item: str) -> tuple[tuple[str, Tone], ...]:
    options = standing.instrument.item(item).options
    return tuple(
        (option.label.in_language(draft.language), tone) for option, tone in zip(options, TIME_TONES, strict=True)
    )


def _categories(draft: Draft, standing: Standing) -> list[Block]:
    breakdown = standing.instrument.breakdown("category")
    if breakdown is None or not standing.summed("epost"):
        return []
    counted = [(value, standing.national.of(WAITED, breakdown.id, value.code)) for value in breakdown.values]
    bases = {value.code: counts.n for value, counts in counted}
    reasons = reasons_by_value(standing.instrument, breakdown.id, bases, standing.national.of(WAITED).n)
    shown = [(value, counts) for value, counts in counted if reasons[value.code] is None]
    if not shown:
        return []
    shown.sort(key=lambda pair: -pair[1].of(SHORTEST) / pair[1].n)
    codes = [option.code for option in standing.instrument.item(WAITED).options]
    rows = tuple(stacked_row(value.label.in_language(draft.language), counts, codes) for value, counts in shown)
    spec = StackedShares(draft.prose("waiting.category_title"), "", _legend(draft, standing, WAITED), rows)
    return [
        Paragraph(_shortest_remark(draft, [value for value, _ in shown[:2]])),
        draft.chart(spec),
    ]


def _shortest_remark(draft: Draft, values: Sequence[Option]) -> str:
    named = [draft.prose.quoted(value.label.in_language(draft.language)) for value in values]
    return draft.prose("waiting.category_most", categories=draft.prose.joined(named))
