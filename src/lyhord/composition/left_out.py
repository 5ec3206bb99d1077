"""Which participants a printed sum leaves out, so that none can be had by subtracting the others' reports."""

from __future__ import annotations

from collections.abc import Mapping

from lyhord.instruments.definition import Instrument
from lyhord.method.lattice import TOTAL, LatticeCell
from lyhord.method.suppression import publishable
from lyhord.method.tally import NO_BREAKDOWN, OptionCounts

Holdings = dict[str, dict[str, OptionCounts]]  # value -> municipality -> counts
Hidden = Mapping[str, frozenset[str]]  # value -> the municipalities whose own cell is withheld
THEME = "theme"


def left_out_of(
    instrument: Instrument, held: Mapping[tuple[str, str], Holdings]
) -> dict[tuple[str, str], frozenset[str]]:
    """By (breakdown, item), the municipalities to leave out of every sum over it.

    Whoever has fewer than ``publish`` answers to an item is in no sum of it. In a breakdown, the participants whose
    own cell is withheld may be summed only together: where those besides the largest have fewer than ``publish``
    answers, they are left out of the whole breakdown, so that neither a value nor the missing part gives them away.
    """
    small = {
        item: _small(instrument, by_value) for (breakdown, item), by_value in held.items() if not _divided(breakdown)
    }
    return {
        (breakdown, item): small.get(item, frozenset()) | _given_away(instrument, held, breakdown, item)
        for breakdown, item in held
    }


def _divided(breakdown: str) -> bool:
    return breakdown != NO_BREAKDOWN


def _small(instrument: Instrument, by_value: Holdings) -> frozenset[str]:
    least = instrument.thresholds.publish
    return frozenset(code for each in by_value.values() for code, counts in each.items() if counts.n < least)


def _given_away(
    instrument: Instrument, held: Mapping[tuple[str, str], Holdings], breakdown: str, item: str
) -> frozenset[str]:
    if not _divided(breakdown) or instrument.breakdown(breakdown) is None:
        return frozenset()
    sizes = _sizes(instrument, held, breakdown, item)
    if breakdown == THEME:
        least = max(instrument.thresholds.publish, instrument.thresholds.comments)
        hidden: Hidden = {
            value: frozenset(code for code, n in each.items() if n < least) for value, each in sizes.items()
        }
    elif item in _printed_by_value(instrument):
        least = instrument.thresholds.publish
        whole = {code: counts.n for code, counts in held.get((NO_BREAKDOWN, item), {}).get("", {}).items()}
        hidden = _withheld(instrument, breakdown, sizes, whole)
    else:
        return frozenset()
    return _exposed(sizes, hidden, least)


def _sizes(
    instrument: Instrument, held: Mapping[tuple[str, str], Holdings], breakdown: str, item: str
) -> dict[str, dict[str, int]]:
    """How many answers each participant has per value; mentions of a theme are printed for the channels together."""
    items = [item]
    if breakdown == THEME:
        name = item.partition(".")[2]
        items = [f"{channel.id}.{name}" for channel in instrument.channels]
    sizes: dict[str, dict[str, int]] = {}
    for each in items:
        for value, by_municipality in held.get((breakdown, each), {}).items():
            for code, counts in by_municipality.items():
                found = sizes.setdefault(value, {})
                found[code] = found.get(code, 0) + counts.n
    return sizes


def _printed_by_value(instrument: Instrument) -> frozenset[str]:
    """The items whose cells stand in the municipalities' own reports, and so can be subtracted."""
    return frozenset(measure.item for measure in instrument.measures if measure.headline)


def _withheld(
    instrument: Instrument, breakdown: str, sizes: Mapping[str, Mapping[str, int]], whole: Mapping[str, int]
) -> Hidden:
    hidden: dict[str, set[str]] = {value: set() for value in sizes}
    for code, total in whole.items():
        cells = {LatticeCell(breakdown, value): each[code] for value, each in sizes.items() if code in each}
        for cell, reason in publishable(instrument, {TOTAL: total, **cells}).items():
            if reason is not None and cell.value in hidden:
                hidden[cell.value].add(code)
    return {value: frozenset(codes) for value, codes in hidden.items()}


def _exposed(sizes: Mapping[str, Mapping[str, int]], hidden: Hidden, least: int) -> frozenset[str]:
    """Leave out until, in every value, the withheld ones that remain protect each other."""
    left: set[str] = set()
    while True:
        found = {
            code
            for value, codes in hidden.items()
            for code in _unprotected({code: sizes[value].get(code, 0) for code in codes - left}, least)
        }
        if not found:
            return frozenset(left)
        left |= found


def _unprotected(withheld: Mapping[str, int], least: int) -> frozenset[str]:
    """All of them, where those besides the largest are too few: the largest knows its own and could subtract it."""
    counted = {code: n for code, n in withheld.items() if n}
    if not counted or sum(counted.values()) - max(counted.values()) >= least:
        return frozenset()
    return frozenset(counted)
