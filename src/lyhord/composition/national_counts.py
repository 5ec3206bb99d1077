"""Counts summed over the participants of a round: what "hela landet" means in a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lyhord.composition.material import RoundMaterial
from lyhord.method.tally import NO_BREAKDOWN, OptionCounts, Place


@dataclass(frozen=True)
class NationalCounts:
    """Option counts over all participants by (breakdown, value, item), and the flows summed by channel."""

    by_cell: Mapping[tuple[str, str, str], OptionCounts]
    values_seen: Mapping[tuple[str, str], tuple[str, ...]]  # (breakdown, item) -> values with any count

    def of(self, item: str, breakdown: str = NO_BREAKDOWN, value: str = "") -> OptionCounts:
        """All participants' counts of one item in one cell; empty where nothing was counted."""
        return self.by_cell.get((breakdown, value, item)) or OptionCounts(item, ())


def national_counts(material: RoundMaterial) -> NationalCounts:
    """Sum the round's tally over its participants, one pass."""
    sums: dict[tuple[str, str, str], dict[str, int]] = {}
    for (place, item), counts in material.counts.tally.by_place.items():
        if place.round != material.round_id or place.instrument != material.instrument.id:
            continue
        options = sums.setdefault((place.breakdown, place.value, item), {})
        for option, count in counts.counts:
            options[option] = options.get(option, 0) + count
    seen: dict[tuple[str, str], list[str]] = {}
    for breakdown, value, item in sums:
        seen.setdefault((breakdown, item), []).append(value)
    return NationalCounts(
        {key: OptionCounts(key[2], tuple(options.items())) for key, options in sums.items()},
        {key: tuple(sorted(values)) for key, values in seen.items()},
    )


def place_of(
    material: RoundMaterial, municipality: str, channel: str, breakdown: str = NO_BREAKDOWN, value: str = ""
) -> Place:
    """One cell of this round for one municipality."""
    return Place(material.round_id, material.instrument.id, municipality, channel, breakdown, value)
