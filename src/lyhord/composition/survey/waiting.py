"""The section about waiting for an answer to e-mail: those who answered no to the filter question."""

from __future__ import annotations

from collections.abc import Sequence

from lyhord.composition.draft import Draft
from lyhord.composition.shares import stacked_row
from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Option
from lyhord.method.measures import measure_figure
from lyhord.method.tally import OptionCounts
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import StackedRow, StackedShares, Tone
from lyhord.rendering.report import Block, Bullets, Chart, Paragraph, Section

FILTER, WAITED, REASONABLE = "epost.filter", "epost.vantat", "epost.skalig_tid"
TIME_TONES = (Tone.BEST, Tone.GOOD, Tone.MIDDLE, Tone.POOR)
SHORTEST = "under_1_dygn"


def waiting_section(draft: Draft, standing: Standing, municipality: str | None) -> Section | None:
    """Waiting time in the whole country and, where enough have answered, in one municipality."""
    if not standing.national.of(WAITED).n:
        return None
    wording = standing.instrument.item(FILTER).wording.in_language(draft.language)
    blocks: list[Block] = [draft.lead("waiting.lead", question=wording), _answered_share(draft, standing)]
    own = _own_counts(standing, municipality) if municipality else None
    if municipality and own:
        blocks += _own_remarks(draft, standing, municipality, own)
    for item, title in ((WAITED, "waiting.waited_title"), (REASONABLE, "waiting.reasonable_title")):
        blocks.append(_chart(draft, standing, item, title, _rows(draft, standing, item, municipality, own)))
    blocks += _categories(draft, standing)
    return Section("vantetid", draft.prose("waiting.title"), tuple(blocks), new_page=True)


def _answered_share(draft: Draft, standing: Standing) -> Paragraph:
    counts = standing.national.of(FILTER)
    measure = standing.instrument.measure("epost.fatt_svar")
    figure = measure_figure(measure, standing.instrument, counts, language=draft.language)
    return draft.body(
        "waiting.share",
        share=numbers.percent(figure.value, 0, draft.language),
        yes=numbers.count(counts.of("ja"), draft.language),
        n=numbers.count(counts.n, draft.language),
    )


def _own_counts(standing: Standing, municipality: str | None) -> dict[str, OptionCounts]:
    if municipality is None or municipality not in standing.participants.get("epost", ()):
        return {}
    return {item: standing.own_counts(item, municipality) for item in (FILTER, WAITED, REASONABLE)}


def _shown(standing: Standing, own: dict[str, OptionCounts] | None) -> bool:
    return bool(own) and own is not None and own[WAITED].n >= standing.instrument.thresholds.publish


def _own_remarks(draft: Draft, standing: Standing, municipality: str, own: dict[str, OptionCounts]) -> list[Block]:
    organisation = standing.material.municipality(municipality).formal_name
    n = own[WAITED].n
    if n == 0:
        return [draft.body("waiting.own_none", organisation=organisation)]
    if _shown(standing, own):
        return []
    draft.withhold(f"{draft.prose('waiting.title')}, {organisation}", draft.prose("words.too_few"))
    publish = standing.instrument.thresholds.publish
    return [draft.body("waiting.own_withheld", organisation=organisation, n=n, publish=publish)]


def _rows(
    draft: Draft, standing: Standing, item: str, municipality: str | None, own: dict[str, OptionCounts] | None
) -> list[StackedRow]:
    codes = [option.code for option in standing.instrument.item(item).options]
    rows = [stacked_row(draft.prose("words.national"), standing.national.of(item), codes, emphasis=not municipality)]
    if municipality and own and _shown(standing, own):
        organisation = standing.material.municipality(municipality).formal_name
        rows.insert(0, stacked_row(organisation, own[item], codes, emphasis=True))
    return rows


def _chart(draft: Draft, standing: Standing, item: str, title: str, rows: Sequence[StackedRow]) -> Chart:
    wording = standing.instrument.item(item).wording.in_language(draft.language)
    return draft.chart(
        StackedShares(draft.prose(title), "", _legend(draft, standing, item), tuple(rows)),
        f"{draft.prose.quoted(wording)} {draft.prose('waiting.national_note')}",
    )


def _legend(draft: Draft, standing: Standing, item: str) -> tuple[tuple[str, Tone], ...]:
    options = standing.instrument.item(item).options
    return tuple(
        (option.label.in_language(draft.language), tone) for option, tone in zip(options, TIME_TONES, strict=True)
    )


def _categories(draft: Draft, standing: Standing) -> list[Block]:
    breakdown = standing.instrument.breakdown("category")
    if breakdown is None:
        return []
    publish = standing.instrument.thresholds.publish
    counted = [(value, standing.national.of(WAITED, "category", value.code)) for value in breakdown.values]
    shown = [(value, counts) for value, counts in counted if counts.n >= publish]
    if not shown:
        return []
    shown.sort(key=lambda pair: -pair[1].of(SHORTEST) / pair[1].n)
    codes = [option.code for option in standing.instrument.item(WAITED).options]
    rows = tuple(stacked_row(value.label.in_language(draft.language), counts, codes) for value, counts in shown)
    spec = StackedShares(draft.prose("waiting.category_title"), "", _legend(draft, standing, WAITED), rows)
    return [
        Bullets((_shortest_remark(draft, [value for value, _ in shown[:2]]),)),
        draft.chart(spec, draft.prose("waiting.category_note")),
    ]


def _shortest_remark(draft: Draft, values: Sequence[Option]) -> str:
    named = [draft.prose.quoted(value.label.in_language(draft.language)) for value in values]
    return draft.prose("waiting.category_most", categories=draft.prose.joined(named))
