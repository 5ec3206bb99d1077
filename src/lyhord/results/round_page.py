"""The page of a whole round: every participant's figures so far in a table for each channel, and no comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Measure
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import thresholds_of
from lyhord.measurements.rounds import instrument_of
from lyhord.method.measures import measure_figure
from lyhord.method.tally import Flow
from lyhord.rendering import numbers
from lyhord.rendering.alphabet import in_swedish_order
from lyhord.results.progress import Days, Progress, days_of, progress_of
from lyhord.results.questions import TotalText, total_text
from lyhord.results.so_far import standing_so_far


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One participant in one channel; a value is empty where there are too few answers."""

    name: str
    code: str
    progress: Progress
    values: tuple[tuple[str, str], ...]  # value and interval


@dataclass(frozen=True, slots=True)
class ChannelTable:
    """One channel's participants by name, and the totals so far, None where they are too few."""

    id: str
    name: str
    questions: tuple[str, ...]
    rows: tuple[ParticipantRow, ...]
    totals: tuple[TotalText | None, ...]
    answers: str


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A whole round so far."""

    name: str
    key: str
    fictitious: bool
    days: Days
    channels: tuple[ChannelTable, ...]
    least: int
    members: int
    external: int


def round_page(round_: Round, participations: Sequence[Participation], today: date, language: str) -> RoundPage:
    """The page of a round with these participants."""
    standing = standing_so_far(round_)
    limits = instrument_of(round_).thresholds
    tables = (
        _table(standing, round_, [one for one in participations if one.channel == channel.id], language)
        for channel in instrument_of(round_).channels
    )
    return RoundPage(
        round_.name,
        round_.key,
        round_.fictitious,
        days_of(round_, today, language),
        tuple(table for table in tables if table is not None),
        least=limits.publish,
        members=limits.group_members + 1,
        external=limits.external,
    )


def _table(
    standing: Standing | None, round_: Round, participations: Sequence[Participation], language: str
) -> ChannelTable | None:
    if not participations:
        return None
    channel = participations[0].channel
    measures = standing.headline_in(channel) if standing else ()
    flows = (
        {flow.municipality: flow for flow in standing.material.counts.flows if flow.channel == channel}
        if standing
        else {}
    )
    rows = []
    for each in participations:
        each.round = round_  # the same, already read
        flow = flows.get(each.municipality_id) or Flow(round_.key, each.municipality_id, channel)
        rows.append(_row(standing, each, flow, measures, language))
    return ChannelTable(
        channel,
        instrument_of(round_).channel(channel).name.in_language(language),
        tuple(standing.item_name(measure, language) for measure in measures) if standing else (),
        tuple(sorted(rows, key=lambda row: in_swedish_order(row.name))),
        tuple(total_text(standing, measure, language) for measure in measures) if standing else (),
        numbers.count(standing.answers(channel), language) if standing and measures else "0",
    )


def _row(
    standing: Standing | None, participation: Participation, flow: Flow, measures: Sequence[Measure], language: str
) -> ParticipantRow:
    code = participation.municipality_id
    answers = standing.answers(participation.channel, code) if standing else 0
    values = tuple(_value(standing, participation, measure, language) for measure in measures) if standing else ()
    progress = progress_of(participation, answers, flow, language)
    return ParticipantRow(participation.municipality.name, code, progress, values)


def _value(standing: Standing, participation: Participation, measure: Measure, language: str) -> tuple[str, str]:
    counts = standing.own_counts(measure.item, participation.municipality_id)
    least = thresholds_of(participation).publish
    figure = measure_figure(measure, standing.instrument, counts, language=language, threshold=least)
    if figure.value is None:
        return "", ""
    return (
        numbers.decimal(figure.value, figure.decimals, language),
        numbers.interval(figure.low, figure.high, figure.decimals, language),
    )
