"""Scales: round steps, ticks, and where a value lands. A bar's axis starts at zero; a dot's may be focused."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_STEPS: Final = (1.0, 2.0, 5.0, 10.0)
_PARTS: Final = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight mapping from [low, high] to [start, end] in drawing units."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where the value lands, held within the scale."""
        held = min(value, self.high) if value > self.low else self.low
        return self.start + (held - self.low) / (self.high - self.low) * (self.end - self.start)


def step_for(span: float, steps: int) -> float:
    """The round step (1, 2 or 5 times a power of ten, or 25) that divides a span into at most ``steps`` parts."""
    if span == 100 and steps >= 4:
        return 25.0
    rough = max(span, 1e-6) / max(steps, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def ticks(low: float, high: float, steps: int = _PARTS) -> list[float]:
    """Round values from low to high, both ends included where they are round."""
    step = step_for(high - low, steps)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def zero_based_max(values: Iterable[float], ceiling: float | None) -> float:
    """The end of an axis that starts at zero: the asked-for ceiling, or a round step above the largest value.

    Never below 1, so that nothing but crumbs does not look large.
    """
    largest = max(values, default=0.0)
    if ceiling is not None and ceiling >= largest:
        return ceiling
    if largest <= 1:
        return 1.0
    step = step_for(largest, _PARTS)
    return math.ceil(largest / step - 1e-9) * step


def focused_axis(values: Iterable[float], *, low: float = 0.0, high: float = 100.0) -> tuple[float, float]:
    """A shared axis for dots that shows differences: tens around the values, within [low, high], never under 20 wide.

    For dots and lines only. Give the same axis to charts that are to be compared. Without values, the whole scale.
    """
    known = list(values)
    if not known:
        return low, high
    first = max(low, math.floor((min(known) - 2) / 10) * 10)
    last = min(high, math.ceil((max(known) + 2) / 10) * 10)
    if last - first < 20:
        first = max(low, last - 20)
        last = min(high, first + 20)
    return float(first), float(last)


def widened(low: float, high: float, values: Iterable[float]) -> tuple[float, float]:
    """The axis asked for, widened by whole steps until each value lies on it."""
    known = [low, high, *values]
    smallest, largest = min(known), max(known)
    if largest - smallest < 1e-6:
        return smallest, smallest + 1.0
    step = step_for(largest - smallest, _PARTS)
    first = low if smallest >= low else math.floor(smallest / step) * step
    last = high if largest <= high else math.ceil(largest / step) * step
    return first, last
