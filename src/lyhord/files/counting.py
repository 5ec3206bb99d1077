"""The count: one lazy expression from resolved rows to option counts, the same on every engine.

Items are text before they are unpivoted (DuckDB refuses mixed columns) and counts are Int64 (engines differ in their
count types), so that the expression runs unchanged on any engine that Narwhals knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw

from lyhord.files.engines import Frame, fetched
from lyhord.files.resolving import COMMENTED, OUT, PLACE, ROAD, WORKING, Resolver, division_column, item_column
from lyhord.instruments.definition import Breakdown, Instrument, Item, ItemKind
from lyhord.method.tally import (
    NO_BREAKDOWN,
    Counts,
    DurationSum,
    Flow,
    OptionCounts,
    Pair,
    PairTally,
    Place,
    Tally,
)

CROSSED = "*"  # a crossed pair of breakdowns a and b is the breakdown "a*b" with values "x*y"
_COUNT = "count"
_INSIDE = "_inside"
MOST_PATTERNS = 3_000  # option combinations in one pass; more items than that are counted in several passes


@dataclass(frozen=True, slots=True)
class Division:
    """One cut through the answers: no breakdown, one, or a crossed pair of columns."""

    id: str
    columns: tuple[str, ...]
    whole: bool  # counts all answers, also those outside the total


def divisions_of(instrument: Instrument, present: Sequence[str]) -> tuple[Division, ...]:
    """The instrument's publishable divisions among the breakdowns that a file has."""
    there = {breakdown.id: breakdown for breakdown in instrument.breakdowns if breakdown.id in present}
    single = [Division(b.id, (division_column(b.id),), bool(b.outside_total)) for b in there.values()]
    pairs = [(there[a], there[b]) for a, b in instrument.crossed if a in there and b in there]
    crossed = [
        Division(
            f"{a.id}{CROSSED}{b.id}",
            (division_column(a.id), division_column(b.id)),
            bool(a.outside_total or b.outside_total),
        )
        for a, b in pairs
    ]
    return (Division(NO_BREAKDOWN, (), False), *single, *crossed)


def inside_total(breakdowns: Sequence[Breakdown]) -> nw.Expr:
    """Whether an answer belongs to totals: in none of the values that a breakdown leaves out. Never null."""
    inside = nw.lit(True)
    for breakdown in breakdowns:
        if breakdown.outside_total:
            left_out = nw.col(division_column(breakdown.id)).is_in(list(breakdown.outside_total)).fill_null(False)
            inside = inside & ~left_out
    return inside


def option_counts(frame: Frame, items: Sequence[str], division: Division) -> Frame:
    """The count itself: columns municipality, the division's columns, item, option and count.

    ``frame`` holds only the rows of one channel that count; ``items`` are columns of option codes. Rows are first
    gathered into patterns of equal answers, of which there are few however long the file is, and only the patterns
    are unpivoted.
    """
    keys = [PLACE, *division.columns]
    patterns = frame.group_by(*keys, *items).agg(nw.len().cast(nw.Int64).alias(_COUNT))
    texts = [nw.col(item).cast(nw.String) for item in items]
    return (
        patterns.select(*keys, _COUNT, *texts)
        .unpivot(on=list(items), index=[*keys, _COUNT], variable_name="item", value_name="option")
        .filter(~nw.any_horizontal(nw.col(*keys, "option").is_null(), ignore_nulls=True))
        .group_by(*keys, "item", "option")
        .agg(nw.col(_COUNT).sum().cast(nw.Int64))
        .select(*keys, "item", "option", _COUNT)
    )


def _groups(items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """Items in groups of which each has at most ``MOST_PATTERNS`` combinations of options."""
    group: list[Item] = []
    patterns = 1
    for item in items:
        if group and patterns * (len(item.options) + 1) > MOST_PATTERNS:
            yield tuple(group)
            group, patterns = [], 1
        group.append(item)
        patterns *= len(item.options) + 1
    if group:
        yield tuple(group)


def counts_of(frame: Frame, resolver: Resolver, round_id: str) -> Counts:
    """Everything that one resolved and checked frame gives: tally, pairs, flows and durations.

    ``frame`` must hold only sound rows; excluded cases are counted in flows and left out of everything else.
    """
    instrument = resolver.instrument
    breakdowns = [breakdown for breakdown, _, _ in resolver.sources.divisions]
    counted = frame.filter(nw.col(OUT).is_null()).with_columns(inside_total(breakdowns).alias(_INSIDE))
    divisions = divisions_of(instrument, [breakdown.id for breakdown in breakdowns])
    channels = [_ChannelRows(channel.id, counted, resolver) for channel in instrument.channels]
    return Counts(
        tally=_tally(channels, divisions, (round_id, instrument.id)),
        pairs=_pairs(channels, (round_id, instrument.id)),
        flows=_flows(frame, counted, round_id),
        durations=_durations(channels, divisions, (round_id, instrument.id)),
    )


@dataclass(frozen=True)
class _ChannelRows:
    """The rows of one channel and the items counted among them."""

    channel: str
    counted: Frame
    resolver: Resolver

    @cached_property
    def items(self) -> tuple[Item, ...]:
        found = (source.item for source in self.resolver.sources.items)
        return tuple(item for item in found if item.channel == self.channel and item.kind is not ItemKind.SECONDS)

    @cached_property
    def rows(self) -> Frame:
        return self.resolver.channel_rows(self.counted, self.channel)


def _tally(channels: Sequence[_ChannelRows], divisions: Sequence[Division], measured_in: tuple[str, str]) -> Tally:
    by_place: dict[tuple[Place, str], OptionCounts] = {}
    for channel in channels:
        for division in divisions:
            rows = channel.rows if division.whole else channel.rows.filter(nw.col(_INSIDE))
            for group in _groups(channel.items):
                found = fetched(option_counts(rows, [item_column(item.id) for item in group], division))
                by_place |= _gathered(found, group, division, (*measured_in, channel.channel))
    return Tally(dict(sorted(by_place.items())))


def _gathered(
    rows: Sequence[tuple[Any, ...]], items: Sequence[Item], division: Division, measured: tuple[str, str, str]
) -> dict[tuple[Place, str], OptionCounts]:
    """Rows of (municipality, *values, item column, option, count) as option counts, options in the item's order."""
    ids = {item_column(item.id): item for item in items}
    cells: dict[tuple[Any, ...], dict[str, int]] = {}
    for *where, option, count in rows:
        cells.setdefault(tuple(where), {})[option] = int(count)
    round_id, instrument, channel = measured
    gathered = {}
    for (municipality, *values, column), counts in cells.items():
        place = Place(round_id, instrument, municipality, channel, division.id, CROSSED.join(values))
        item = ids[column]
        ordered = tuple((option.code, counts[option.code]) for option in item.options if option.code in counts)
        gathered[place, item.id] = OptionCounts(item.id, ordered)
    return gathered


def _pairs(channels: Sequence[_ChannelRows], measured_in: tuple[str, str]) -> PairTally:
    counts: dict[Pair, dict[tuple[str, str], int]] = {}
    for channel in channels:
        ids = {item.id for item in channel.items}
        for first, second in channel.resolver.instrument.pairs:
            if first in ids and second in ids:
                joint = _joint(channel.rows, item_column(first), item_column(second))
                for municipality, one, other, count in fetched(joint):
                    pair = Pair(*measured_in, municipality, first, second)
                    counts.setdefault(pair, {})[one, other] = int(count)
    return PairTally({pair: dict(sorted(counts[pair].items())) for pair in sorted(counts)})


def _joint(frame: Frame, first: str, second: str) -> Frame:
    return (
        frame.filter(nw.col(_INSIDE), ~nw.col(first).is_null(), ~nw.col(second).is_null())
        .group_by(PLACE, first, second)
        .agg(nw.len().cast(nw.Int64).alias(_COUNT))
        .select(PLACE, first, second, _COUNT)
    )


def _flows(frame: Frame, counted: Frame, round_id: str) -> tuple[Flow, ...]:
    answered = fetched(
        counted.filter(nw.col(_INSIDE))
        .group_by(PLACE, ROAD)
        .agg(nw.len().cast(nw.Int64).alias(_COUNT), nw.col(COMMENTED).cast(nw.Int64).sum().alias("n"))
        .select(PLACE, ROAD, _COUNT, "n")
    )
    left_out = fetched(
        frame.filter(~nw.col(OUT).is_null())
        .group_by(PLACE, ROAD, OUT)
        .agg(nw.len().cast(nw.Int64).alias(_COUNT))
        .select(PLACE, ROAD, OUT, _COUNT)
    )
    found = {(place, channel): (int(count), int(commented)) for place, channel, count, commented in answered}
    reasons: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for place, channel, reason, count in left_out:
        reasons.setdefault((place, channel), []).append((reason, int(count)))
    return tuple(_flow(round_id, key, found, reasons) for key in sorted(found.keys() | reasons.keys()))


def _flow(
    round_id: str,
    key: tuple[str, str],
    found: Mapping[tuple[str, str], tuple[int, int]],
    reasons: Mapping[tuple[str, str], list[tuple[str, int]]],
) -> Flow:
    answered, commented = found.get(key, (0, 0))
    excluded = tuple(sorted(reasons.get(key, ())))
    return Flow(round_id, *key, answered=answered, commented=commented, excluded=excluded)


def _durations(
    channels: Sequence[_ChannelRows], divisions: Sequence[Division], measured_in: tuple[str, str]
) -> Mapping[tuple[Place, str], DurationSum]:
    found: dict[tuple[Place, str], DurationSum] = {}
    for channel in channels:
        for source in channel.resolver.sources.items:
            if source.item.channel == channel.channel and source.column.startswith(WORKING):
                for division in divisions:
                    rows = fetched(_summed(channel.rows, source.item, source.column, division))
                    found |= dict(_duration_sums(rows, source.item, division, measured_in))
    return dict(sorted(found.items()))


def _summed(frame: Frame, item: Item, column: str, division: Division) -> Frame:
    """Sums over the answers that came in time: the cut's ``missing`` option also holds those that came too late."""
    code = nw.col(item_column(item.id))
    in_time = code != nw.lit(item.cut.missing) if item.cut and item.cut.missing else ~code.is_null()
    answered = (frame if division.whole else frame.filter(nw.col(_INSIDE))).filter(in_time.fill_null(False))
    for name in division.columns:
        answered = answered.filter(~nw.col(name).is_null())
    seconds = nw.col("seconds")
    return (
        answered.select(PLACE, ROAD, *division.columns, seconds=nw.col(column).cast(nw.Int64))
        .with_columns(squared=seconds * seconds)
        .group_by(PLACE, ROAD, *division.columns)
        .agg(
            nw.len().cast(nw.Int64).alias("n"),
            seconds.sum().cast(nw.Int64).alias("total"),
            nw.col("squared").sum().cast(nw.Int64).alias("squares"),
            seconds.min().alias("least"),
            seconds.max().alias("greatest"),
        )
        .select(PLACE, ROAD, *division.columns, "n", "total", "squares", "least", "greatest")
    )


def _duration_sums(
    rows: Sequence[tuple[object, ...]], item: Item, division: Division, measured_in: tuple[str, str]
) -> Iterator[tuple[tuple[Place, str], DurationSum]]:
    width = len(division.columns)
    for row in rows:
        value = CROSSED.join(str(part) for part in row[2 : 2 + width])
        place = Place(*measured_in, str(row[0]), str(row[1]), division.id, value)
        yield (place, item.id), DurationSum(*(int(str(number)) for number in row[2 + width :]))
