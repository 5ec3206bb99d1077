"""How often the published 95 % interval of an index holds the true value, by simulation.

Run with ``python benchmarks/coverage.py``; it prints the table in docs/method/intervals.md. The same seed gives the
same table.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np

from lyhord.method.intervals import Interval, index_interval, t_quantile
from lyhord.method.points import Points, answers, points_mean, standard_error

SAMPLES = 4000
SIZES = (7, 10, 15, 30, 50, 100, 200, 400)
FIVE = tuple(Fraction(points) for points in (0, 25, 50, 75, 100))
FOUR = tuple(Fraction(points, 3) for points in (0, 100, 200, 300))
POPULATIONS = {
    "Bemötande, index 83": (FIVE, (0.06, 0.04, 0.09, 0.17, 0.64)),
    "Enkelhet, index 74": (FIVE, (0.10, 0.07, 0.13, 0.18, 0.52)),
    "Mycket nöjda, index 95": (FIVE, (0.01, 0.01, 0.02, 0.09, 0.87)),
    "Nästan alla 5, index 98": (FIVE, (0.015, 0.0, 0.0, 0.02, 0.965)),
    "Delade, index 68": (FIVE, (0.30, 0.0, 0.0, 0.10, 0.60)),
    "Mått 3, 74 % av max": (FOUR, (1 / 31, 6 / 31, 9 / 31, 15 / 31)),
}


def plain_t(points: Points) -> Interval:
    """Student's t whatever the answers are, for comparison."""
    n, mean = answers(points), float(points_mean(points))
    margin = t_quantile(n - 1, 0.95) * standard_error(points)
    return Interval(max(0.0, mean - margin), min(100.0, mean + margin))


def coverage(worths: tuple[Fraction, ...], chances: tuple[float, ...], n: int) -> tuple[float, float, float]:
    """Percent of samples whose interval holds the true index: ours, plain t; and our mean margin."""
    weights = np.array(chances) / sum(chances)
    truth = float(sum(float(worth) * weight for worth, weight in zip(worths, weights, strict=True)))
    samples = Counter(map(tuple, np.random.default_rng(2023).multinomial(n, weights, size=SAMPLES).tolist()))
    ours = plain = width = 0.0
    for counts, times in samples.items():
        points = tuple(zip(worths, counts, strict=True))
        interval, other = index_interval(points), plain_t(points)
        ours += times * (interval.low <= truth <= interval.high)
        plain += times * (other.low <= truth <= other.high)
        width += times * interval.margin
    return 100 * ours / SAMPLES, 100 * plain / SAMPLES, width / SAMPLES


def main() -> None:
    """Print the table."""
    print("| Svar | n | täckning, vår regel | täckning, enbart t | medelmarginal |")
    print("|---|---:|---:|---:|---:|")
    for name, (worths, chances) in POPULATIONS.items():
        for n in SIZES:
            ours, plain, margin = coverage(worths, chances, n)
            print(f"| {name} | {n} | {ours:.1f} % | {plain:.1f} % | ± {margin:.1f} |")


if __name__ == "__main__":
    main()
