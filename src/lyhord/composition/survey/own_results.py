"""The sections with one municipality's results in one channel: against others, and question by question."""

from __future__ import annotations

from dataclasses import replace

from lyhord.composition import focus
from lyhord.composition.cells import (
    interval_text,
    number_column,
    text_cell,
    text_column,
)
from lyhord.composition.draft import Draft
from lyhord.composition.own_standing import OwnComparison, OwnStanding
from lyhord.composition.shares import best_first, legend, stacked_row
from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Measure
from lyhord.method.comparison import ParticipantResult
from lyhord.method.figures import Figure
from lyhord.method.ranking import RankSet
from lyhord.method.tally import NO_BREAKDOWN
from lyhord.method.wording import Ruling, Verdict
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import (
    IntervalRow,
    Mark,
    StackedShares,
    Tone,
)
from lyhord.rendering.report import (
    Align,
    Block,
    Callout,
    Chart,
    Column,
    Judgement,
    Paragraph,
    Section,
    Table,
    TableCell,
)

GROUP_TONES = {"all": Tone.TOTAL, "cluster": Tone.GROUP, "previous": Tone.PREVIOUS}
NORMAL_95 = 1.959963984540054


def own_channel_section(draft: Draft, standing: Standing, own: OwnStanding, channel: str) -> Section:
    """One municipality in one channel: a chart and tables against all groups, then a page per question."""
    title = draft.prose(
        "own.title", organisation=own.organisation, channel=standing.channel_name(channel, draft.language)
    )
    section_id = f"eget-resultat-{channel}"
    if own.code not in standing.participants.get(channel, ()):
        draft.withhold(title, draft.prose("own.not_participating"))
        return Section(section_id, title, (draft.body("own.not_participating"),))
    measures = standing.headline_in(channel)
    figures = {measure.id: own.figures[measure.id] for measure in measures}
    if all(figure.value is None for figure in figures.values()):
        return Section(section_id, title, (_withheld(draft, standing, title, figures),))
    blocks = _cautions(draft, standing, own, channel)
    if any(_others(own, measure) for measure in measures):
        blocks.append(_comparison_chart(draft, standing, own, channel))
    blocks += _comparison_tables(draft, standing, own, channel)
    questions = tuple(_question_section(draft, standing, own, measure) for measure in measures)
    return Section(section_id, title, tuple(blocks), questions, new_page=True)


def _withheld(draft: Draft, standing: Standing, title: str, figures: dict[str, Figure]) -> Paragraph:
    n = max((figure.n or 0 for figure in figures.values()), default=0)
    draft.withhold(title, draft.prose("words.too_few"))
    return draft.body("own.withheld", n=n, threshold=standing.instrument.thresholds.publish)


def _cautions(draft: Draft, standing: Standing, own: OwnStanding, channel: str) -> list[Block]:
    """What limits the reading: few answers and, said once, that there is nothing earlier to compare with."""
    blocks: list[Block] = []
    limits = standing.instrument.thresholds
    n = min(own.figures[measure.id].n or 0 for measure in standing.headline_in(channel))
    if n < limits.external:
        blocks.append(draft.body("own.caution", external=limits.external))
    elif n < limits.compare:
        blocks.append(draft.body("own.under_compare", compare=limits.compare))
    if own.code in standing.material.new_participants and channel == standing.taking_part(own.code)[0]:
        blocks.append(draft.note("own.new", organisation=own.organisation))
    return blocks


def _comparison_chart(draft: Draft, standing: Standing, own: OwnStanding, channel: str) -> Chart:
    rows = []
    for measure in standing.headline_in(channel):
        figure = own.figures[measure.id]
        mark = Mark(own.organisation, figure.value, figure.n, figure.low, figure.high, Tone.OWN)
        rows.append(IntervalRow(standing.item_name(measure, draft.language), mark, _others(own, measure)))
    name = standing.channel_name(channel, draft.language)
    alone = "" if standing.summed(channel) else "_alone"
    title = draft.prose(f"own.compared_title{alone}", organisation=own.organisation, channel=name)
    spec = focus.dots(title, rows)
    figures = [own.figures[measure.id] for measure in standing.headline_in(channel)]
    return draft.chart(spec, draft.prose(f"own.compared_note{alone}"), figures)


def _others(own: OwnStanding, measure: Measure) -> tuple[Mark, ...]:
    """The points that one's own is drawn against; none in a round of too few."""
    return tuple(
        Mark(comparison.label, comparison.difference.reference, tone=GROUP_TONES[comparison.kind])
        for comparison in own.comparisons.get(measure.id, ())
        if comparison.kind in GROUP_TONES and comparison.difference is not None
    )


def _question_section(draft: Draft, standing: Standing, own: OwnStanding, measure: Measure) -> Section:
    language = draft.language
    item = standing.instrument.item(measure.item)
    blocks: list[Block] = [
        draft.note("own.wording", wording=item.wording.in_language(language)),
        _figure_callout(draft, standing, measure, own.figures[measure.id]),
        *_judgements(draft, measure, own),
    ]
    blocks.append(_distribution(draft, standing, own, measure))
    ranked = bool(standing.ranks[measure.id])
    if ranked:
        blocks.append(_ranked_chart(draft, standing, own, measure))
    section_id = f"fraga-{measure.item.replace('.', '-')}"
    return Section(section_id, standing.item_name(measure, language), tuple(blocks), new_page=ranked)


def _prose_key(measure: Measure) -> str:
    return measure.item.replace(".", "_")


def _figure_callout(draft: Draft, standing: Standing, measure: Measure, figure: Figure) -> Callout:
    language = draft.language
    total = standing.totals.get(measure.id)
    note = draft.prose(
        "own.figure_note" if total else "own.figure_note_alone",
        interval=interval_text(figure, language),
        total=numbers.decimal(total.mean_of_participants if total else None, measure.decimals, language),
        n=numbers.count(figure.n, language),
    )
    value = numbers.decimal(figure.value, figure.decimals, language)
    return Callout(standing.label(measure, language), value, note, figure)


def _judgements(draft: Draft, measure: Measure, own: OwnStanding) -> list[Block]:
    """The judging sentence against the others, what the question is about, and advice that fits the judgement."""
    about = f"about_item.{_prose_key(measure)}"
    explained: list[Block] = [draft.body(about)] if draft.prose.has(about) else []
    comparison = own.against(measure, "all")
    if comparison is None or comparison.ruling is None:
        return explained
    blocks: list[Block] = [Judgement(comparison.sentence, comparison.ruling.rule, (own.figures[measure.id],))]
    blocks += explained
    key = f"advice.{_prose_key(measure)}_{_direction(comparison.ruling)}"
    if draft.prose.has(key):
        blocks.append(draft.body(key))
    return blocks


def _direction(ruling: Ruling) -> str:
    """Which advice fits: only an established difference calls for more than going on."""
    if not ruling.established:
        return "level"
    return "above" if ruling.verdict in (Verdict.HIGHER, Verdict.SLIGHTLY_HIGHER) else "below"


def _ranked_chart(draft: Draft, standing: Standing, own: OwnStanding, measure: Measure) -> Chart:
    figure = own.figures[measure.id]
    marks = ranked_marks(standing, measure, own.code)
    rank = standing.ranks[measure.id].get(own.code)
    note = draft.prose(
        _rank_note(rank, len(marks)),
        members=len(marks),
        compare=standing.instrument.thresholds.compare,
        organisation=own.organisation,
        n=numbers.count(figure.n, draft.language),
        place=rank.place if rank else 0,
        low=rank.low if rank else 0,
        high=rank.high if rank else 0,
    )
    total = total_mark(draft, standing, measure)
    spec = focus.ranked(rank_title(draft, standing, measure), marks, total, rank)
    return draft.chart(spec, note, [figure])


def _rank_note(rank: RankSet | None, members: int) -> str:
    """Which text says how sure the place is: certain, one of several, or any at all."""
    if rank is None:
        return "own.rank_note_unranked"
    if rank.low == rank.high:
        return "own.rank_note_sure"
    return "own.rank_note_any" if (rank.low, rank.high) == (1, members) else "own.rank_note_own"


def ranked_marks(standing: Standing, measure: Measure, own: str | None) -> tuple[Mark, ...]:
    """Everyone over the comparison threshold, best first; others stay unnamed in a municipality's report."""
    least = standing.instrument.thresholds.compare
    ranked = sorted((r for r in standing.results[measure.id] if r.n >= least), key=lambda r: (-r.value, r.municipality))
    return tuple(_ranked_mark(standing, result, own) for result in ranked)


def _ranked_mark(standing: Standing, result: ParticipantResult, own: str | None) -> Mark:
    margin = NORMAL_95 * result.standard_error
    is_own = result.municipality == own
    named = own is None or is_own
    return Mark(
        standing.material.municipality(result.municipality).name if named else "",
        result.value,
        result.n if named else None,
        max(0.0, result.value - margin),
        min(100.0, result.value + margin),
        Tone.OWN if is_own else Tone.OTHER,
    )


def total_mark(draft: Draft, standing: Standing, measure: Measure) -> Mark:
    """The printed total as a chart's line."""
    total = standing.totals[measure.id]
    return Mark(draft.prose("words.total"), total.mean_of_participants, None, total.low, total.high, Tone.TOTAL)


def rank_title(draft: Draft, standing: Standing, measure: Measure) -> str:
    """The caption of a rank chart."""
    name = standing.channel_name(measure.item.split(".")[0], draft.language)
    return draft.prose("own.rank_title", item=standing.item_name(measure, draft.language), channel=name)


def _distribution(draft: Draft, standing: Standing, own: OwnStanding, measure: Measure) -> Chart:
    item = standing.instrument.item(measure.item)
    codes = best_first(item)
    rows = [stacked_row(own.organisation, standing.own_counts(item.id, own.code), codes, emphasis=True)]
    if measure.id in standing.totals:
        rows.append(stacked_row(draft.prose("words.national"), standing.national.of(item.id), codes))
    name = standing.channel_name(item.channel, draft.language)
    title = draft.prose("own.distribution_title", item=item.name.in_language(draft.language), channel=name)
    spec = StackedShares(title, "", legend(standing.instrument, item.id, draft.language), tuple(rows))
    note = draft.prose("own.distribution_note")
    if measure.id in standing.totals:
        note += sum_note(draft, standing, item.id)
    return draft.chart(spec, note)


def sum_note(draft: Draft, standing: Standing, item: str, breakdown: str = NO_BREAKDOWN) -> str:
    """What follows a note where participants are left out of a sum over all; nothing where none is."""
    left_out = standing.national.left_out.get((breakdown, item), frozenset())
    return draft.left_out(left_out)


def _comparison_tables(draft: Draft, standing: Standing, own: OwnStanding, channel: str) -> list[Block]:
    """One table a question, the last with the note that holds for them all."""
    measures = [
        measure
        for measure in standing.headline_in(channel)
        if any(comparison.difference for comparison in own.comparisons.get(measure.id, ()))
    ]
    tables = [_comparison_table(draft, standing, own, measure) for measure in measures]
    return [*tables[:-1], *(replace(table, note=draft.prose("own.table_note")) for table in tables[-1:])]


def _comparison_table(draft: Draft, standing: Standing, own: OwnStanding, measure: Measure) -> Table:
    name = standing.channel_name(measure.item.split(".")[0], draft.language)
    title = draft.prose("own.table_title", item=standing.item_name(measure, draft.language), channel=name)
    columns = [
        text_column(draft.prose("words.comparison"), 3),
        number_column(draft.prose("words.members"), width=0.95),
        number_column(draft.prose("words.value"), 1, 0.95),
        number_column(draft.prose("words.difference"), 1, 0.95),
        Column(draft.prose("words.interval"), Align.END, "", 1.25),
        text_column(draft.prose("words.verdict"), 2.85),
    ]
    rows = [_comparison_row(draft, measure, comparison) for comparison in own.comparisons.get(measure.id, ())]
    return draft.table(title, columns, rows)


def _comparison_row(draft: Draft, measure: Measure, comparison: OwnComparison) -> list[TableCell]:
    language, decimals, difference = draft.language, measure.decimals, comparison.difference
    if difference is None:
        absent = draft.prose("own.group_too_few")
        return [text_cell(comparison.label), *(text_cell("–") for _ in range(4)), text_cell(absent)]
    return [
        text_cell(comparison.label),
        TableCell(numbers.count(difference.members, language), float(difference.members)),
        TableCell(numbers.decimal(difference.reference, decimals, language), difference.reference),
        TableCell(numbers.signed(difference.value, decimals, language), difference.value),
        text_cell(numbers.interval(difference.low, difference.high, decimals, language)),
        text_cell(comparison.short_verdict),
    ]
