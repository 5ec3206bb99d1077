"""Whole numbers from shares: sums come out exactly, and nobody gets a part of an answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

Key = TypeVar("Key")

_HALVINGS = 60


def apportion(weights: Sequence[float], total: int) -> list[int]:
    """``total`` divided by ``weights`` into whole numbers: the largest remainders get what is left over."""
    whole = math.fsum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def dealt(shares: Mapping[Key, float], total: int, chance: Random) -> list[Key]:
    """``total`` values in exactly these shares, in random order."""
    counts = apportion(list(shares.values()), total)
    values = [key for key, count in zip(shares, counts, strict=True) for _ in range(count)]
    chance.shuffle(values)
    return values


def filled(weights: Sequence[float], total: int, least: int, most: int) -> list[int]:
    """``total`` divided by ``weights``, none under ``least`` or over ``most``.

    The common factor is found by halving; what rounding leaves over goes to those who still have room.
    """
    low, high = 0.0, total / min(weights)
    for _ in range(_HALVINGS):
        factor = (low + high) / 2
        reached = math.fsum(_held(factor * weight, least, most) for weight in weights)
        low, high = (factor, high) if reached < total else (low, factor)
    parts = [math.floor(_held(high * weight, least, most)) for weight in weights]
    lacking = total - sum(parts)
    for place, part in enumerate(parts):
        step = 1 if lacking > 0 and part < most else 0
        parts[place] += step
        lacking -= step
    return parts


def _held(value: float, least: int, most: int) -> float:
    return min(max(value, least), most)
