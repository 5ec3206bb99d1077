"""Whether the parts of an instrument fit together: references, routing, cuts, measures and thresholds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from lyhord.instruments.definition import (
    Breakdown,
    Condition,
    Cut,
    Instrument,
    Item,
    ItemKind,
    Measure,
    MeasureKind,
    Option,
    Thresholds,
)
from lyhord.instruments.faults import Faults

HOLIDAY_CATEGORIES = frozenset({"public", "de_facto", "bank", "optional"})
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
GRADED = (ItemKind.SCALE, ItemKind.CHOICE)


def check(instrument: Instrument, faults: Faults) -> None:
    """Add to ``faults`` everything that does not fit. Parts already found faulty are not judged again."""
    _unique("channels", (channel.id for channel in instrument.channels), faults)
    _unique("items", (item.id for item in instrument.items), faults)
    _unique("measures", (measure.id for measure in instrument.measures), faults)
    _unique("breakdowns", (breakdown.id for breakdown in instrument.breakdowns), faults)
    _unique("assumptions", (assumption.key for assumption in instrument.assumptions), faults)
    _channels(instrument, faults)
    for place, item in enumerate(instrument.items):
        if not faults.touch(f"items.{item.id}"):
            _item(instrument, item, instrument.items[:place], faults)
    for measure in instrument.measures:
        if not faults.touch(f"measures.{measure.id}"):
            _measure(instrument, measure, faults)
    for breakdown in instrument.breakdowns:
        if not faults.touch(f"breakdowns.{breakdown.id}"):
            _breakdown(instrument, breakdown, faults)
    _couples(instrument, faults)
    _thresholds(instrument.thresholds, faults)
    _working_day(instrument, faults)
    _comparability(instrument, faults)


def _unique(key: str, ids: Iterable[str], faults: Faults) -> None:
    for name, count in Counter(ids).items():
        if name and count > 1:
            faults.add(f"{key}.{name}", f"is defined {count} times.", "Give each its own id.")


def _find(instrument: Instrument, item_id: str) -> Item | None:
    return next((item for item in instrument.items if item.id == item_id), None)


def _codes(options: Iterable[Option]) -> tuple[str, ...]:
    return tuple(option.code for option in options)


def _known_options(key: str, chosen: Sequence[str], allowed: Sequence[str], faults: Faults) -> None:
    for place, code in enumerate(chosen):
        if code not in allowed:
            faults.add(f"{key}[{place}]", f"is {code!r}.", f"Choose among {', '.join(allowed) or 'no options'}.")
    _unique(key, chosen, faults)


def _channels(instrument: Instrument, faults: Faults) -> None:
    if not instrument.channels:
        faults.add("channels", "is empty.", "Define at least one [[channels]].")
    for channel in instrument.channels:
        if not instrument.items_in(channel.id):
            faults.add(
                f"channels.{channel.id}", "has no items.", f'Give an item an id such as "{channel.id}.enkelhet".'
            )
        if channel.quota_item and channel.quota_item not in _ids(instrument.items_in(channel.id)):
            faults.add(
                f"channels.{channel.id}.quota_item", f"is {channel.quota_item!r}.", "Name an item of the channel."
            )


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def _item(instrument: Instrument, item: Item, earlier: Sequence[Item], faults: Faults) -> None:
    key = f"items.{item.id}"
    before = tuple(each for each in earlier if each.channel == item.channel)
    if item.channel not in (channel.id for channel in instrument.channels):
        names = ", ".join(channel.id for channel in instrument.channels)
        faults.add(f"{key}.id", f"begins with {item.channel!r}.", f"Begin it with the id of a channel: {names}.")
    _options(item, faults)
    if item.asked_when:
        _condition(f"{key}.asked_when", item.asked_when, before, faults)
    if item.implied:
        _condition(f"{key}.implied", item.implied.when, before, faults)
        if item.implied.option not in _codes(item.options):
            faults.add(f"{key}.implied.option", f"is {item.implied.option!r}.", "Name one of the item's options.")
    if item.cut:
        _cut(instrument, item, item.cut, before, faults)
    if item.coded_from:
        _coded(item, item.coded_from, before, faults)
    if not item.is_put and (item.asked_when or item.implied or item.required):
        faults.add(
            key,
            "is never asked.",
            "Take asked_when, implied and required out: cut and coded items follow their source.",
        )


def _options(item: Item, faults: Faults) -> None:
    key = f"items.{item.id}.options"
    codes = _codes(item.options)
    _unique(key, codes, faults)
    _labels(key, item.options, faults)
    if item.kind in GRADED and len(codes) < 2:
        faults.add(key, f"has {len(codes)}.", f"An item of kind {item.kind} needs at least two options.")
    if item.kind not in GRADED and codes:
        faults.add(key, "is given.", f"An item of kind {item.kind} has no options; take them out or change the kind.")
    for place, option in enumerate(item.options):
        if option.points is not None and not 0 <= option.points <= 100:
            faults.add(f"{key}[{place}].points", f"is {option.points}.", "Points lie between 0 and 100.")
    if item.kind is ItemKind.SCALE and all(option.points is None for option in item.options):
        faults.add(key, "has no points.", "Give the options of a scale points (0–100), or make it a choice.")


def _labels(key: str, options: Sequence[Option], faults: Faults) -> None:
    for label, count in Counter(option.label.in_language("sv").casefold() for option in options).items():
        if label and count > 1:
            faults.add(key, f"has {count} options called {label!r}.", "Nobody could tell them apart: rename one.")


def _condition(key: str, condition: Condition, before: Sequence[Item], faults: Faults) -> None:
    asked = next((item for item in before if item.id == condition.item), None)
    if asked is None:
        names = ", ".join(_ids(before)) or "none comes before"
        faults.add(f"{key}.item", f"is {condition.item!r}.", f"Name an item earlier in the same channel: {names}.")
        return
    if not condition.options:
        faults.add(f"{key}.options", "is empty.", f"Name the options of {asked.id} that lead here.")
    _known_options(f"{key}.options", condition.options, _codes(asked.options), faults)


def _cut(instrument: Instrument, item: Item, cut: Cut, before: Sequence[Item], faults: Faults) -> None:
    key = f"items.{item.id}.cut"
    kind, wanted = (ItemKind.SECONDS, 1) if cut.unit == "seconds" else (ItemKind.MOMENT, 2)
    allowed = tuple(each.id for each in before if each.kind is kind)
    _known_options(f"{key}.sources", cut.sources, allowed, faults)
    if len(cut.sources) != wanted:
        faults.add(f"{key}.sources", f"names {len(cut.sources)}.", f"A cut of {cut.unit} has {wanted} ({kind}).")
    if not cut.edges or any(low >= high for low, high in pairwise((Fraction(0), *cut.edges))):
        faults.add(f"{key}.edges", "do not rise.", "Write numbers above 0, each greater than the one before.")
    if len(cut.options) != len(cut.edges) + 1:
        faults.add(
            f"{key}.options",
            f"has {len(cut.options)} for {len(cut.edges)} edges.",
            "Name one option for each edge and one for what lies beyond the last.",
        )
    codes = _codes(item.options)
    _known_options(f"{key}.options", cut.options, codes, faults)
    if cut.missing is not None and cut.missing not in codes:
        faults.add(f"{key}.missing", f"is {cut.missing!r}.", f"Choose among {', '.join(codes)}.")
    for unused in (code for code in codes if code not in (*cut.options, cut.missing)):
        faults.add(f"items.{item.id}.options", f"has {unused!r}, which the cut never gives.", "Take it out.")
    if cut.unit == "working_hours" and instrument.working_day is None:
        faults.add("working_day", "is missing.", f"Add [working_day]: {item.id} is cut in working hours.")


def _coded(item: Item, source_id: str, before: Sequence[Item], faults: Faults) -> None:
    key = f"items.{item.id}.coded_from"
    texts = tuple(each.id for each in before if each.kind is ItemKind.TEXT)
    if source_id not in texts:
        names = ", ".join(texts) or "none comes before"
        faults.add(key, f"is {source_id!r}.", f"Name a text item earlier in the same channel: {names}.")
    if item.cut:
        faults.add(key, "stands beside a cut.", "An item is either coded or cut.")
    if item.kind not in GRADED:
        faults.add(key, f"is of kind {item.kind}.", "Make the coded item a choice or a scale.")


def _measure(instrument: Instrument, measure: Measure, faults: Faults) -> None:
    key = f"measures.{measure.id}"
    item = _find(instrument, measure.item)
    if item is None:
        faults.add(f"{key}.item", f"is {measure.item!r}.", "Name an item of the instrument.")
        return
    if measure.id.partition(".")[0] != item.channel:
        faults.add(f"{key}.id", "begins with another channel.", f'Begin it with "{item.channel}." as its item does.')
    codes = _codes(item.options)
    base = measure.base_options or codes
    _known_options(f"{key}.base_options", measure.base_options, codes, faults)
    _known_options(f"{key}.counted", measure.counted, base, faults)
    _counted(key, measure, base, faults)
    if measure.kind is MeasureKind.INDEX:
        _index(key, item, base, faults)
    if measure.kind is MeasureKind.MEAN_HOURS and not (item.cut and item.cut.unit == "working_hours"):
        faults.add(f"{key}.item", "has no working hours.", "Name an item that is cut in working_hours.")
    _published(key, instrument, measure, faults)


def _counted(key: str, measure: Measure, base: Sequence[str], faults: Faults) -> None:
    if measure.kind is MeasureKind.SHARE and not 0 < len(set(measure.counted)) < len(set(base)):
        faults.add(f"{key}.counted", "counts none or all of the base.", "Name some, not all, of the base's options.")
    if measure.kind is not MeasureKind.SHARE and measure.counted:
        faults.add(f"{key}.counted", "is given.", f"Only a share counts options; this is a measure of {measure.kind}.")


def _index(key: str, item: Item, base: Sequence[str], faults: Faults) -> None:
    if faults.touch(f"items.{item.id}") or faults.touch("scales"):
        return  # the points may only seem to be missing
    if not item.options:
        faults.add(f"{key}.item", f"is of kind {item.kind}.", "An index needs an item whose options carry points.")
    for option in item.options:
        if option.code in base and option.points is None:
            faults.add(
                f"{key}.base_options",
                f"holds {option.code!r}, which has no points.",
                f"Give it points in {item.id}, or name the base_options without it.",
            )


def _published(key: str, instrument: Instrument, measure: Measure, faults: Faults) -> None:
    if measure.smallest_difference is not None and measure.smallest_difference <= 0:
        faults.add(f"{key}.smallest_difference", "is not above 0.", "Write a positive number or take it out.")
    if measure.percent_of_max and measure.kind is not MeasureKind.INDEX:
        faults.add(f"{key}.percent_of_max", "is set.", "Only an index can be shown as percent of the maximum.")
    if measure.kolada_id is None:
        return
    if not measure.kolada_definition:
        faults.add(f"{key}.kolada_definition", "is missing.", "Say in words what is sent under the Kolada id.")
    if [other.kolada_id for other in instrument.measures].count(measure.kolada_id) > 1:
        faults.add(f"{key}.kolada_id", f"{measure.kolada_id} is used twice.", "One Kolada id, one measure.")


def _breakdown(instrument: Instrument, breakdown: Breakdown, faults: Faults) -> None:
    key = f"breakdowns.{breakdown.id}"
    codes = _codes(breakdown.values)
    _unique(f"{key}.options", codes, faults)
    _known_options(f"{key}.outside_total", breakdown.outside_total, codes, faults)
    if breakdown.id == "none":
        faults.add(f"{key}.id", "is reserved for undivided counts.", "Choose another id.")
    if [other.column for other in instrument.breakdowns].count(breakdown.column) > 1:
        faults.add(f"{key}.column", f"{breakdown.column!r} is used twice.", "Give each breakdown its own column.")
    for item in instrument.items:
        if item.id == f"{item.channel}.{breakdown.column}" and _codes(item.options) != codes:
            faults.add(
                f"{key}.column",
                f"is the column of {item.id}, whose options differ.",
                "Let both use the same [scales.…], or rename one of them.",
            )


def _couples(instrument: Instrument, faults: Faults) -> None:
    breakdowns = tuple(breakdown.id for breakdown in instrument.breakdowns)
    for place, crossed in enumerate(instrument.crossed):
        _known_options(f"crossed[{place}]", crossed, breakdowns, faults)
    graded = tuple(item.id for item in instrument.items if item.options)
    for place, pair in enumerate(instrument.pairs):
        _known_options(f"pairs[{place}]", pair, graded, faults)
        if len({item_id.partition(".")[0] for item_id in pair}) > 1:
            faults.add(f"pairs[{place}]", "joins two channels.", "Nobody answers in both: name items of one channel.")


def _thresholds(thresholds: Thresholds, faults: Faults) -> None:
    rising = ("publish", "external", "compare")
    for low, high in pairwise(rising):
        if getattr(thresholds, low) > getattr(thresholds, high):
            faults.add(f"thresholds.{high}", f"is below {low}.", f"Raise it to at least {getattr(thresholds, low)}.")


def _working_day(instrument: Instrument, faults: Faults) -> None:
    day = instrument.working_day
    if day is None:
        return
    for key, time in (("opens", day.opens), ("closes", day.closes)):
        if not TIME.fullmatch(time):
            faults.add(f"working_day.{key}", f"is {time!r}.", 'Write a time as in "08:00".')
    if day.opens >= day.closes:
        faults.add("working_day.closes", "is not after opens.", "The day must open before it closes.")
    _known_options("working_day.holiday_categories", day.holiday_categories, sorted(HOLIDAY_CATEGORIES), faults)


def _comparability(instrument: Instrument, faults: Faults) -> None:
    measures = tuple(measure.id for measure in instrument.measures)
    for measure, others in instrument.comparable_with.items():
        key = f"comparable_with.{measure}"
        if measure not in measures:
            faults.add(key, "is no measure.", "Name a measure of this instrument (in quotation marks).")
        if instrument.id in others:
            faults.add(key, "names the instrument itself.", "Name other instruments only.")
    if instrument.id in instrument.breaks:
        faults.add(f"breaks.{instrument.id}", "is the instrument itself.", "Name other instruments only.")
