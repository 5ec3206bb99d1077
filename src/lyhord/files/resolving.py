"""From a file's words to an instrument's codes, for every row at once: the resolved frame that is checked and counted.

Resolved columns: ``_m`` municipality, ``_c`` channel, ``_out`` excluded, ``_commented``, ``_b_<breakdown>`` and
``_i_<item>``. The raw columns stay beside them so that a rejected row can show what was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import narwhals as nw

from lyhord.files.columns import CHANNEL, DATE, EXCLUDED, MUNICIPALITY, folded, source_column
from lyhord.files.engines import Frame
from lyhord.files.vocabulary import (
    Meaning,
    Translation,
    any_meaning,
    channel_meaning,
    cut_meaning,
    municipality_meaning,
    option_meaning,
    seconds_of,
    translation,
    week_meaning,
)
from lyhord.instruments.definition import Breakdown, Instrument, Item, ItemKind
from lyhord.method.groups import Municipality

PLACE, ROAD, OUT, COMMENTED = "_m", "_c", "_out", "_commented"
WORKING = "_work_"
NOTHING = nw.lit(None, dtype=nw.String)
Words = Mapping[str, Sequence[str | None]]


def item_column(item_id: str) -> str:
    """Where an item's codes stand in the resolved frame."""
    return f"_i_{folded(item_id)}"


def division_column(breakdown_id: str) -> str:
    """Where a breakdown's values stand in the resolved frame."""
    return f"_b_{folded(breakdown_id)}"


def working_column(item_id: str) -> str:
    """Where the working seconds of an item stand in the staged file."""
    return f"{WORKING}{folded(item_id)}"


@dataclass(frozen=True, slots=True)
class ItemSource:
    """Where an item's answers come from: a column of the file and what its words mean.

    ``derived`` is True for an item cut from raw numbers: an empty source then means the cut's ``missing``.
    """

    item: Item
    column: str
    meaning: Meaning
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything an instrument finds in a file: graded items, free texts, moments and breakdowns."""

    items: tuple[ItemSource, ...]
    texts: tuple[tuple[Item, str], ...]
    moments: tuple[tuple[Item, str], ...]
    divisions: tuple[tuple[Breakdown, str, Meaning], ...]

    def columns(self) -> tuple[str, ...]:
        """The columns whose words must be known before rows are resolved."""
        named = [source.column for source in self.items] + [column for _, column, _ in self.divisions]
        return tuple(dict.fromkeys([MUNICIPALITY, CHANNEL, *named]))


def sources_of(instrument: Instrument, present: Iterable[str]) -> Sources:
    """Match an instrument's items and breakdowns with the columns that are there."""
    here = frozenset(present)
    found = [source for item in instrument.items if (source := _item_source(item, here))]
    plain = [(item, column) for item in instrument.items if (column := source_column(item.id, here))]
    return Sources(
        items=tuple(found),
        texts=tuple((item, column) for item, column in plain if item.kind is ItemKind.TEXT),
        moments=tuple((item, column) for item, column in plain if item.kind is ItemKind.MOMENT),
        divisions=tuple(
            (breakdown, folded(breakdown.column), _division_meaning(breakdown))
            for breakdown in instrument.breakdowns
            if folded(breakdown.column) in here
        ),
    )


def _item_source(item: Item, here: frozenset[str]) -> ItemSource | None:
    column = source_column(item.id, here)
    if item.kind is ItemKind.SECONDS:
        return ItemSource(item, column, _seconds_meaning) if column else None
    if item.kind not in (ItemKind.SCALE, ItemKind.CHOICE):
        return None
    if column:
        return ItemSource(item, column, option_meaning(item.options))
    return _cut_source(item, here)


def _cut_source(item: Item, here: frozenset[str]) -> ItemSource | None:
    if item.cut is None:
        return None
    if item.cut.unit == "working_hours":
        column = working_column(item.id) if working_column(item.id) in here else None
    else:
        column = source_column(item.cut.sources[0], here)
    return ItemSource(item, column, cut_meaning(item.cut), derived=True) if column else None


def _seconds_meaning(text: str) -> str | None:
    return None if seconds_of(text) is None else text


def _division_meaning(breakdown: Breakdown) -> Meaning:
    if folded(breakdown.column) == DATE:
        return week_meaning
    return option_meaning(breakdown.values) if breakdown.values else any_meaning


@dataclass(frozen=True, slots=True)
class Resolver:
    """Translations of every column that matters, made from the words that the file holds."""

    instrument: Instrument
    sources: Sources
    municipality: Translation
    channel: Translation
    divisions: Mapping[str, Translation]
    items: Mapping[str, Translation]
    excludes: bool

    def placed(self, frame: Frame) -> Frame:
        """The frame with municipality, channel, exclusion, comment and breakdowns resolved."""
        there = frame.with_columns(
            self.municipality.code().alias(PLACE),
            self.channel.code().alias(ROAD),
            _excluded(self.excludes).alias(OUT),
            *(translation.code().alias(division_column(key)) for key, translation in self.divisions.items()),
        )
        return there.with_columns(self._commented().alias(COMMENTED))

    def resolve(self, placed: Frame) -> Frame:
        """A placed frame with every item's codes added, each null outside its channel."""
        codes = [
            nw.when(in_channel(source.item))
            .then(self._code(source))
            .otherwise(NOTHING)
            .alias(item_column(source.item.id))
            for source in self.sources.items
        ]
        return self._with_implied(placed.with_columns(*codes) if codes else placed, self.sources.items)

    def channel_rows(self, placed: Frame, channel: str) -> Frame:
        """The rows of one channel with its items' codes: cheaper than ``resolve``, for rows known to be sound."""
        sources = tuple(source for source in self.sources.items if source.item.channel == channel)
        rows = placed.filter(nw.col(ROAD) == nw.lit(channel))
        codes = [self._code(source).alias(item_column(source.item.id)) for source in sources]
        return self._with_implied(rows.with_columns(*codes) if codes else rows, sources)

    def pattern_columns(self) -> tuple[str, ...]:
        """The columns that tell whether answers fit together, whoever gave them and whenever."""
        told = [ROAD, *([OUT] if self.excludes else []), *([COMMENTED] if self.sources.texts else [])]
        moments = [column for _, column in self.sources.moments]
        return tuple(dict.fromkeys([*told, *(source.column for source in self.sources.items), *moments]))

    def constants(self) -> tuple[nw.Expr, ...]:
        """The resolved columns that are the same for every row of this file."""
        constant = [] if self.excludes else [NOTHING.alias(OUT)]
        return (*constant, *(() if self.sources.texts else (nw.lit(False).alias(COMMENTED),)))

    def _code(self, source: ItemSource) -> nw.Expr:
        """The item's code in a row of its channel."""
        words = self.items[source.item.id]
        cut = source.item.cut
        if not source.derived or cut is None or cut.missing is None:
            return words.code()
        return nw.when(words.is_given()).then(words.code()).otherwise(nw.lit(cut.missing))

    def _with_implied(self, frame: Frame, sources: Iterable[ItemSource]) -> Frame:
        implied = [self._implied(source.item) for source in sources if self._is_implied(source.item)]
        return frame.with_columns(*implied) if implied else frame

    def _is_implied(self, item: Item) -> bool:
        return item.implied is not None and item.implied.when.item in self.items

    def _implied(self, item: Item) -> nw.Expr:
        if item.implied is None:
            raise ValueError(f"{item.id} is implied by nothing")
        column = nw.col(item_column(item.id))
        follows = nw.col(item_column(item.implied.when.item)).is_in(list(item.implied.when.options)).fill_null(False)
        filled = nw.when(follows & column.is_null()).then(nw.lit(item.implied.option)).otherwise(column)
        return filled.alias(item_column(item.id))

    def _commented(self) -> nw.Expr:
        given = [in_channel(item) & has_text(column) for item, column in self.sources.texts]
        return reduce(or_, given) if given else nw.lit(False)


def in_channel(item: Item) -> nw.Expr:
    """Whether the row belongs to the item's channel; never null."""
    return (nw.col(ROAD) == nw.lit(item.channel)).fill_null(False)


def has_text(column: str) -> nw.Expr:
    """Whether a free-text column holds anything but blanks; never null."""
    return (nw.col(column).str.strip_chars() != nw.lit("")).fill_null(False)


def _excluded(excludes: bool) -> nw.Expr:
    if not excludes:
        return NOTHING
    reason = nw.col(EXCLUDED).str.strip_chars()
    return nw.when(reason != nw.lit("")).then(reason).otherwise(NOTHING)


def resolver_for(
    instrument: Instrument,
    municipalities: Iterable[Municipality],
    sources: Sources,
    words: Words,
    *,
    excludes: bool,
) -> Resolver:
    """Translate every word found once, so that rows need no thought."""

    def translated(column: str, meaning: Meaning) -> Translation:
        return translation(column, words.get(column, ()), meaning)

    return Resolver(
        instrument=instrument,
        sources=sources,
        municipality=translated(MUNICIPALITY, municipality_meaning(municipalities)),
        channel=translated(CHANNEL, channel_meaning(instrument)),
        divisions={breakdown.id: translated(column, meaning) for breakdown, column, meaning in sources.divisions},
        items={source.item.id: translated(source.column, source.meaning) for source in sources.items},
        excludes=excludes,
    )
