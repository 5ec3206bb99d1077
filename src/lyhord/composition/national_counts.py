"""Counts summed over the participants of a round: what "alla deltagande kommuner" means in a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lyhord.composition.left_out import Holdings, left_out_of
from lyhord.composition.material import RoundMaterial
from lyhord.method.tally import NO_BREAKDOWN, OptionCounts, Place


@dataclass(frozen=True)
class NationalCounts:
    """Option counts over the participants by (breakdown, value, item).

    ``left_out`` names those whose few answers the sums would give away to whoever subtracts the other participants'
    reports; ``answered`` is how many gave any answer to an item, everybody counted: a number tells nobody's answer.
    """

    by_cell: Mapping[tuple[str, str, str], OptionCounts]
    values_seen: Mapping[tuple[str, str], tuple[str, ...]]  # (breakdown, item) -> values with any count
    left_out: Mapping[tuple[str, str], frozenset[str]]  # (breakdown, item) -> municipalities
    answered: Mapping[str, int]

    def of(self, item: str, breakdown: str = NO_BREAKDOWN, value: str = "") -> OptionCounts:
        """The summed counts of one item in one cell; empty where nothing was counted."""
        return self.by_cell.get((breakdown, value, item)) or OptionCounts(item, ())


def national_counts(material: RoundMaterial) -> NationalCounts:
    """Sum the round's tally over its participants."""
    held: dict[tuple[str, str], Holdings] = {}
    for (place, item), counts in material.counts.tally.by_place.items():
        if place.round == material.round_id and place.instrument == material.instrument.id:
            held.setdefault((place.breakdown, item), {}).setdefault(place.value, {})[place.municipality] = counts
    left_out = left_out_of(material.instrument, held)
    sums = {
        (breakdown, value, item): _summed(item, by_municipality, left_out[breakdown, item])
        for (breakdown, item), by_value in held.items()
        for value, by_municipality in by_value.items()
    }
    return NationalCounts(
        sums,
        {key: tuple(sorted(by_value)) for key, by_value in held.items()},
        left_out,
        {item: _answered(by_value) for (breakdown, item), by_value in held.items() if breakdown == NO_BREAKDOWN},
    )


def _summed(item: str, by_municipality: Mapping[str, OptionCounts], left_out: frozenset[str]) -> OptionCounts:
    options: dict[str, int] = {}
    for municipality, counts in by_municipality.items():
        for option, count in counts.counts if municipality not in left_out else ():
            options[option] = options.get(option, 0) + count
    return OptionCounts(item, tuple(options.items()))


def _answered(by_value: Holdings) -> int:
    return sum(counts.n for by_municipality in by_value.values() for counts in by_municipality.values())


def place_of(
    material: RoundMaterial, municipality: str, channel: str, breakdown: str = NO_BREAKDOWN, value: str = ""
) -> Place:
    """One cell of this round for one municipality."""
    return Place(material.round_id, material.instrument.id, municipality, channel, breakdown, value)
