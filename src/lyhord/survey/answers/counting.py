"""Counting answers one by one, by the very rules that a file of them is counted by (``files.counting``).

A test gives both the same answers and compares every count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lyhord.files.columns import DATE, folded
from lyhord.files.counting import CROSSED, Division, divisions_of
from lyhord.instruments.definition import Breakdown, Instrument, ItemKind
from lyhord.method.tally import Cell, Flow, Pair, Place


class Answered(NamedTuple):
    """What one person's answers count as."""

    date: date
    answers: Mapping[str, str]
    commented: bool


@dataclass
class Gathered:
    """The counts of some answers of one municipality and channel."""

    place: Place
    cells: Counter[Cell] = field(default_factory=Counter)
    pairs: dict[Pair, Counter[tuple[str, str]]] = field(default_factory=dict)
    answered: int = 0
    commented: int = 0

    @property
    def flow(self) -> Flow:
        """How many answered, and how many of them wrote a comment."""
        place = self.place
        return Flow(place.round, place.municipality, place.channel, answered=self.answered, commented=self.commented)


def counted(instrument: Instrument, place: Place, rows: Iterable[Answered]) -> Gathered:
    """Every count that the answers give at the undivided ``place``: tally, pairs and flow."""
    gathered = Gathered(place)
    sources = {one.id: source for one in instrument.breakdowns if (source := _source(instrument, one, place.channel))}
    divisions = divisions_of(instrument, tuple(sources))
    items = [
        item.id
        for item in instrument.items_in(place.channel)
        if item.is_put and item.kind in (ItemKind.SCALE, ItemKind.CHOICE)
    ]
    for row in rows:
        values = {one: _value(source, row) for one, source in sources.items()}
        inside = _is_inside(instrument, values)
        options = {item: row.answers[item] for item in items if row.answers.get(item)}
        for division in divisions:
            if inside or division.whole:
                _add(gathered, division, values, options)
        if inside:
            _add_pairs(gathered, instrument, options)
            gathered.answered += 1
            gathered.commented += row.commented
    return gathered


def _source(instrument: Instrument, breakdown: Breakdown, channel: str) -> str:
    """Where a breakdown's values come from: ``datum``, or the id of the item whose column it names; else nothing."""
    column = folded(breakdown.column)
    if column == DATE:
        return DATE
    return next((item.id for item in instrument.items_in(channel) if folded(item.key) == column), "")


def _value(source: str, row: Answered) -> str:
    if source != DATE:
        return row.answers.get(source, "")
    year, week, _ = row.date.isocalendar()
    return f"{year}-W{week:02d}"


def _is_inside(instrument: Instrument, values: Mapping[str, str]) -> bool:
    return not any(values.get(one.id) in one.outside_total for one in instrument.breakdowns if one.outside_total)


def _add(gathered: Gathered, division: Division, values: Mapping[str, str], options: Mapping[str, str]) -> None:
    parts = [values[name] for name in _names(division)]
    if not all(parts):
        return
    place = gathered.place._replace(breakdown=division.id, value=CROSSED.join(parts))
    for item, option in options.items():
        gathered.cells[Cell(place, item, option)] += 1


def _names(division: Division) -> Iterator[str]:
    """The breakdowns that a division is made of."""
    if division.columns:
        yield from division.id.split(CROSSED)


def _add_pairs(gathered: Gathered, instrument: Instrument, options: Mapping[str, str]) -> None:
    for first, second in instrument.pairs:
        if first in options and second in options:
            pair = Pair(*gathered.place[:3], first, second)
            gathered.pairs.setdefault(pair, Counter())[options[first], options[second]] += 1
