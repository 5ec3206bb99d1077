"""The summary: tiles, one chart of the headline measures, and what the measurement shows in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from lyhord.composition import focus
from lyhord.composition.cells import figure_text, interval_text
from lyhord.composition.draft import Draft
from lyhord.composition.own_standing import OwnStanding
from lyhord.composition.standing import Standing
from lyhord.composition.survey.categories import ease_remarks
from lyhord.composition.survey.comments import theme_remarks
from lyhord.composition.survey.own_results import total_mark
from lyhord.instruments.definition import Measure
from lyhord.method.figures import Figure, Unit
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import IntervalRow, Mark, Tone
from lyhord.rendering.report import (
    Block,
    Bullets,
    Chart,
    Judgement,
    KeyFigure,
    KeyFigures,
    Paragraph,
    ParagraphKind,
    Section,
)

CHANNELS = ("tel", "epost")
LEADS: Mapping[tuple[str, ...], str] = {("tel",): "summary.lead_tel", ("epost",): "summary.lead_epost"}
MISSING: Mapping[tuple[str, ...], str] = {
    ("tel",): "summary.lead_without_epost",
    ("epost",): "summary.lead_without_tel",
}
NATIONAL_LEADS: Mapping[tuple[str, ...], str] = {
    ("tel",): "summary.lead_national_tel",
    ("epost",): "summary.lead_national_epost",
}


def own_summary(draft: Draft, standing: Standing, own: OwnStanding) -> Section:
    """One municipality's summary."""
    blocks: list[Block] = [_lead(draft, standing, own), _tiles(draft, standing, own)]
    shown = [measure for measure in standing.headline if own.figures[measure.id].value is not None]
    if shown:
        blocks.append(_chart(draft, standing, own, shown))
    judgements = [_judgement(measure, own) for measure in standing.headline]
    found = tuple(judgement for judgement in judgements if judgement is not None)
    inner = (Section("det-har-visar", draft.prose("summary.judgements_title"), found),) if found else ()
    return Section("sammanfattning", draft.prose("summary.title"), tuple(blocks), inner, new_page=True)


def national_summary(draft: Draft, standing: Standing) -> Section:
    """The summary of the whole round."""
    lead = draft.lead(
        NATIONAL_LEADS.get(tuple(c for c in CHANNELS if standing.participants.get(c)), "summary.lead_national"),
        tel=numbers.count(standing.answers("tel"), draft.language),
        epost=numbers.count(standing.answers("epost"), draft.language),
        participants=len(standing.participants.get("tel", ())),
        participants_epost=len(standing.participants.get("epost", ())),
    )
    blocks = (lead, _national_tiles(draft, standing), _national_chart(draft, standing))
    found = [*_changes(draft, standing), *ease_remarks(draft, standing), *theme_remarks(draft, standing)]
    shown = (Bullets(tuple(found)),)
    inner = (Section("det-har-visar", draft.prose("summary.judgements_title"), shown),) if found else ()
    return Section("sammanfattning", draft.prose("summary.title"), blocks, inner, new_page=True)


def _lead(draft: Draft, standing: Standing, own: OwnStanding) -> Block:
    """Who answered about what, and what the report sets it against; only about the channels that were measured."""
    channels = standing.taking_part(own.code)
    told = draft.prose(
        LEADS.get(channels, "summary.lead_both"),
        tel=numbers.count(standing.answers("tel", own.code), draft.language),
        epost=numbers.count(standing.answers("epost", own.code), draft.language),
        organisation=own.organisation,
    )
    against = "summary.lead_alone" if standing.alone else "summary.lead_compared"
    said = [told, draft.prose(against, participants=len(standing.everybody))]
    if channels in MISSING:
        said.append(draft.prose(MISSING[channels]))
    return Paragraph(" ".join(said), ParagraphKind.LEAD)


def _tiles(draft: Draft, standing: Standing, own: OwnStanding) -> KeyFigures:
    tiles = []
    for measure in standing.headline:
        channel = standing.instrument.item(measure.item).channel
        if own.code in standing.participants.get(channel, ()):
            tiles.append(_tile(draft, standing, measure, own.figures[measure.id]))
    return KeyFigures(tuple(tiles))


def _tile(draft: Draft, standing: Standing, measure: Measure, figure: Figure) -> KeyFigure:
    language = draft.language
    total = standing.totals.get(measure.id)
    comparison = ""
    if total is not None:
        shown = numbers.decimal(total.mean_of_participants, measure.decimals, language)
        comparison = draft.prose("summary.tile_comparison", total=shown)
    if figure.value is None:
        note = ""
        comparison = draft.prose(
            "summary.tile_withheld_note", n=figure.n or 0, threshold=standing.instrument.thresholds.publish
        )
    else:
        note = draft.prose(
            "summary.tile_interval", interval=interval_text(figure, language), n=numbers.count(figure.n, language)
        )
    return KeyFigure(
        standing.label(measure, language),
        figure_text(figure, language, withheld=draft.prose("summary.tile_withheld")),
        comparison,
        note,
        figure,
    )


def _chart(draft: Draft, standing: Standing, own: OwnStanding, shown: list[Measure]) -> Chart:
    rows = []
    for measure in shown:
        figure = own.figures[measure.id]
        mark = Mark(own.organisation, figure.value, figure.n, figure.low, figure.high, Tone.OWN)
        others = (_point(total_mark(draft, standing, measure)),) if measure.id in standing.totals else ()
        rows.append(IntervalRow(standing.label(measure, draft.language), mark, others))
    spec = focus.dots(draft.prose("summary.chart_title"), rows)
    note = draft.prose("summary.chart_note_alone" if standing.alone else "summary.chart_note")
    return draft.chart(spec, note, [own.figures[measure.id] for measure in shown])


def _point(mark: Mark) -> Mark:
    """The total as a point: its own narrow interval would only clutter the row."""
    return Mark(mark.label, mark.value, tone=mark.tone)


def _judgement(measure: Measure, own: OwnStanding) -> Judgement | None:
    comparison = own.against(measure, "all")
    if comparison is None or comparison.ruling is None:
        return None
    return Judgement(comparison.sentence, comparison.ruling.rule, (own.figures[measure.id],))


def total_figure(standing: Standing, measure: Measure, base: str) -> Figure:
    """A printed total as a figure: the unweighted mean of participants, n = their number."""
    total = standing.totals[measure.id]
    return Figure(
        measure.id,
        Unit.INDEX,
        total.mean_of_participants,
        total.members,
        base,
        total.low,
        total.high,
        total.rule,
        measure.decimals,
    )


def _with_total(standing: Standing) -> tuple[Measure, ...]:
    return tuple(measure for measure in standing.headline if measure.id in standing.totals)


def _national_tiles(draft: Draft, standing: Standing) -> KeyFigures:
    tiles = []
    for measure in _with_total(standing):
        figure = total_figure(standing, measure, draft.prose("words.members"))
        value = numbers.decimal(figure.value, measure.decimals, draft.language)
        low, high = standing.spread(measure)
        spread = numbers.interval(low, high, measure.decimals, draft.language)
        tiles.append(
            KeyFigure(
                standing.label(measure, draft.language),
                value,
                draft.prose("summary.tile_spread", spread=spread),
                draft.prose(
                    "summary.tile_members", interval=interval_text(figure, draft.language), members=figure.n or 0
                ),
                figure,
            )
        )
    return KeyFigures(tuple(tiles))


def _national_chart(draft: Draft, standing: Standing) -> Chart:
    rows = []
    figures = []
    for measure in _with_total(standing):
        figure = total_figure(standing, measure, draft.prose("words.members"))
        figures.append(figure)
        mark = Mark(draft.prose("words.total"), figure.value, figure.n, figure.low, figure.high, Tone.TOTAL)
        rows.append(IntervalRow(standing.label(measure, draft.language), mark))
    spec = focus.dots(draft.prose("summary.chart_title_national"), rows)
    return draft.chart(spec, draft.prose("summary.chart_note_national"), figures)


def _changes(draft: Draft, standing: Standing) -> list[str]:
    """A sentence per total that an earlier round published too; the tiles have the totals and ranges already."""
    said = []
    for measure in _with_total(standing):
        earlier = standing.earlier_total(measure)
        if earlier is None:
            continue
        year, previous = earlier
        total = standing.totals[measure.id].mean_of_participants
        said.append(
            draft.prose(
                "summary.national_change",
                item=standing.item_name(measure, draft.language),
                channel=standing.channel_name(standing.instrument.item(measure.item).channel, draft.language),
                total=numbers.decimal(total, measure.decimals, draft.language),
                previous=numbers.decimal(previous, measure.decimals, draft.language),
                year=year,
            )
        )
    return said
