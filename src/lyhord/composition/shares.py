"""Option counts as rows of 100 % bars."""

from __future__ import annotations

from collections.abc import Sequence

from lyhord.instruments.definition import Instrument, Item
from lyhord.method.tally import OptionCounts
from lyhord.rendering.charts.spec import StackedRow, Tone

GRADE_TONES = {
    2: (Tone.BEST, Tone.POOR),
    3: (Tone.BEST, Tone.MIDDLE, Tone.POOR),
    4: (Tone.BEST, Tone.GOOD, Tone.MIDDLE, Tone.POOR),
    5: (Tone.BEST, Tone.GOOD, Tone.NEUTRAL, Tone.MIDDLE, Tone.POOR),
}


def best_first(item: Item) -> tuple[str, ...]:
    """The item's option codes, best first: by falling points where they have points, else as listed."""
    graded = [option for option in item.options if option.points is not None]
    if len(graded) == len(item.options) and graded:
        return tuple(o.code for o in sorted(graded, key=lambda o: -(o.points or 0)))
    return tuple(option.code for option in item.options)


def legend(instrument: Instrument, item_id: str, language: str) -> tuple[tuple[str, Tone], ...]:
    """The legend of an item's options, best first, with graded tones."""
    item = instrument.item(item_id)
    codes = best_first(item)
    tones = GRADE_TONES[len(codes)]
    return tuple((item.option(code).label.in_language(language), tone) for code, tone in zip(codes, tones, strict=True))


def stacked_row(label: str, counts: OptionCounts, codes: Sequence[str], *, emphasis: bool = False) -> StackedRow:
    """One bar of shares in percent; an empty one where nothing was counted."""
    n = counts.n
    shares = tuple(100 * counts.of(code) / n for code in codes) if n else ()
    return StackedRow(label, shares, n, emphasis=emphasis)


def counted_row(label: str, counts: OptionCounts, codes: Sequence[str], *, emphasis: bool = False) -> StackedRow:
    """One bar whose segments carry counts ("4 av 6") where cases are too few for percent."""
    row = stacked_row(label, counts, codes, emphasis=emphasis)
    return StackedRow(label, row.shares, row.n, tuple(counts.of(code) for code in codes), emphasis=emphasis)


def withheld_row(label: str, n: int | None, note: str) -> StackedRow:
    """A bar that is not shown, with the reason in words."""
    return StackedRow(label, (), n, note=note)
