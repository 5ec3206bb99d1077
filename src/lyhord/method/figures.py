"""A published figure: a value that never travels without its n, base, interval and rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure counts in."""

    INDEX = "index"  # 0–100, one decimal
    PERCENT = "percent"  # 0–100
    HOURS = "hours"  # working hours
    COUNT = "count"
    POINTS = "points"  # a difference between two indices or two percentages


class Withheld(StrEnum):
    """Why a figure is not shown."""

    TOO_FEW = "too_few"  # base n below the instrument's threshold
    COMPLEMENTARY = "complementary"  # would reveal another withheld cell by subtraction
    NOT_ASKED = "not_asked"  # nothing was counted


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as published.

    ``value``, ``low`` and ``high`` are unrounded and in ``unit``; rendering rounds once, last. ``rule`` is the id of
    the documented rule that made it (a page in ``docs/method``). A withheld figure has value None and says why.
    """

    measure: str
    unit: Unit
    value: float | None
    n: int | None
    base: str
    low: float | None = None
    high: float | None = None
    rule: str = ""
    decimals: int = 1
    withheld: Withheld | None = None
    counted: int | None = None  # numerator of a share, so that "4 av 6" can be said
    source: str = ""
    caution: bool = False  # n below the threshold for external publication: "redovisas med försiktighet"
