"""The tally: what is published is a count of graded answers.

A tally maps (round, instrument, municipality, channel, breakdown, value, item, option) to a count. It is a
sufficient statistic for every index, share, interval, test, rank, chart and sentence about answers. Its siblings
carry the rest: joint counts of two items, contact flows, exact durations, and printed figures without counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

NO_BREAKDOWN = "none"


class MethodError(ValueError):
    """A rule of the method was asked for something it must not do; the message names what and the remedy."""


class Place(NamedTuple):
    """Whose answers: one municipality's in one round, one channel, one cell of one breakdown."""

    round: str
    instrument: str
    municipality: str
    channel: str
    breakdown: str = NO_BREAKDOWN
    value: str = ""


class Cell(NamedTuple):
    """One counted number: a place, an item and an option."""

    place: Place
    item: str
    option: str


@dataclass(frozen=True, slots=True)
class OptionCounts:
    """The counts of one item's options at one place (or summed over municipalities)."""

    item: str
    counts: tuple[tuple[str, int], ...]

    @property
    def n(self) -> int:
        """All graded answers to the item."""
        return sum(count for _, count in self.counts)

    def of(self, *options: str) -> int:
        """How many answers fell on any of ``options``."""
        return sum(count for option, count in self.counts if option in options)

    def __add__(self, other: OptionCounts) -> OptionCounts:
        if other.item != self.item:
            raise MethodError(
                f"Counts of {self.item} and {other.item} cannot be summed: items differ by channel or instrument. "
                "Show them side by side instead."
            )
        total = dict(self.counts)
        for option, count in other.counts:
            total[option] = total.get(option, 0) + count
        return OptionCounts(self.item, tuple(total.items()))


@dataclass(frozen=True)
class Tally:
    """Counts by place and item. Build with ``Tally.from_cells``; read with ``counts`` and ``municipalities``."""

    by_place: Mapping[tuple[Place, str], OptionCounts]

    @classmethod
    def from_cells(cls, cells: Iterable[tuple[Cell, int]]) -> Tally:
        """Sum the cells; the order of options follows first appearance."""
        gathered: dict[tuple[Place, str], dict[str, int]] = {}
        for cell, count in cells:
            options = gathered.setdefault((cell.place, cell.item), {})
            options[cell.option] = options.get(cell.option, 0) + count
        return cls({key: OptionCounts(key[1], tuple(options.items())) for key, options in gathered.items()})

    def cells(self) -> Iterator[tuple[Cell, int]]:
        """Every counted number, sorted, so that equal tallies list equally."""
        for (place, item), counts in sorted(self.by_place.items()):
            for option, count in sorted(counts.counts):
                yield Cell(place, item, option), count

    def counts(self, place: Place, item: str) -> OptionCounts:
        """The option counts at one place; empty (n = 0) where nothing was counted."""
        return self.by_place.get((place, item)) or OptionCounts(item, ())

    def municipalities(self, round_id: str, channel: str) -> tuple[str, ...]:
        """Codes of the municipalities with any undivided count in a round and channel, sorted."""
        return tuple(
            sorted(
                {
                    place.municipality
                    for place, _ in self.by_place
                    if place.round == round_id and place.channel == channel and place.breakdown == NO_BREAKDOWN
                }
            )
        )

    def __add__(self, other: Tally) -> Tally:
        return Tally.from_cells([*self.cells(), *other.cells()])


class Pair(NamedTuple):
    """Joint answers to two items of one municipality in one round."""

    round: str
    instrument: str
    municipality: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class PairTally:
    """Option × option counts, for kappa, case-mix and corrected shares."""

    counts: Mapping[Pair, Mapping[tuple[str, str], int]]


@dataclass(frozen=True, slots=True)
class Flow:
    """Contact-flow counts of one municipality, round and channel; None where unknown.

    ``answered`` is what the response rate counts. The rate is AAPOR RR2-like: answered / invited.
    """

    round: str
    municipality: str
    channel: str
    listed: int | None = None
    invited: int | None = None
    answered: int | None = None
    commented: int | None = None
    excluded: tuple[tuple[str, int], ...] = ()  # reason -> cases that no base counts


@dataclass(frozen=True, slots=True)
class DurationSum:
    """Exact durations at one place: n, sum of seconds, sum of squares, least and greatest."""

    n: int
    seconds: int
    squares: int
    least: int
    greatest: int


@dataclass(frozen=True, slots=True)
class ExternalFigure:
    """A printed figure with no counts behind it: n unknown, no interval, and where it was printed."""

    measure: str
    label: str
    value: float
    source: str
    round: str = ""
    municipality: str = ""
    group: str = ""
    low: float | None = None  # a printed range, not an interval
    high: float | None = None
    members: int | None = None


@dataclass(frozen=True)
class Counts:
    """Everything a report is made from: the tally and its siblings."""

    tally: Tally
    pairs: PairTally = field(default_factory=lambda: PairTally({}))
    flows: tuple[Flow, ...] = ()
    durations: Mapping[tuple[Place, str], DurationSum] = field(default_factory=dict)
    external: tuple[ExternalFigure, ...] = ()

    def flow(self, round_id: str, municipality: str, channel: str) -> Flow | None:
        """The contact flow of one participation, if known."""
        wanted = (round_id, municipality, channel)
        return next((f for f in self.flows if (f.round, f.municipality, f.channel) == wanted), None)
