"""How often the rank sets cover the true places, how wide they are, and what they cost.

``python benchmarks/rank_coverage.py`` prints, for an invented round like SKR's (true values spread by 3.4 index points
about 80, standard deviation 28, 100-420 answers), the coverage of marginal and simultaneous sets, the median width of a
middle municipality's set, and the CPU seconds of one call; then how much wider Tukey's simultaneous value is than the
simulated quantile for the same unequal standard errors.
"""

from __future__ import annotations

import time

import numpy as np

from lyhord.method.ranking import rank_sets, simultaneous_critical_value

ROUNDS = 200
BETWEEN, WITHIN = 3.4, 28.0


def round_of(random: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray, list[tuple[str, float, float]]]:
    """True values, standard errors and one draw of results."""
    truth = 80 + BETWEEN * random.standard_normal(count)
    errors = WITHIN / np.sqrt(random.integers(100, 420, count))
    values = truth + errors * random.standard_normal(count)
    return truth, errors, [(str(i), float(v), float(e)) for i, (v, e) in enumerate(zip(values, errors, strict=True))]


def coverage(count: int, *, simultaneous: bool, rounds: int) -> tuple[float, float, float]:
    """Share of covered places (or of rounds wholly covered), median width in the middle fifth, CPU seconds a call."""
    random = np.random.default_rng(count)
    covered, widths, spent = [], [], 0.0
    for _ in range(rounds):
        truth, _, results = round_of(random, count)
        ranks = 1 + (truth[None, :] > truth[:, None]).sum(axis=1)
        start = time.process_time()
        sets = rank_sets(results, simultaneous=simultaneous)
        spent += time.process_time() - start
        hits = [s.low <= rank <= s.high for s, rank in zip(sets, ranks, strict=True)]
        covered.append(all(hits) if simultaneous else float(np.mean(hits)))
        widths += [s.high - s.low + 1 for s in sets if 0.4 <= s.place / count <= 0.6]
    return float(np.mean(covered)), float(np.median(widths)), spent / rounds


def tukeys_excess(count: int, draws: int = 4000) -> float:
    """Tukey's value over the simulated quantile of the greatest standardised difference."""
    random = np.random.default_rng(count)
    _, errors, _ = round_of(random, count)
    standard = np.hypot(errors[:, None], errors[None, :])
    greatest = np.empty(draws)
    for i in range(draws):
        noise = errors * random.standard_normal(count)
        greatest[i] = (np.abs(noise[:, None] - noise[None, :]) / standard).max()
    return simultaneous_critical_value(count) / float(np.quantile(greatest, 0.95))


def main() -> None:
    """Print the tables."""
    print("municipalities  sets          covered  places in a middle set  CPU s a call")
    for count, rounds in ((20, ROUNDS), (67, ROUNDS), (290, 10)):
        for simultaneous in (False, True):
            share, width, spent = coverage(count, simultaneous=simultaneous, rounds=rounds)
            name = "simultaneous" if simultaneous else "marginal"
            print(f"{count:14}  {name:12}  {share:7.3f}  {width:22.0f}  {spent:12.3f}")
    for count in (20, 67):
        print(f"Tukey's value over the simulated quantile, {count} municipalities: {tukeys_excess(count):.4f}")


if __name__ == "__main__":
    main()
