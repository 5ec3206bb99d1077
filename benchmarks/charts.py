"""CPU time and size of each kind of chart, and of all charts of a national round (290 reports of 21 charts).

Run with ``python benchmarks/charts.py``; the values differ from chart to chart so that no cache flatters the figures.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Final

from lyhord.rendering.charts.drawing import draw
from lyhord.rendering.charts.spec import (
    Bars,
    ChartSpec,
    DotsWithIntervals,
    IntervalRow,
    Mark,
    Ranked,
    StackedRow,
    StackedShares,
    Tone,
    Trend,
    TrendSeries,
)

CHARTS: Final = 600
BATCH: Final = 20  # the median batch is shown, so that a busy machine disturbs it little
ROUND: Final = 290 * 21
GRADES: Final = (
    ("Inom 1 minut", Tone.BEST),
    ("1–3 minuter", Tone.GOOD),
    ("Mer än 3 minuter", Tone.MIDDLE),
    ("Ingen kontakt", Tone.POOR),
)


def main() -> None:
    """Draw every kind many times and print what each costs."""
    chance = random.Random(290)  # noqa: S311 - made-up values, no secret
    print(f"{'kind':<22}{'CPU ms':>8}{'KiB':>8}")
    worst = 0.0
    for name, make in KINDS.items():
        specs = [make(chance) for _ in range(CHARTS)]
        drawn = [draw(specs[0])]
        batches = []
        for first in range(0, CHARTS, BATCH):
            started = time.process_time()
            drawn += [draw(spec) for spec in specs[first : first + BATCH]]
            batches.append((time.process_time() - started) / BATCH * 1000)
        each = sorted(batches)[len(batches) // 2]
        worst = max(worst, each) if name != "ranked 290" else worst
        print(f"{name:<22}{each:>8.3f}{sum(map(len, drawn)) / len(drawn) / 1024:>8.1f}")
    print(f"a national round of {ROUND} charts at the dearest ordinary kind: {worst * ROUND / 1000:.1f} CPU s")


def _stacked(chance: random.Random) -> ChartSpec:
    rows = []
    for name in ("Exempelköping 2023", "Exempelköping 2022", "Likvärdiga kommuner", "Samtliga kommuner"):
        cuts = sorted(chance.uniform(0, 100) for _ in range(3))
        shares = (cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 100 - cuts[2])
        rows.append(StackedRow(name, shares, chance.randint(50, 20000)))
    return StackedShares("Andel lyckade kontaktförsök", "", GRADES, tuple(rows))


def _bars(chance: random.Random) -> ChartSpec:
    names = ("Svar och återkoppling", "Bemötande", "Svarstid", "Medarbetare", "Service", "Telefonkontakt", "Enkelhet")
    return Bars("Teman", "", tuple(Mark(name, chance.uniform(0, 60), chance.randint(7, 9980)) for name in names))


def _dots(chance: random.Random) -> ChartSpec:
    names = ("Bemötande, telefon", "Enkelhet, telefon", "Tydlighet, e-post", "Enkelhet, e-post")
    rows = tuple(
        IntervalRow(name, _mark(chance, "Exempelköping", Tone.OWN), (_mark(chance, "Totalsnitt", Tone.TOTAL),))
        for name in names
    )
    return DotsWithIntervals("Index per fråga", "", rows, axis_min=60)


def _ranked(number: int) -> Callable[[random.Random], ChartSpec]:
    def make(chance: random.Random) -> ChartSpec:
        marks = [_mark(chance, "", Tone.OTHER) for _ in range(number - 1)]
        marks.append(_mark(chance, "Exempelköping", Tone.OWN))
        marks.sort(key=lambda mark: -(mark.value or 0))
        return Ranked(
            "Bemötande", "", tuple(marks), _mark(chance, "Totalsnitt", Tone.TOTAL), rank_low=2, rank_high=9, axis_min=60
        )

    return make


def _trend(chance: random.Random) -> ChartSpec:
    series = tuple(
        TrendSeries(name, tone, tuple(chance.uniform(70, 90) for _ in range(5)))
        for name, tone in (("Exempelköping", Tone.OWN), ("Totalsnitt", Tone.TOTAL))
    )
    return Trend("Över tid", "", ("2019", "2020", "2021", "2022", "2023"), series, ((3, "Ny enkät"),), axis_min=60)


def _mark(chance: random.Random, label: str, tone: Tone) -> Mark:
    value, half = chance.gauss(82, 4), chance.uniform(1, 4)
    return Mark(label, value, chance.randint(100, 400), value - half, value + half, tone)


KINDS: Final[dict[str, Callable[[random.Random], ChartSpec]]] = {
    "stacked 4 rows": _stacked,
    "bars 7": _bars,
    "dots 4 rows": _dots,
    "ranked 9": _ranked(9),
    "ranked 67": _ranked(67),
    "ranked 290": _ranked(290),
    "trend 5 rounds": _trend,
}

if __name__ == "__main__":
    main()
