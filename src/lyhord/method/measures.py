"""Measures: from the counts of one item to a figure with its n, base, interval and rule."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from lyhord.instruments.definition import Instrument, Item, Measure, MeasureKind
from lyhord.method.figures import Figure, Unit, Withheld
from lyhord.method.intervals import SECONDS_PER_HOUR, index_interval, mean_interval, wilson
from lyhord.method.points import Points, points_mean
from lyhord.method.tally import DurationSum, MethodError, OptionCounts
from lyhord.method.thresholds import at_least

INDEX_RULE: Final = "measures.index"
SHARE_RULE: Final = "measures.share"
COUNT_RULE: Final = "measures.count"
MEAN_HOURS_RULE: Final = "measures.mean_hours"


@dataclass(frozen=True, slots=True)
class OptionShare:
    """One row of a distribution: the option's code, its count, and its share of the base in percent."""

    option: str
    count: int
    share: float


def base_of(measure: Measure, item: Item) -> tuple[str, ...]:
    """The options that a measure's denominator counts.

    Its ``base_options``; without any, all options of the item, for an index those that carry points.
    """
    if measure.base_options:
        return measure.base_options
    indexed = measure.kind is MeasureKind.INDEX
    return tuple(option.code for option in item.options if option.points is not None or not indexed)


def base_n(measure: Measure, instrument: Instrument, counts: OptionCounts) -> int:
    """How many answers the measure rests on."""
    return _checked(instrument.item(measure.item), counts).of(*base_of(measure, instrument.item(measure.item)))


def measure_points(measure: Measure, instrument: Instrument, counts: OptionCounts) -> Points:
    """What each answer in the base is worth, with its count: an index's points; a share's 100 (counted) or 0.

    MethodError for other kinds, for an index over an option without points, and for counts of another item.
    """
    item = instrument.item(measure.item)
    _checked(item, counts)
    base = base_of(measure, item)
    if measure.kind is MeasureKind.SHARE:
        return tuple((Fraction(100 if code in measure.counted else 0), counts.of(code)) for code in base)
    if measure.kind is MeasureKind.INDEX:
        return tuple((_worth(measure, item, code), counts.of(code)) for code in base)
    raise MethodError(f"{measure.id} is a {measure.kind} and has no points. Ask for an index or a share.")


def measure_figure(
    measure: Measure,
    instrument: Instrument,
    counts: OptionCounts,
    *,
    language: str = "sv",
    threshold: int | None = None,
) -> Figure:
    """The figure of an index, a share or a count, unrounded, in 0–100 or answers.

    Withheld as not asked when nothing was counted, and as too few when the base n is under ``threshold`` (default and
    least: the instrument's ``publish``). A count is withheld only where it divides an item with too few answers.
    MethodError for mean hours (see ``duration_figure``), a lowered threshold, or counts that do not fit the item.
    """
    least = at_least("publish", instrument.thresholds.publish, threshold)
    n = base_n(measure, instrument, counts)
    base = measure.base.in_language(language)
    if measure.kind is MeasureKind.COUNT:
        return _count_figure(measure, counts.n, n, base=base, least=least)
    points = measure_points(measure, instrument, counts)
    unit = Unit.PERCENT if measure.kind is MeasureKind.SHARE else Unit.INDEX
    rule = SHARE_RULE if measure.kind is MeasureKind.SHARE else INDEX_RULE
    withheld = withheld_for(n, least)
    if withheld:
        return Figure(measure.id, unit, None, n, base, rule=rule, decimals=measure.decimals, withheld=withheld)
    share = measure.kind is MeasureKind.SHARE
    counted = counts.of(*measure.counted) if share else None
    interval = index_interval(points) if counted is None else wilson(counted, n)
    return Figure(
        measure.id,
        unit,
        float(points_mean(points)),
        n,
        base,
        low=interval.low,
        high=interval.high,
        rule=rule,
        decimals=measure.decimals,
        counted=counted,
        caution=n < instrument.thresholds.external,
    )


def duration_figure(
    measure: Measure,
    instrument: Instrument,
    duration: DurationSum,
    *,
    language: str = "sv",
    threshold: int | None = None,
) -> Figure:
    """The figure of mean working hours. Withheld like ``measure_figure``; MethodError for another kind of measure."""
    if measure.kind is not MeasureKind.MEAN_HOURS:
        raise MethodError(f"{measure.id} is a {measure.kind}, not mean hours. Use measure_figure.")
    least = at_least("publish", instrument.thresholds.publish, threshold)
    base = measure.base.in_language(language)
    withheld = withheld_for(duration.n, least)
    interval = None if withheld else mean_interval(duration)
    return Figure(
        measure.id,
        Unit.HOURS,
        None if withheld else duration.seconds / duration.n / SECONDS_PER_HOUR,
        duration.n,
        base,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        rule=MEAN_HOURS_RULE,
        decimals=measure.decimals,
        withheld=withheld,
        caution=withheld is None and duration.n < instrument.thresholds.external,
    )


def distribution(
    instrument: Instrument, item_id: str, counts: OptionCounts, *, threshold: int | None = None
) -> tuple[OptionShare, ...]:
    """Every option of the item with its count and share of all answers, in the instrument's order.

    Empty below the threshold (default and least: the instrument's ``publish``): a percentage of four people is those
    four people.
    """
    item = instrument.item(item_id)
    n = _checked(item, counts).n
    if withheld_for(n, at_least("publish", instrument.thresholds.publish, threshold)):
        return ()
    return tuple(
        OptionShare(option.code, counts.of(option.code), 100 * counts.of(option.code) / n) for option in item.options
    )


def withheld_for(n: int, least: int) -> Withheld | None:
    """Why a figure on a base of ``n`` is not shown when ``least`` answers are needed; None when it is."""
    if n == 0:
        return Withheld.NOT_ASKED
    return Withheld.TOO_FEW if n < least else None


def _count_figure(measure: Measure, asked: int, n: int, *, base: str, least: int) -> Figure:
    divides = n != asked
    withheld = withheld_for(asked, least if divides else 1)
    value = None if withheld else float(n)
    return Figure(
        measure.id,
        Unit.COUNT,
        value,
        asked if withheld else n,
        base,
        rule=COUNT_RULE,
        decimals=0,
        withheld=withheld,
    )


def _worth(measure: Measure, item: Item, code: str) -> Fraction:
    points = item.option(code).points
    if points is None:
        raise MethodError(
            f"{measure.id} is an index over {item.id}, whose option {code!r} has no points. "
            "Give it points or leave it out of base_options."
        )
    return points


def _checked(item: Item, counts: OptionCounts) -> OptionCounts:
    """The counts, once sure that they are the item's and name only its options."""
    if counts.item != item.id:
        raise MethodError(f"Counts of {counts.item} cannot give a measure of {item.id}. Pass that item's counts.")
    known = {option.code for option in item.options}
    strangers = sorted({code for code, count in counts.counts if code not in known and count})
    if strangers:
        raise MethodError(f"{item.id} has no option {', '.join(strangers)}. Check the instrument's version.")
    return counts
