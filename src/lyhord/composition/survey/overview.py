"""The section with the results of all participants, channel by channel."""

from __future__ import annotations

from lyhord.composition import focus
from lyhord.composition.draft import Draft
from lyhord.composition.shares import best_first, legend, stacked_row
from lyhord.composition.standing import Standing
from lyhord.composition.survey.own_results import sum_note
from lyhord.instruments.definition import Measure
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import StackedShares, Tone, TrendSeries
from lyhord.rendering.report import Block, Bullets, Chart, ParagraphKind, Section
from lyhord.rendering.report import Paragraph as ReportParagraph


def overview_section(draft: Draft, standing: Standing) -> Section:
    """All participants: per channel the totals, their change, spread and distribution; then totals over the years."""
    parts = [_channel_section(draft, standing, channel.id) for channel in standing.summed_channels]
    trend = _trend(draft, standing)
    if trend is not None:
        parts.append(Section("alla-over-aren", draft.prose("overview.years_title"), (trend,)))
    return Section("alla-deltagande", draft.prose("overview.title"), (), tuple(parts), new_page=True)


def _channel_section(draft: Draft, standing: Standing, channel: str) -> Section:
    language = draft.language
    flow = standing.total_flow(channel)
    lead = draft.lead(
        f"overview.lead_{channel}",
        n=numbers.count(standing.answers(channel), language),
        comments=numbers.count(flow.commented, language),
    )
    measures = [measure for measure in standing.headline_in(channel) if measure.id in standing.totals]
    blocks: list[Block] = [lead, Bullets(tuple(total_sentence(draft, standing, measure) for measure in measures))]
    no_reply = standing.national.of("epost.filter").of("nej") if channel == "epost" else 0
    if no_reply:
        text = draft.prose("overview.filter_note", no=numbers.count(no_reply, language))
        blocks.append(ReportParagraph(text, ParagraphKind.BODY))
    blocks.append(_distribution(draft, standing, channel))
    return Section(f"alla-deltagande-{channel}", standing.channel_title(channel, language), tuple(blocks))


def total_sentence(draft: Draft, standing: Standing, measure: Measure) -> str:
    """One sentence on a national total: its value, the previous round's where published, and the spread."""
    total = standing.totals[measure.id]
    low, high = standing.spread(measure)

    def shown(value: float | None) -> str:
        return numbers.decimal(value, measure.decimals, draft.language)

    values = {
        "item": standing.item_name(measure, draft.language).lower(),
        "total": shown(total.mean_of_participants),
        "low": shown(low),
        "high": shown(high),
    }
    earlier = standing.earlier_total(measure)
    if earlier is None:
        sentence = draft.prose("overview.spread", **values)
    else:
        year, previous = earlier
        sentence = draft.prose("overview.spread_change", previous=shown(previous), year=year, **values)
    return f"{sentence} {draft.prose('overview.mean_of_answers', value=shown(total.mean_of_answers))}"


def _distribution(draft: Draft, standing: Standing, channel: str) -> Chart:
    items = [standing.instrument.item(measure.item) for measure in standing.headline_in(channel)]
    codes = best_first(items[0])
    rows = tuple(
        stacked_row(item.name.in_language(draft.language), standing.national.of(item.id), codes) for item in items
    )
    title = draft.prose("overview.distribution_title", channel=standing.channel_name(channel, draft.language))
    shares = StackedShares(title, "", legend(standing.instrument, items[0].id, draft.language), rows)
    return draft.chart(shares, draft.prose("overview.distribution_note") + sum_note(draft, standing, items[0].id))


TREND_TONES = (Tone.OWN, Tone.TOTAL, Tone.GROUP, Tone.PREVIOUS)


def _trend(draft: Draft, standing: Standing) -> Chart | None:
    """Totals over the years: published earlier values beside this round's, broken where not comparable."""
    years = standing.years()
    if len(years) < 2:
        return None
    series = tuple(
        TrendSeries(standing.label(measure, draft.language), tone, standing.total_series(measure))
        for measure, tone in zip(standing.headline, TREND_TONES, strict=False)
    )
    spec = focus.trend(draft.prose("overview.trend_title"), years, series)
    return draft.chart(spec, draft.prose("overview.trend_note"))
