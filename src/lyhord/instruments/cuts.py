"""Placing a raw number in the option its item's cut gives it."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction

from lyhord.instruments.definition import Cut


def option_for(cut: Cut, value: Fraction | int | None) -> str | None:
    """The option that holds ``value`` (seconds, or exact working hours). An edge belongs to the option below it.

    Without a value: ``cut.missing``, or None where the cut has none. ValueError on a negative value.
    """
    if value is None:
        return cut.missing
    if value < 0:
        raise ValueError(f"A duration cannot be negative ({value} {cut.unit}): check {' and '.join(cut.sources)}.")
    return cut.options[bisect_left(cut.edges, value)]
