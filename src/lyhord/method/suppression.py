"""Suppression: which cells of the fixed lattice are shown, so that no withheld one can be had by subtraction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from lyhord.instruments.definition import Instrument, Measure, MeasureKind
from lyhord.method.figures import Figure, Unit, Withheld
from lyhord.method.lattice import TOTAL, LatticeCell, Relation, check_in_lattice, determined, is_revealing, relations
from lyhord.method.measures import base_n, withheld_for
from lyhord.method.tally import MethodError, OptionCounts
from lyhord.method.thresholds import at_least

SMALL_AREA_RULE: Final = "suppression.small_area"
AREA: Final = "area"
THEME: Final = "theme"


def publishable(
    instrument: Instrument, bases: Mapping[LatticeCell, int], *, threshold: int | None = None
) -> Mapping[LatticeCell, Withheld | None]:
    """What to do with each cell of one item (or measure) at one municipality: None means show it.

    ``bases`` is the base n of the undivided total and of every cell of every breakdown, shown or not. A cell is
    withheld as not asked (n = 0), as too few (n under ``threshold``, default and least the instrument's ``publish``;
    themes under ``comments``), or as complementary, where it would give another away. Mystery areas are never
    withheld: see ``counts_only``. MethodError for a cell outside the instrument's lattice or a missing whole.
    """
    check_in_lattice(instrument, bases)
    least = at_least("publish", instrument.thresholds.publish, threshold)
    hidden: dict[LatticeCell, Withheld] = {}
    for cell, n in bases.items():
        reason = withheld_for(n, _least_for(instrument, cell, least))
        if reason:
            hidden[cell] = reason
    ties = tuple(_protected(instrument, bases))
    sizes = {**bases, **{tie.rest: tie.rest_size(bases) for tie in ties}}
    _complement(ties, sizes, hidden, least=least)
    return MappingProxyType({cell: hidden.get(cell) for cell in bases})


def counts_only(instrument: Instrument, breakdown: str, n: int) -> bool:
    """Whether a mystery area rests on so few calls that only counts are shown: no percentage, index or judgement."""
    return breakdown == AREA and 0 < n < instrument.thresholds.small_area


def comments_masked(instrument: Instrument, breakdown: str, n: int) -> bool:
    """Whether graders' comments on the cell are masked: an official could be recognised behind so few calls."""
    return counts_only(instrument, breakdown, n) or (breakdown == AREA and n < instrument.thresholds.comments)


def counts_only_figure(
    measure: Measure, instrument: Instrument, counts: OptionCounts, *, language: str = "sv"
) -> Figure:
    """The figure of a small area: withheld as too few, but with n and, for a share, what was counted ("4 av 6")."""
    n = base_n(measure, instrument, counts)
    share = measure.kind is MeasureKind.SHARE
    return Figure(
        measure.id,
        Unit.PERCENT if share else Unit.INDEX,
        None,
        n,
        measure.base.in_language(language),
        rule=SMALL_AREA_RULE,
        decimals=measure.decimals,
        withheld=withheld_for(n, n + 1),
        counted=counts.of(*measure.counted) if share and n else None,
    )


def counts_only_words(counted: int, n: int, language: str = "sv") -> str:
    """What stands where a percentage would: "4 av 6 (för få)"."""
    of, too_few = {"sv": ("av", "för få"), "en": ("of", "too few")}.get(language, ("av", "för få"))
    return f"{counted} {of} {n} ({too_few})"


def _least_for(instrument: Instrument, cell: LatticeCell, least: int) -> int:
    if cell.breakdown == THEME:
        return max(least, instrument.thresholds.comments)
    return 1 if _shows_areas(instrument, cell.breakdown) else least


def _shows_areas(instrument: Instrument, breakdown: str) -> bool:
    return breakdown == AREA and instrument.thresholds.small_area > 0


def _protected(instrument: Instrument, bases: Mapping[LatticeCell, int]) -> Iterator[Relation]:
    """The sums that an attacker can subtract in; one comment may have several themes, so themes have no such sum."""
    for tie in relations(instrument, bases):
        breakdown = tie.parts[0].breakdown
        if breakdown == THEME or _shows_areas(instrument, breakdown):
            continue
        if tie.rest_size(bases) < 0:
            raise MethodError(
                f"The cells of {breakdown} count {-tie.rest_size(bases)} more answers than {tie.whole}. "
                "Count each answer in one cell, and leave values outside the total out of it."
            )
        yield tie


def _complement(
    ties: tuple[Relation, ...], sizes: Mapping[LatticeCell, int], hidden: dict[LatticeCell, Withheld], *, least: int
) -> None:
    """Hide more cells, smallest first, until no sum gives a hidden one away. Ends since every round hides a cell."""
    for tie in ties:
        if sizes[tie.rest]:
            hidden[tie.rest] = Withheld.TOO_FEW  # nobody shows the answers without a value
    while True:
        leak = _leak(ties, sizes, hidden, least)
        if leak is None:
            return
        hidden[leak] = Withheld.COMPLEMENTARY


def _leak(
    ties: tuple[Relation, ...], sizes: Mapping[LatticeCell, int], hidden: Mapping[LatticeCell, Withheld], least: int
) -> LatticeCell | None:
    """The next cell to hide, or None where nothing leaks."""
    leaking = [tie for tie in ties if _gives_away(tie, sizes, hidden, least)]
    if not leaking:
        exposed = determined(ties, {cell for cell in hidden if sizes[cell]}, sizes, least)
        leaking = [tie for tie in ties if exposed & {tie.whole, tie.rest, *tie.parts}]
    candidates = (_next_to_hide(tie, sizes, hidden) for tie in leaking)
    return next((cell for cell in candidates if cell), None)


def _gives_away(
    tie: Relation, sizes: Mapping[LatticeCell, int], hidden: Mapping[LatticeCell, Withheld], least: int
) -> bool:
    """Whether this one sum tells a hidden cell, or hidden cells that together are too few."""
    if not sizes[tie.whole]:
        return False
    missing = [cell for cell in (*tie.parts, tie.rest) if cell in hidden and sizes[cell]]
    if tie.whole in hidden:
        return not missing
    return is_revealing(missing, ties=(tie,), sizes=sizes, least=least)


def _next_to_hide(
    tie: Relation, sizes: Mapping[LatticeCell, int], hidden: Mapping[LatticeCell, Withheld]
) -> LatticeCell | None:
    """The smallest shown part, or the whole where all parts are hidden already; never the undivided total."""
    shown = [cell for cell in tie.parts if cell not in hidden and sizes[cell]]
    if shown:
        return min(shown, key=lambda cell: (sizes[cell], cell))
    return tie.whole if tie.whole not in hidden and tie.whole != TOTAL else None
