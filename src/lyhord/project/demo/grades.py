"""Grades 1–5 with an exact sum, and two questions answered by the same people."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import Final

from lyhord.project.demo.apportioning import apportion

# Shares of the grades 1–5 in the country: many fives, and more ones than twos, as in the sample report's text.
SHAPES: Final = {
    "tel.bemotande": (0.05, 0.04, 0.08, 0.19, 0.64),
    "tel.enkelhet": (0.12, 0.05, 0.11, 0.20, 0.52),
    "epost.tydlighet": (0.05, 0.04, 0.09, 0.17, 0.65),
    "epost.enkelhet": (0.08, 0.05, 0.10, 0.17, 0.60),
}

_HALVINGS = 40
_KINSHIP: Final = 1.0  # standard deviation, in grades, of what separates a person's two grades


def margin(shape: Sequence[float], n: int, steps: int) -> list[int]:
    """How many give each grade 1–5: ``n`` in all, in about this ``shape``, their steps (grade less one) summing to
    ``steps``.
    """
    counts = apportion(_tilted(shape, steps / n), n)
    while (lacking := steps - _steps(counts)) != 0:
        _move_one(counts, 1 if lacking > 0 else -1)
    return counts


def paired(first: Sequence[int], second: Sequence[int], chance: Random) -> list[tuple[int, int]]:
    """One (first, second) grade for each person: both margins exact, people who like one liking the other."""
    ones = [grade for grade, count in enumerate(first, start=1) for _ in range(count)]
    others = [grade for grade, count in enumerate(second, start=1) for _ in range(count)]
    chance.shuffle(ones)
    leaning = sorted(range(len(ones)), key=lambda person: ones[person] + chance.gauss(0, _KINSHIP))
    answers = [(0, 0)] * len(ones)
    for person, grade in zip(leaning, others, strict=True):
        answers[person] = (ones[person], grade)
    return answers


def _steps(counts: Sequence[int]) -> int:
    return sum(step * count for step, count in enumerate(counts))


def _tilted(shape: Sequence[float], mean: float) -> list[float]:
    """``shape`` leaned up or down by a common factor for each step until its mean is ``mean`` steps."""
    low, high = -6.0, 6.0
    leaned = list(shape)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        leaned = [share * math.exp(middle * step) for step, share in enumerate(shape)]
        reached = sum(step * share for step, share in enumerate(leaned)) / sum(leaned)
        low, high = (middle, high) if reached < mean else (low, middle)
    return leaned


def _move_one(counts: list[int], direction: int) -> None:
    """Move one answer one grade up or down, from the fullest grade that can move."""
    movable = [grade for grade in range(5) if counts[grade] and 0 <= grade + direction <= 4]
    source = max(movable, key=lambda grade: counts[grade])
    counts[source] -= 1
    counts[source + direction] += 1
