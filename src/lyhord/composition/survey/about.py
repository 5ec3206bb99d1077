"""The section about the measurement: background, purpose, method and the measurement in numbers."""

from __future__ import annotations

from lyhord.composition.cells import count_cell, number_column, text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.standing import Standing
from lyhord.method.tally import Flow
from lyhord.rendering import numbers
from lyhord.rendering.report import Block, Bullets, Paragraph, Section, Table, TableCell


def about_section(draft: Draft, standing: Standing, municipality: str | None) -> Section:
    """Background, purpose, method, and a table of answers, comments and response rate."""
    return Section(
        "om-matningen",
        draft.prose("about.title"),
        sections=(
            Section("bakgrund", draft.prose("about.background_title"), _background(draft, standing)),
            Section("syfte", draft.prose("about.purpose_title"), (Bullets(draft.prose.lines("about.purpose")),)),
            Section("metod", draft.prose("about.method_title"), _method(draft, standing)),
            Section("i-siffror", draft.prose("about.flow_title"), (_flow_table(draft, standing, municipality),)),
        ),
        new_page=True,
    )


def answers_by_channel(draft: Draft, standing: Standing, municipality: str | None) -> str:
    """How many answered about each channel that was measured: "400 om telefon, 180 om e-post"."""
    channels = (
        standing.taking_part(municipality) if municipality else tuple(c for c, p in standing.participants.items() if p)
    )
    said = [
        draft.prose(
            f"cover.answers_{channel}", n=numbers.count(standing.answers(channel, municipality or ""), draft.language)
        )
        for channel in channels
    ]
    return ", ".join(said)


def _background(draft: Draft, standing: Standing) -> tuple[Block, ...]:
    if standing.alone:
        return (draft.body("about.background"),)
    participants = draft.prose(
        "about.participants",
        participants=len(standing.everybody),
        tel=len(standing.participants.get("tel", ())),
        epost=len(standing.participants.get("epost", ())),
    )
    earlier = standing.earlier_participants()
    if earlier is not None:
        participants += " " + draft.prose("about.participants_previous", year=earlier[0], previous=earlier[1])
    return (draft.body("about.background"), Paragraph(participants))


def _method(draft: Draft, standing: Standing) -> tuple[Block, ...]:
    material = standing.material
    lines = [
        *draft.prose.lines("about.method", period=numbers.period(material.started, material.ended, draft.language))
    ]
    quotas = {channel.quota for channel in standing.instrument.channels if channel.quota}
    if quotas:
        lines.append(draft.prose("about.method_quota", quota=numbers.count(max(quotas), draft.language)))
    if not standing.alone:
        lines.append(draft.prose("about.method_compare", compare=standing.instrument.thresholds.compare))
    lines += draft.prose.lines("about.method_privacy")
    return (Bullets(tuple(lines)),)


def _flow_table(draft: Draft, standing: Standing, municipality: str | None) -> Table:
    columns = [text_column(draft.prose("about.flow_columns_what"), 2.4)]
    flows: list[Flow] = []
    for channel in standing.instrument.channels:
        name = standing.channel_name(channel.id, draft.language)
        if municipality and municipality in standing.participants.get(channel.id, ()):
            organisation = standing.material.municipality(municipality).name
            columns.append(number_column(draft.prose("about.flow_own", organisation=organisation, channel=name)))
            flows.append(standing.own_flow(municipality, channel.id))
        if not standing.alone:
            columns.append(number_column(draft.prose("about.flow_total", channel=name)))
            flows.append(standing.total_flow(channel.id))
    return draft.table(
        draft.prose("about.flow_title"), columns, _flow_rows(draft, standing, flows), draft.prose("about.flow_note")
    )


def _flow_rows(draft: Draft, standing: Standing, flows: list[Flow]) -> list[list[TableCell]]:
    language = draft.language
    unknown = draft.prose("words.unknown")

    def row(key: str, cells: list[TableCell]) -> list[TableCell]:
        return [text_cell(draft.prose(key)), *cells]

    rows = [
        row("about.flow_answers", [count_cell(standing.answers(f.channel, f.municipality), language) for f in flows]),
        row("about.flow_no_reply", [count_cell(_without_reply(standing, flow), language) for flow in flows]),
        row("about.flow_invited", [count_cell(flow.invited, language, absent=unknown) for flow in flows]),
        row("about.flow_rate", [_ratio(flow.answered, flow.invited, language, unknown) for flow in flows]),
        row("about.flow_comments", [count_cell(flow.commented, language, absent=unknown) for flow in flows]),
        row("about.flow_comments_share", [_ratio(flow.commented, flow.answered, language, unknown) for flow in flows]),
    ]
    participants = [
        count_cell(len(standing.participants[flow.channel]) if not flow.municipality else None, language)
        for flow in flows
    ]
    rows.append(row("about.flow_participants", participants))
    return rows


def _without_reply(standing: Standing, flow: Flow) -> int | None:
    """How many answered that the municipality had not replied; None where nobody is asked, or too few answered."""
    item = f"{flow.channel}.filter"
    if item not in {each.id for each in standing.instrument.items}:
        return None
    counts = standing.own_counts(item, flow.municipality) if flow.municipality else standing.national.of(item)
    return counts.of("nej") if counts.n >= standing.instrument.thresholds.publish else None


def _ratio(part: int | None, whole: int | None, language: str, unknown: str) -> TableCell:
    if part is None or not whole:
        return TableCell(unknown)
    share = 100 * part / whole
    return TableCell(numbers.percent(share, 0, language), share)
