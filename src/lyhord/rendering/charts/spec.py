"""What a chart says, without saying how it is drawn.

Every value is unrounded and on the scale of its axis (percent and index 0–100, hours from 0). Each drawing function
and each native renderer takes these values; none computes a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """The part a colour plays; tokens give the colour, patterns and labels carry the same meaning without it."""

    OWN = "own"  # one's own result (green)
    TOTAL = "total"  # the printed total (blue)
    OTHER = "other"  # others, neutral
    GROUP = "group"  # a comparison group
    PREVIOUS = "previous"  # an earlier round
    BEST = "best"  # graded options, best to worst
    GOOD = "good"
    MIDDLE = "middle"
    POOR = "poor"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Mark:
    """One value with what belongs to it. None as value is drawn as "för få" or "–", said by ``note``."""

    label: str
    value: float | None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    tone: Tone = Tone.OTHER
    note: str = ""


@dataclass(frozen=True, slots=True)
class StackedRow:
    """One 100 % bar: the shares of the legend's options in percent, unrounded; and the base n.

    ``shares`` empty means withheld; ``note`` then says why. ``counts`` are shown instead of percent where given
    (an area with six calls).
    """

    label: str
    shares: tuple[float, ...]
    n: int | None = None
    counts: tuple[int, ...] = ()
    note: str = ""
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class StackedShares:
    """Rows of 100 % bars with a legend of graded options, best first."""

    title: str
    description: str
    legend: tuple[tuple[str, Tone], ...]
    rows: tuple[StackedRow, ...]
    unit: str = "%"

    @property
    def only_counts(self) -> bool:
        """Whether every bar says counts: so few lie behind each that no face may give a percentage."""
        shown = [row for row in self.rows if row.shares]
        return bool(shown) and all(row.counts for row in shown)


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from zero, each directly labelled with value (and n where given)."""

    title: str
    description: str
    marks: tuple[Mark, ...]
    unit: str = "%"
    decimals: int = 0
    axis_max: float | None = None


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One row of a dot chart: a result with its interval and others to compare with."""

    label: str
    own: Mark
    others: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class DotsWithIntervals:
    """Rows of dots with 95 % intervals: one's own result against totals and groups, on one axis."""

    title: str
    description: str
    rows: tuple[IntervalRow, ...]
    unit: str = ""
    decimals: int = 1
    axis_min: float = 0.0
    axis_max: float = 100.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """Participants from best to worst as dots with intervals, own and total marked, with the total as a line.

    ``marks`` are sorted best first; anonymous marks carry an empty label. ``rank_low``/``rank_high`` is the own
    municipality's rank confidence set, None where it is not ranked.
    """

    title: str
    description: str
    marks: tuple[Mark, ...]
    total: Mark
    unit: str = ""
    decimals: int = 1
    rank_low: int | None = None
    rank_high: int | None = None
    axis_min: float = 0.0
    axis_max: float = 100.0


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """One line over rounds; None breaks the line, as does a comparability break."""

    label: str
    tone: Tone
    values: tuple[float | None, ...]
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """Values over rounds. ``breaks`` holds (index, reason): no line crosses to that round from the one before."""

    title: str
    description: str
    periods: tuple[str, ...]
    series: tuple[TrendSeries, ...]
    breaks: tuple[tuple[int, str], ...] = ()
    unit: str = ""
    decimals: int = 1
    axis_min: float = 0.0
    axis_max: float = 100.0


ChartSpec = StackedShares | Bars | DotsWithIntervals | Ranked | Trend
