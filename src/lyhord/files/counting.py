"""The count: one lazy expression from resolved rows to option counts, the same on every engine.

Items are text before they are unpivoted (DuckDB refuses mixed columns) and counts are Int64 (engines differ in their
count types), so that the expression runs unchanged on any engine that Narwhals knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import narwhals as nw

from lyhord.files.engines import Frame, fetched, gathered
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
MOST_PATTERNS = 3_000  # combinations of options in one pass; items with more are counted in several passes


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


def answer_patterns(rows: Frame, keys: Sequence[str], items: Sequence[str]) -> Frame:
    """The count itself: how many rows answered alike, in each cell of ``keys``; columns keys, items and ``count``.

    However long the file is, there are few patterns. ``rows`` are those of one channel that count; ``items`` are
    columns of option codes.
    """
    return rows.group_by(*keys, *items).agg(nw.len().cast(nw.Int64).alias(_COUNT))


def option_counts(patterns: Frame, items: Sequence[str], division: Division) -> Frame:
    """Patterns as option counts: columns municipality, the division's columns, item, option and ``count``."""
    keys = [PLACE, *division.columns]
    texts = [nw.col(item).cast(nw.String) for item in items]
    inside = patterns if division.whole else patterns.filter(nw.col(_INSIDE))
    return (
        inside.select(*keys, _COUNT, *texts)
        .unpivot(on=list(items), index=[*keys, _COUNT], variable_name="item", value_name="option")
        .filter(~nw.any_horizontal(nw.col(*keys, "option").is_null(), ignore_nulls=True))
        .group_by(*keys, "item", "option")
        .agg(nw.col(_COUNT).sum().cast(nw.Int64))
        .select(*keys, "item", "option", _COUNT)
    )


def joint_counts(patterns: Frame, first: str, second: str) -> Frame:
    """Patterns as joint counts of two items: columns municipality, first, second and ``count``."""
    return (
        patterns.filter(nw.col(_INSIDE), ~nw.col(first).is_null(), ~nw.col(second).is_null())
        .group_by(PLACE, first, second)
        .agg(nw.col(_COUNT).sum().cast(nw.Int64))
        .select(PLACE, first, second, _COUNT)
    )


def counts_of(frame: Frame, resolver: Resolver, round_id: str) -> Counts:
    """Everything that one resolved and checked frame gives: tally, pairs, flows and durations.

    ``frame`` must hold only sound rows; excluded cases are counted in flows and left out of everything else.
    """
    instrument = resolver.instrument
    breakdowns = [breakdown for breakdown, _, _ in resolver.sources.divisions]
    counted = frame.filter(nw.col(OUT).is_null()) if resolver.excludes else frame
    counted = counted.with_columns(inside_total(breakdowns).alias(_INSIDE))
    divisions = divisions_of(instrument, [breakdown.id for breakdown in breakdowns])
    channels = [_ChannelRows(channel.id, counted, resolver) for channel in instrument.channels]
    measured_in = (round_id, instrument.id)
    by_place: dict[tuple[Place, str], OptionCounts] = {}
    pairs: dict[Pair, Mapping[tuple[str, str], int]] = {}
    for channel in channels:
        patterns: Mapping[str, Frame] = {}
        for group in channel.groups():
            patterns = channel.gathered_patterns(group, divisions, patterns)
            for division in divisions:
                by_place |= _option_counts(patterns, group, division, (*measured_in, channel.channel))
            pairs |= _pairs(next(iter(patterns.values())), group, instrument, round_id)
    return Counts(
        tally=Tally(dict(sorted(by_place.items()))),
        pairs=PairTally(dict(sorted(pairs.items()))),
        flows=_flows(frame, counted, resolver, round_id),
        durations=_durations(channels, divisions, measured_in),
    )


@dataclass(frozen=True)
class _ChannelRows:
    """The rows of one channel and the items counted among them."""

    channel: str
    counted: Frame
    resolver: Resolver

    @cached_property
    def rows(self) -> Frame:
        return self.resolver.channel_rows(self.counted, self.channel)

    def groups(self) -> Iterator[tuple[Item, ...]]:
        """Items counted in one pass: those paired stay together, one that is also a breakdown stands alone.

        Each group has at most ``MOST_PATTERNS`` combinations of options unless a pair needs more.
        """
        found = [source for source in self.resolver.sources.items if source.item.channel == self.channel]
        graded = [source for source in found if source.item.kind is not ItemKind.SECONDS]
        dividing = {column for _, column, _ in self.resolver.sources.divisions}
        group: list[Item] = []
        paired = {item_id for pair in self.resolver.instrument.pairs for item_id in pair}
        rest = [source.item for source in graded if source.column not in dividing]
        for item in sorted(rest, key=lambda item: item.id not in paired):
            if group and item.id not in paired and _patterns([*group, item]) > MOST_PATTERNS:
                yield tuple(group)
                group = []
            group.append(item)
        if group:
            yield tuple(group)
        yield from ((source.item,) for source in graded if source.column in dividing)

    def gathered_patterns(
        self, group: Sequence[Item], divisions: Sequence[Division], earlier: Mapping[str, Frame]
    ) -> dict[str, Frame]:
        """The patterns of each division, gathered from the engine; the undivided are summed from any division's.

        An item that is itself a division is told by the ``earlier`` patterns of that division, without another pass.
        """
        items = [item_column(item.id) for item in group]
        divided = [division for division in divisions if division.columns] or list(divisions)
        partial = any(breakdown.outside_total for breakdown, _, _ in self.resolver.sources.divisions)
        found = {}
        for division in divided:
            if division.id in earlier and self._told_by(division, group):
                value = nw.col(division.columns[0])
                found[division.id] = earlier[division.id].with_columns(value.alias(items[0]))
                continue
            keys = dict.fromkeys([PLACE, *([_INSIDE] if partial else []), *division.columns])
            patterns = gathered(answer_patterns(self.rows, list(keys), items))
            found[division.id] = patterns if partial else patterns.with_columns(nw.lit(True).alias(_INSIDE))
        return found

    def _told_by(self, division: Division, group: Sequence[Item]) -> bool:
        """Whether the group is one item whose answer is the division's value."""
        column = next((source.column for source in self.resolver.sources.items if source.item is group[0]), None)
        options = {option.code for option in group[0].options}
        return len(group) == 1 and any(
            breakdown.id == division.id and column == own and options == {value.code for value in breakdown.values}
            for breakdown, own, _ in self.resolver.sources.divisions
        )


def _patterns(items: Sequence[Item]) -> int:
    return prod(len(item.options) + 1 for item in items)


def _option_counts(
    patterns: Mapping[str, Frame], items: Sequence[Item], division: Division, measured: tuple[str, str, str]
) -> dict[tuple[Place, str], OptionCounts]:
    """One division's option counts, options in the item's order."""
    ids = {item_column(item.id): item for item in items}
    own = patterns.get(division.id) or next(iter(patterns.values()))
    cells: dict[tuple[str, ...], dict[str, int]] = {}
    for *where, option, count in fetched(option_counts(own, list(ids), division)):
        cells.setdefault(tuple(where), {})[option] = count
    round_id, instrument, channel = measured
    found = {}
    for (municipality, *values, column), counts in cells.items():
        place = Place(round_id, instrument, municipality, channel, division.id, CROSSED.join(values))
        item = ids[column]
        ordered = tuple((option.code, counts[option.code]) for option in item.options if option.code in counts)
        found[place, item.id] = OptionCounts(item.id, ordered)
    return found


def _pairs(
    patterns: Frame, items: Sequence[Item], instrument: Instrument, round_id: str
) -> dict[Pair, Mapping[tuple[str, str], int]]:
    ids = {item.id for item in items}
    counts: dict[Pair, dict[tuple[str, str], int]] = {}
    for first, second in instrument.pairs:
        if first in ids and second in ids:
            joint = joint_counts(patterns, item_column(first), item_column(second))
            for municipality, one, other, count in sorted(fetched(joint)):
                pair = Pair(round_id, instrument.id, municipality, first, second)
                counts.setdefault(pair, {})[one, other] = count
    return dict(counts)


def _flows(frame: Frame, counted: Frame, resolver: Resolver, round_id: str) -> tuple[Flow, ...]:
    answered = fetched(
        counted.filter(nw.col(_INSIDE))
        .group_by(PLACE, ROAD)
        .agg(nw.len().cast(nw.Int64).alias(_COUNT), nw.col(COMMENTED).cast(nw.Int64).sum().cast(nw.Int64).alias("n"))
        .select(PLACE, ROAD, _COUNT, "n")
    )
    found = {(place, channel): (count, commented) for place, channel, count, commented in answered}
    reasons: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for place, channel, reason, count in _excluded(frame) if resolver.excludes else ():
        reasons.setdefault((place, channel), []).append((reason, count))
    return tuple(_flow(round_id, key, found, reasons) for key in sorted(found.keys() | reasons.keys()))


def _excluded(frame: Frame) -> list[tuple[Any, ...]]:
    return fetched(
        frame.filter(~nw.col(OUT).is_null())
        .group_by(PLACE, ROAD, OUT)
        .agg(nw.len().cast(nw.Int64).alias(_COUNT))
        .select(PLACE, ROAD, OUT, _COUNT)
    )


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
