"""The count: one lazy expression from resolved rows to option counts, the same on every engine.

Items are text before they are unpivoted (DuckDB refuses mixed columns) and counts are Int64 (engines differ in their
count types), so that the expression runs unchanged on any engine that Narwhals knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from lyhord.files.engines import Frame, fetched
from lyhord.files.resolving import COMMENTED, OUT, PLACE, ROAD, WORKING, Resolver, division_column, item_column
from lyhord.instruments.definition import Breakdown, Instrument, Item, ItemKind
from lyhord.method.tally import (
    NO_BREAKDOWN,
    Cell,
    Counts,
    DurationSum,
    Flow,
    Pair,
    PairTally,
    Place,
    Tally,
)

CROSSED = "*"  # a crossed pair of breakdowns a and b is the breakdown "a*b" with values "x*y"
_COUNT = "count"
_INSIDE = "_inside"
_KEYS = (PLACE, ROAD, "item", "option")


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


def option_counts(frame: Frame, items: Sequence[str], divisions: Sequence[Division]) -> Frame:
    """The count itself: columns municipality, channel, item, option, breakdown, value and count.

    ``frame`` is resolved and holds only rows that count, with ``_inside`` telling which belong to totals.
    """
    keys = [PLACE, ROAD, _INSIDE, *dict.fromkeys(column for division in divisions for column in division.columns)]
    joint = nw.concat([_joint_counts(frame, keys, item) for item in items])
    return nw.concat([_rolled_up(joint, division) for division in divisions])


def _joint_counts(frame: Frame, keys: Sequence[str], item: str) -> Frame:
    """One item's options in the finest cells; an intermediate that is never kept or shown."""
    return (
        frame.filter(~nw.col(item).is_null())
        .select(*keys, nw.lit(item).alias("item"), nw.col(item).cast(nw.String).alias("option"))
        .group_by(*keys, "item", "option")
        .agg(nw.len().cast(nw.Int64).alias(_COUNT))
    )


def _rolled_up(joint: Frame, division: Division) -> Frame:
    value = (
        nw.lit("")
        if not division.columns
        else nw.concat_str([nw.col(name) for name in division.columns], separator=CROSSED)
    )
    counted = joint if division.whole else joint.filter(nw.col(_INSIDE))
    for column in division.columns:
        counted = counted.filter(~nw.col(column).is_null())
    return (
        counted.select(*_KEYS, value.alias("value"), _COUNT)
        .group_by(*_KEYS, "value")
        .agg(nw.col(_COUNT).sum().cast(nw.Int64))
        .select(*_KEYS, nw.lit(division.id).alias("breakdown"), "value", _COUNT)
    )


def counts_of(frame: Frame, resolver: Resolver, round_id: str) -> Counts:
    """Everything that one resolved and checked frame gives: tally, pairs, flows and durations.

    ``frame`` must hold only sound rows; excluded cases are counted in flows and left out of everything else.
    """
    instrument = resolver.instrument
    breakdowns = [breakdown for breakdown, _, _ in resolver.sources.divisions]
    counted = frame.filter(nw.col(OUT).is_null()).with_columns(inside_total(breakdowns).alias(_INSIDE))
    divisions = divisions_of(instrument, [breakdown.id for breakdown in breakdowns])
    graded = [source.item for source in resolver.sources.items if source.item.kind is not ItemKind.SECONDS]
    return Counts(
        tally=_tally(counted, graded, divisions, instrument, round_id),
        pairs=_pairs(counted, graded, instrument, round_id),
        flows=_flows(frame, counted, round_id),
        durations=_durations(counted, resolver, divisions, round_id),
    )


def _tally(
    frame: Frame, items: Sequence[Item], divisions: Sequence[Division], instrument: Instrument, round_id: str
) -> Tally:
    if not items:
        return Tally({})
    ids = {item_column(item.id): item.id for item in items}
    rows = fetched(option_counts(frame, list(ids), divisions))
    order = {(item.id, option.code): place for item in items for place, option in enumerate(item.options)}
    cells = [
        (Cell(Place(round_id, instrument.id, place, channel, breakdown, value), ids[item], option), int(count))
        for place, channel, item, option, breakdown, value, count in rows
    ]
    cells.sort(key=lambda cell: (cell[0].place, cell[0].item, order.get((cell[0].item, cell[0].option), 0)))
    return Tally.from_cells(cells)


def _pairs(frame: Frame, items: Sequence[Item], instrument: Instrument, round_id: str) -> PairTally:
    columns = {item.id: item_column(item.id) for item in items}
    counts: dict[Pair, dict[tuple[str, str], int]] = {}
    for first, second in instrument.pairs:
        if first in columns and second in columns:
            a, b = columns[first], columns[second]
            for place, one, other, count in fetched(_joint(frame, a, b)):
                pair = Pair(round_id, instrument.id, place, first, second)
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
    frame: Frame, resolver: Resolver, divisions: Sequence[Division], round_id: str
) -> Mapping[tuple[Place, str], DurationSum]:
    found: dict[tuple[Place, str], DurationSum] = {}
    for source in resolver.sources.items:
        if source.column.startswith(WORKING):
            for division in divisions:
                rows = fetched(_summed(frame, source.item, source.column, division))
                found |= dict(_duration_sums(rows, source.item, division, (round_id, resolver.instrument.id)))
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
