"""The sections about what the contact concerned (ärendekategori)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lyhord.composition.cells import figure_with_interval_cell, text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.own_cells import national_cells, own_cells
from lyhord.composition.own_standing import OwnStanding
from lyhord.composition.standing import Standing
from lyhord.composition.survey.own_results import sum_note
from lyhord.instruments.definition import Measure, Option
from lyhord.method.figures import Figure
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import Bars, Mark, Tone
from lyhord.rendering.report import Align, Block, Bullets, Chart, Column, Section, Table

CATEGORY = "category"


def category_section(draft: Draft, standing: Standing) -> Section | None:
    """Categories among all participants: their shares per channel, and the category × question × channel table."""
    values = _values(standing)
    if not values:
        return None
    blocks: list[Block] = [draft.lead("categories.lead"), Bullets(_remarks(draft, standing, values))]
    blocks += [_share_chart(draft, standing, channel.id, values) for channel in standing.summed_channels]
    blocks.append(_results_table(draft, standing, values))
    return Section("arendekategori", draft.prose("categories.title"), tuple(blocks))


def own_category_section(draft: Draft, standing: Standing, own: OwnStanding) -> Section | None:
    """One municipality's results per category, only the cells that may be published."""
    values = _values(standing)
    if not values:
        return None
    measures = [m for channel in standing.taking_part(own.code) for m in standing.headline_in(channel)]
    cells = {m.id: own_cells(standing, m, own.code, CATEGORY, draft.language) for m in measures}
    title = draft.prose("categories.own_title", organisation=own.organisation)
    section_title = draft.prose("categories.own_section")
    if all(figure.value is None for figures in cells.values() for figure in figures.values()):
        draft.withhold(title, draft.prose("categories.own_none"))
        return Section("egna-kategorier", section_title, (draft.body("categories.own_none"),))
    rows = []
    for value in values:
        figures = [cells[measure.id][value.code] for measure in measures]
        label = value.label.in_language(draft.language)
        too_few = draft.prose("words.too_few")
        rows.append(
            [text_cell(label)]
            + [figure_with_interval_cell(figure, draft.language, withheld=too_few) for figure in figures]
        )
        _remember_withheld(draft, f"{title}: {label}", figures)
    note = draft.prose("categories.own_note", publish=standing.instrument.thresholds.publish)
    table = draft.table(title, _columns(draft, standing, measures), rows, note)
    return Section("egna-kategorier", section_title, (table,))


def _remember_withheld(draft: Draft, what: str, figures: Sequence[Figure]) -> None:
    if any(figure.value is None and figure.n for figure in figures):
        draft.withhold(what, draft.prose("words.too_few"))


def _values(standing: Standing) -> tuple[Option, ...]:
    breakdown = standing.instrument.breakdown(CATEGORY)
    if breakdown is None:
        return ()
    first = standing.headline[0].item
    seen = standing.national.values_seen.get((CATEGORY, first), ())
    return tuple(value for value in breakdown.values if value.code in seen)


def _ease(standing: Standing, channel: str) -> Measure:
    return standing.instrument.measure(f"{channel}.enkelhet.index")


def _by_ease(draft: Draft, standing: Standing, channel: str, values: Sequence[Option]) -> list[tuple[Option, Figure]]:
    figures = national_cells(standing, _ease(standing, channel), CATEGORY, draft.language)
    pairs = [(value, figures[value.code]) for value in values]
    return sorted(pairs, key=lambda pair: -(pair[1].value if pair[1].value is not None else -1.0))


def _columns(draft: Draft, standing: Standing, measures: Sequence[Measure]) -> list[Column]:
    headings = [Column(standing.label(measure, draft.language), Align.END, "0.0", 1.45) for measure in measures]
    return [text_column(draft.prose("words.category"), 2.15), *headings]


def _results_table(draft: Draft, standing: Standing, values: Sequence[Option]) -> Table:
    first_channel = standing.summed_channels[0].id
    too_few = draft.prose("words.too_few")
    measures = [measure for measure in standing.headline if measure.id in standing.totals]
    cells: Mapping[str, Mapping[str, Figure]] = {
        measure.id: national_cells(standing, measure, CATEGORY, draft.language) for measure in measures
    }
    rows = [
        (
            text_cell(value.label.in_language(draft.language)),
            *(
                figure_with_interval_cell(cells[measure.id][value.code], draft.language, withheld=too_few)
                for measure in measures
            ),
        )
        for value, _ in _by_ease(draft, standing, first_channel, values)
    ]
    title = draft.prose("categories.table_title")
    left_out = {code for m in measures for code in standing.national.left_out.get((CATEGORY, m.item), ())}
    note = draft.prose("categories.table_note")
    note += draft.left_out(left_out)
    return draft.table(title, _columns(draft, standing, measures), rows, note)


def _counts(standing: Standing, channel: str, values: Sequence[Option]) -> list[tuple[Option, int]]:
    """How many answered per category: those who gave an index answer in the channel."""
    item = next(measure.item for measure in standing.headline if measure.item.startswith(f"{channel}."))
    counted = [(value, standing.national.of(item, CATEGORY, value.code).n) for value in values]
    return sorted(counted, key=lambda pair: -pair[1])


def _share_chart(draft: Draft, standing: Standing, channel: str, values: Sequence[Option]) -> Chart:
    counted = _counts(standing, channel, values)
    total = sum(count for _, count in counted)
    name = standing.channel_name(channel, draft.language)
    marks = tuple(
        Mark(value.label.in_language(draft.language), 100 * count / total if total else None, count, tone=Tone.TOTAL)
        for value, count in counted
    )
    title = draft.prose("categories.share_title", channel=name)
    item = standing.headline_in(channel)[0].item
    note = draft.prose("categories.share_note", n=numbers.count(total, draft.language))
    note += sum_note(draft, standing, item, CATEGORY)
    return draft.chart(Bars(title, "", marks), note)


def _remarks(draft: Draft, standing: Standing, values: Sequence[Option]) -> tuple[str, ...]:
    language = draft.language
    remarks: list[str] = []
    shares: dict[str, dict[str, float]] = {}
    for channel in standing.summed_channels:
        counted = _counts(standing, channel.id, values)
        total = sum(count for _, count in counted) or 1
        shares[channel.id] = {value.code: 100 * count / total for value, count in counted}
        remarks.append(
            draft.prose(
                "categories.most",
                channel=standing.channel_name(channel.id, language),
                category=draft.prose.quoted(counted[0][0].label.in_language(language)),
                share=numbers.percent(shares[channel.id][counted[0][0].code], 0, language),
            )
        )
    remarks += _mail_remarks(draft, values, shares)
    return (*remarks, *ease_remarks(draft, standing))


def _mail_remarks(draft: Draft, values: Sequence[Option], shares: dict[str, dict[str, float]]) -> list[str]:
    """Categories at least half again as common by e-mail as by phone."""
    if not {"tel", "epost"} <= shares.keys():
        return []
    return [
        draft.prose(
            "categories.prefers_mail",
            category=draft.prose.quoted(value.label.in_language(draft.language)),
            epost=numbers.percent(shares["epost"][value.code], 0, draft.language),
            tel=numbers.percent(shares["tel"][value.code], 0, draft.language),
        )
        for value in values
        if shares["epost"].get(value.code, 0) >= 1.5 * shares["tel"].get(value.code, 0)
    ]


def ease_remarks(draft: Draft, standing: Standing) -> list[str]:
    """Per channel, which category has the highest and which the lowest ease."""
    values = _values(standing)
    remarks = []
    for channel in standing.summed_channels if values else ():
        ranked = [pair for pair in _by_ease(draft, standing, channel.id, values) if pair[1].value is not None]
        if len(ranked) < 2:
            continue
        name = standing.channel_name(channel.id, draft.language)
        (best, high), (worst, low) = ranked[0], ranked[-1]
        remarks.append(
            draft.prose(
                "categories.ease",
                channel=name,
                best=draft.prose.quoted(best.label.in_language(draft.language)),
                worst=draft.prose.quoted(worst.label.in_language(draft.language)),
                high=numbers.decimal(high.value, high.decimals, draft.language),
                low=numbers.decimal(low.value, low.decimals, draft.language),
            )
        )
    return remarks
