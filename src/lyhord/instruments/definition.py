"""What an instrument is: items, scales, routing, bases, measures, thresholds and publishable cells.

An instrument is a versioned TOML file (see ``catalogue/``); ``catalogue.load`` turns it into the frozen values below.
Nothing downstream knows a particular survey: it reads these values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in several languages; Swedish is the source of truth and the fallback."""

    texts: Mapping[str, str]

    def in_language(self, language: str) -> str:
        """The text in ``language``, else in Swedish."""
        return self.texts.get(language) or self.texts["sv"]


class ItemKind(StrEnum):
    """How an item is answered."""

    SCALE = "scale"  # one graded option, options carry points
    CHOICE = "choice"  # one unordered option
    TEXT = "text"  # free text; counted only as given/not given and, once coded, by tone
    SECONDS = "seconds"  # a raw non-negative number of seconds
    MOMENT = "moment"  # a local date and time, Europe/Stockholm


@dataclass(frozen=True, slots=True)
class Option:
    """One answer option. ``points`` is its worth in an index (0–100) or None where it has none."""

    code: str
    label: LocalText
    points: Fraction | None = None
    anchor: LocalText | None = None  # the description beside a grade, for interviewers


@dataclass(frozen=True, slots=True)
class Condition:
    """Routing: the item is put only when ``item`` was answered with one of ``options``."""

    item: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Implied:
    """An answer that follows from an earlier one: no contact means that the question was badly answered."""

    when: Condition
    option: str


@dataclass(frozen=True, slots=True)
class Cut:
    """How raw numbers become options: ``options[i]`` holds values ``<= edges[i]``, the option after the last edge
    the rest, ``missing`` those without a value.

    ``unit`` is ``seconds`` (one source item) or ``working_hours`` (two moments: from, to).
    """

    unit: str
    sources: tuple[str, ...]
    edges: tuple[Fraction, ...]
    options: tuple[str, ...]
    missing: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One question or graded factor. The id carries its channel: ``tel.enkelhet``, ``epost.enkelhet``."""

    id: str
    channel: str
    kind: ItemKind
    name: LocalText  # short: "Enkelhet"
    wording: LocalText  # as put to the respondent, or the definition an interviewer grades by
    options: tuple[Option, ...] = ()
    asked_when: Condition | None = None
    cut: Cut | None = None
    required: bool = False
    source: str = ""
    coded_from: str | None = None  # never asked: people or an encoder code it from this TEXT item
    implied: Implied | None = None

    @property
    def is_put(self) -> bool:
        """Whether somebody answers or grades it, as opposed to its being cut or coded from other items."""
        return self.cut is None and self.coded_from is None

    @property
    def key(self) -> str:
        """The id without its channel; the column name in an answer file."""
        return self.id.split(".", 1)[1]

    def option(self, code: str) -> Option:
        """The option with this code; KeyError names item and code."""
        for option in self.options:
            if option.code == code:
                return option
        raise KeyError(f"{self.id} has no option {code!r}")


class MeasureKind(StrEnum):
    """What a measure computes from the counts of its item."""

    INDEX = "index"  # mean of option points, 0–100
    SHARE = "share"  # counted options over the base, percent
    MEAN_HOURS = "mean_hours"  # exact sum of working seconds over n
    COUNT = "count"  # the base n itself


@dataclass(frozen=True, slots=True)
class Measure:
    """One published figure: what is counted, over which base, how it is shown and where it goes."""

    id: str  # "tel.bemotande.index"
    kind: MeasureKind
    item: str
    name: LocalText
    base: LocalText  # in words: "alla samtal utom kommunledningskontoret"
    counted: tuple[str, ...] = ()  # SHARE: the options that count
    base_options: tuple[str, ...] = ()  # options in the denominator; empty = all options of the item
    decimals: int = 1
    headline: bool = False
    kolada_id: str | None = None
    kolada_definition: str = ""
    higher_is_better: bool = True
    smallest_difference: Fraction | None = None  # smallest difference that matters, in the measure's unit
    source: str = ""
    percent_of_max: bool = False  # an INDEX that is shown as percent: "74 % av maxpoäng"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A publishable division of the answers: ``category``, ``area``, ``week`` or ``theme``.

    ``column`` is the answer file's column; ``outside_total`` lists values whose answers are left out of totals
    (kommunledningskontoret).
    """

    id: str
    name: LocalText
    column: str
    values: tuple[Option, ...] = ()  # empty for open ones such as week
    outside_total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Smallest base n for each kind of publication. They may be raised by a municipality, never lowered."""

    publish: int = 7  # any figure
    comments: int = 10  # themes and comments
    external: int = 30  # Kolada, and membership in the printed total
    compare: int = 100  # ranking and comparison charts
    small_area: int = 0  # a mystery area below this shows counts ("4 av 6", "för få")
    group_members: int = 5  # participants besides one's own in a comparison group
    batch: int = 5  # live figures advance by this many answers


@dataclass(frozen=True, slots=True)
class Channel:
    """A way of contact that is measured on its own; never pooled with another."""

    id: str
    name: LocalText
    quota: int | None = None
    response: LocalText | None = None  # how it is collected: "SMS"
    quota_item: str | None = None  # the item whose answers fill the quota; None = every answer


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """The working-time rule that answer times are counted in."""

    opens: str = "08:00"
    closes: str = "17:00"
    holiday_categories: tuple[str, ...] = ("public", "de_facto")
    bridge_days_closed: bool = False


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the sources do not state, with the default that was chosen and why."""

    key: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A whole instrument. ``id`` names the file: ``skr-servicematning-2023``; ``method`` is survey or mystery."""

    id: str
    version: str
    method: str
    year: int
    name: LocalText
    source: str
    languages: tuple[str, ...]
    channels: tuple[Channel, ...]
    items: tuple[Item, ...]
    measures: tuple[Measure, ...]
    breakdowns: tuple[Breakdown, ...]
    crossed: tuple[tuple[str, str], ...]  # pairs of breakdowns that may be crossed
    pairs: tuple[tuple[str, str], ...]  # pairs of items whose joint counts are kept
    thresholds: Thresholds
    working_day: WorkingDay | None = None
    comparable_with: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    # measure id -> instrument ids whose figures may stand in the same series
    breaks: Mapping[str, LocalText] = field(default_factory=lambda: MappingProxyType({}))
    # instrument id -> why figures are not comparable with this instrument's
    assumptions: tuple[Assumption, ...] = ()

    def item(self, item_id: str) -> Item:
        """The item with this id; KeyError names it and the instrument."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(f"instrument {self.id} has no item {item_id!r}")

    def measure(self, measure_id: str) -> Measure:
        """The measure with this id; KeyError names it and the instrument."""
        for measure in self.measures:
            if measure.id == measure_id:
                return measure
        raise KeyError(f"instrument {self.id} has no measure {measure_id!r}")

    def channel(self, channel_id: str) -> Channel:
        """The channel with this id; KeyError names it and the instrument."""
        for channel in self.channels:
            if channel.id == channel_id:
                return channel
        raise KeyError(f"instrument {self.id} has no channel {channel_id!r}")

    def breakdown(self, breakdown_id: str) -> Breakdown | None:
        """The breakdown with this id, or None where the instrument does not have it."""
        return next((b for b in self.breakdowns if b.id == breakdown_id), None)

    def items_in(self, channel_id: str) -> tuple[Item, ...]:
        """The items of one channel, in the order they are put."""
        return tuple(item for item in self.items if item.channel == channel_id)
