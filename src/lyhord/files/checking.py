"""The rules a row must keep to be counted, each one expression over all rows; what breaks them becomes rejects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from types import MappingProxyType

import narwhals as nw

from lyhord.files.columns import ANSWER_ID, CHANNEL, DATE, MUNICIPALITY
from lyhord.files.durations import ANSWERED_BEFORE_SENT, UNREADABLE
from lyhord.files.engines import ROW, Frame, fetched
from lyhord.files.errors import TooLargeError
from lyhord.files.rejects import Reject
from lyhord.files.resolving import (
    COMMENTED,
    OUT,
    PLACE,
    ROAD,
    WORKING,
    ItemSource,
    Resolver,
    has_text,
    in_channel,
    item_column,
)
from lyhord.files.staging import SURPLUS
from lyhord.instruments.definition import Item, ItemKind

FILE = "_file"
MOST_REJECTS = 10_000
MOST_DUPLICATES = 100_000
_FILE_STRIDE = 1 << 40  # a row's place over several files: file number and row number in one


@dataclass(frozen=True, slots=True)
class Flag:
    """One rule: rows for which ``broken`` is true are rejected with this fault."""

    fault: str
    column: str
    broken: nw.Expr
    particulars: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    of_pattern: bool = True  # told by the answers alone, without whose they are, when, and which row


def flags_for(resolver: Resolver, frame: Frame, file: str) -> tuple[Flag, ...]:
    """Every rule that the file's words do not already show to be kept."""
    inside = tuple(_only_counted(flag) for flag in _answer_flags(resolver, frame, file))
    return (*_place_flags(resolver, SURPLUS in frame.collect_schema().names()), *inside)


def _only_counted(flag: Flag) -> Flag:
    """Excluded cases are in no base, so their answers need not be sound; nor are rows without a channel judged."""
    return replace(flag, broken=flag.broken & nw.col(OUT).is_null())


def _place_flags(resolver: Resolver, may_have_surplus: bool) -> Iterator[Flag]:
    channels = ", ".join(channel.id for channel in resolver.instrument.channels)
    if not resolver.municipality.complete:
        yield Flag("unknown_municipality", MUNICIPALITY, nw.col(PLACE).is_null(), of_pattern=False)
    yield Flag("unknown_channel", CHANNEL, nw.col(ROAD).is_null(), {"allowed": channels})
    if may_have_surplus:
        yield Flag("too_many_fields", SURPLUS, ~nw.col(SURPLUS).is_null())


def _answer_flags(resolver: Resolver, frame: Frame, file: str) -> Iterator[Flag]:
    yield from _duplicate_flags(frame, file)
    for breakdown, column, _ in resolver.sources.divisions:
        words = resolver.divisions[breakdown.id]
        if words.bad:
            fault = "bad_date" if column == DATE else "unknown_option"
            allowed = ", ".join(option.code for option in breakdown.values)
            yield Flag(fault, column, words.is_bad(), {"allowed": allowed}, of_pattern=False)
    for source in resolver.sources.items:
        yield from _word_flags(resolver, source)
        yield from _routing_flags(resolver, source)
    yield from _channel_flags(resolver)
    yield from _moment_flags(resolver)
    yield Flag("no_answer", MUNICIPALITY, ~nw.col(ROAD).is_null() & ~_any_answer(resolver))


def _allowed(item: Item) -> str:
    return ", ".join(option.code for option in item.options)


def _word_flags(resolver: Resolver, source: ItemSource) -> Iterator[Flag]:
    words = resolver.items[source.item.id]
    if source.column.startswith(WORKING):
        yield from _working_flags(resolver, source)
    elif words.bad and not (source.derived and _source_is_item(resolver, source)):
        fault = "bad_number" if source.derived or source.item.kind is ItemKind.SECONDS else "unknown_option"
        yield Flag(fault, source.column, in_channel(source.item) & words.is_bad(), {"allowed": _allowed(source.item)})


def _source_is_item(resolver: Resolver, source: ItemSource) -> bool:
    others = (other for other in resolver.sources.items if other is not source)
    return any(other.column == source.column and other.item.channel == source.item.channel for other in others)


def _working_flags(resolver: Resolver, source: ItemSource) -> Iterator[Flag]:
    if source.item.cut is None:
        return
    moments = {item.id: column for item, column in resolver.sources.moments}
    begin, end = (moments.get(item_id, item_id) for item_id in source.item.cut.sources)
    for word, fault, column in (
        (f"{UNREADABLE}0", "bad_moment", begin),
        (f"{UNREADABLE}1", "bad_moment", end),
        (ANSWERED_BEFORE_SENT, "answered_before_sent", end),
    ):
        yield Flag(fault, column, in_channel(source.item) & (nw.col(source.column) == nw.lit(word)).fill_null(False))


def _routing_flags(resolver: Resolver, source: ItemSource) -> Iterator[Flag]:
    item, value = source.item, nw.col(item_column(source.item.id))
    put = in_channel(item)
    condition = item.asked_when
    if condition and condition.item in resolver.items:
        holds = nw.col(item_column(condition.item)).is_in(list(condition.options)).fill_null(False)
        particulars = {"condition": condition.item, "allowed": ", ".join(condition.options)}
        yield Flag("not_asked", source.column, put & ~holds & ~value.is_null(), particulars)
        put = put & holds
    if item.required or _is_cut_from(resolver, item):
        given = resolver.items[item.id].is_given()
        yield Flag("missing_required", source.column, put & value.is_null() & ~given, {"allowed": _allowed(item)})
    if item.implied and item.implied.when.item in resolver.items:
        yield _contradiction(source)


def _is_cut_from(resolver: Resolver, item: Item) -> bool:
    """Whether an empty value would be taken for a cut's "missing" though the routing says that there is one."""
    if item.asked_when is None:
        return False
    cuts = (source.item.cut for source in resolver.sources.items if source.derived)
    return any(cut is not None and cut.missing is not None and item.id in cut.sources for cut in cuts)


def _contradiction(source: ItemSource) -> Flag:
    implied = source.item.implied
    if implied is None:
        raise ValueError(f"{source.item.id} is implied by nothing")
    follows = nw.col(item_column(implied.when.item)).is_in(list(implied.when.options)).fill_null(False)
    differs = (nw.col(item_column(source.item.id)) != nw.lit(implied.option)).fill_null(False)
    particulars = {"condition": implied.when.item, "allowed": implied.option}
    return Flag("contradicts", source.column, follows & differs, particulars)


def _channel_flags(resolver: Resolver) -> Iterator[Flag]:
    """An answer in a column whose question the row's channel does not put."""
    channels: dict[str, set[str]] = {}
    for source in resolver.sources.items:
        channels.setdefault(source.column, set()).add(source.item.channel)
    every = {channel.id for channel in resolver.instrument.channels}
    divisions = {column for _, column, _ in resolver.sources.divisions}
    for column, putting in channels.items():
        if putting != every and column not in divisions and not column.startswith(WORKING):
            elsewhere = ~nw.col(ROAD).is_in(sorted(putting)) & ~nw.col(ROAD).is_null()
            yield Flag("not_in_channel", column, elsewhere.fill_null(False) & has_text(column))


def _moment_flags(resolver: Resolver) -> Iterator[Flag]:
    for item, column in resolver.sources.moments:
        if item.required:
            yield Flag(
                "missing_required", column, in_channel(item) & ~has_text(column), {"allowed": "2017-10-22 10:35"}
            )


def _any_answer(resolver: Resolver) -> nw.Expr:
    put = [source for source in resolver.sources.items if not source.derived]
    answered = [in_channel(source.item) & resolver.items[source.item.id].is_given() for source in put]
    moments = [in_channel(item) & has_text(column) for item, column in resolver.sources.moments]
    return reduce(or_, [nw.col(COMMENTED), *answered, *moments])


def _duplicate_flags(frame: Frame, file: str) -> Iterator[Flag]:
    """The first row with an id counts, later ones do not; ids are compared as written."""
    if ANSWER_ID not in frame.collect_schema().names():
        return
    place = nw.col(FILE) * _FILE_STRIDE + nw.col(ROW)
    repeated = (
        frame.filter(has_text(ANSWER_ID))
        .select(nw.col(ANSWER_ID), place=place)
        .group_by(ANSWER_ID)
        .agg(n=nw.len().cast(nw.Int64), first=nw.col("place").min())
        .filter(nw.col("n") > 1)
        .select(ANSWER_ID, "first")
        .head(MOST_DUPLICATES + 1)
    )
    found = fetched(repeated)
    if len(found) > MOST_DUPLICATES:
        raise TooLargeError("too_many_duplicates", file=file, limit=MOST_DUPLICATES)
    if found:
        ids, firsts = [answer_id for answer_id, _ in found], [first for _, first in found]
        again = nw.col(ANSWER_ID).is_in(ids).fill_null(False) & ~place.is_in(firsts)
        yield Flag("duplicate_id", ANSWER_ID, again, of_pattern=False)


def is_rejected(flags: Sequence[Flag]) -> nw.Expr:
    """Whether any rule is broken; never null."""
    return reduce(or_, [flag.broken.fill_null(False) for flag in flags])


def sizes(placed: Frame, resolver: Resolver, flags: Sequence[Flag]) -> tuple[int, int, int]:
    """How many rows there are, how many are rejected and how many of the rest are excluded.

    Where the answers alone tell, equal rows are judged once.
    """
    weight = nw.col("_weight")
    if all(flag.of_pattern for flag in flags):
        surplus = [SURPLUS] if any(flag.column == SURPLUS for flag in flags) else []
        weighed = placed.group_by(*resolver.pattern_columns(), *surplus).agg(nw.len().cast(nw.Int64).alias("_weight"))
        constants = resolver.constants()
        weighed = weighed.with_columns(*constants) if constants else weighed
    else:
        weighed = placed.with_columns(nw.lit(1, dtype=nw.Int64).alias("_weight"))
    broken = is_rejected(flags)
    out = ~nw.col(OUT).is_null() & ~broken
    nothing = nw.lit(0, dtype=nw.Int64)
    row = fetched(
        resolver.resolve(weighed).select(
            weight.sum().cast(nw.Int64).alias("read"),
            nw.when(broken).then(weight).otherwise(nothing).sum().cast(nw.Int64).alias("rejected"),
            nw.when(out).then(weight).otherwise(nothing).sum().cast(nw.Int64).alias("excluded"),
        )
    )[0]
    read, rejected, excluded = (int(number or 0) for number in row)
    return read, rejected, excluded


def rejects_in(
    frame: Frame, flags: Sequence[Flag], files: Sequence[str], headings: Mapping[str, str]
) -> tuple[Reject, ...]:
    """The faults of the first ``MOST_REJECTS`` rejected rows, in file order; one row may have several."""
    columns = tuple(dict.fromkeys(flag.column for flag in flags))
    shown = [nw.col(name).alias(f"v{number}") for number, name in enumerate(columns)]
    broken = [flag.broken.fill_null(False).alias(f"f{number}") for number, flag in enumerate(flags)]
    rows = fetched(
        frame.filter(is_rejected(flags)).select(FILE, ROW, *shown, *broken).sort(FILE, ROW).head(MOST_REJECTS)
    )
    return tuple(reject for row in rows for reject in _faults(row, columns, flags, files, headings))


def _faults(
    row: tuple[object, ...],
    columns: Sequence[str],
    flags: Sequence[Flag],
    files: Sequence[str],
    headings: Mapping[str, str],
) -> Iterator[Reject]:
    file, number = row[0], row[1]
    values = dict(zip(columns, row[2 : 2 + len(columns)], strict=True))
    for flag, broken in zip(flags, row[2 + len(columns) :], strict=True):
        if broken:
            value = values[flag.column]
            yield Reject(
                file=files[int(str(file))],
                row=int(str(number)),
                field="" if flag.column == SURPLUS else headings.get(flag.column, flag.column),
                value="" if value is None or flag.column == SURPLUS else str(value),
                fault=flag.fault,
                particulars=flag.particulars,
            )
