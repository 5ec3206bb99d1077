"""From the text of an instrument file to an ``Instrument``: the TOML format, key by key (see docs/instruments.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from lyhord.instruments.definition import (
    Assumption,
    Breakdown,
    Channel,
    Condition,
    Cut,
    Implied,
    Instrument,
    Item,
    ItemKind,
    LocalText,
    Measure,
    MeasureKind,
    Option,
    Thresholds,
    WorkingDay,
)
from lyhord.instruments.faults import Faults, InstrumentError
from lyhord.instruments.tables import LANGUAGE, Table
from lyhord.instruments.validation import check

FORMAT = 1
GREATEST_FILE = 1_000_000  # bytes; the longest shipped instrument is a twentieth of this

INSTRUMENT_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PART = re.compile(r"[a-z][a-z0-9_]*")
ITEM_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
MEASURE_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
OPTION_CODE = re.compile(r"[a-z0-9][a-z0-9_]*")
KOLADA_ID = re.compile(r"[NU]\d{5}")
PLAIN_DECIMAL = re.compile(r"[+-]?[\d_]+\.[\d_]+")
VERSION = re.compile(r"\d+(\.\d+){0,2}")

Scales = Mapping[str, tuple[Option, ...]]


def instrument_from_bytes(content: bytes, file: str) -> Instrument:
    """The instrument in ``content``; ``file`` names it in messages. InstrumentError lists every fault."""
    if len(content) > GREATEST_FILE:
        raise _unreadable(file, f"has {len(content)} bytes.", "An instrument is a text file far below 1 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(file, f"is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
    return instrument_from_text(text, file)


def instrument_from_text(text: str, file: str) -> Instrument:
    """The instrument in ``text``; ``file`` names it in messages. InstrumentError lists every fault."""
    try:
        values = tomllib.loads(text, parse_float=_decimal)
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError, as is a refused number
        raise _unreadable(
            file, f"is not TOML: {error}.", "Mend that place; docs/instruments.md shows the form."
        ) from error
    faults = Faults()
    instrument = _instrument(Table(values, "", faults, _languages(values, faults)))
    check(instrument, faults)
    if faults.found:
        raise InstrumentError(file, faults.found)
    return instrument


def _decimal(written: str) -> Fraction:
    """An exact decimal. Powers of ten are refused: 1e999999999 would be written out in full."""
    if not PLAIN_DECIMAL.fullmatch(written):
        raise ValueError(f"{written} is no plain decimal such as 12.5")
    return Fraction(written.replace("_", ""))


def _unreadable(file: str, what: str, remedy: str) -> InstrumentError:
    faults = Faults()
    faults.add("the file", what, remedy)
    return InstrumentError(file, faults.found)


def _languages(values: Mapping[str, object], faults: Faults) -> tuple[str, ...]:
    languages = Table(values, "", faults).strings("languages", required=True)
    for place, language in enumerate(languages):
        if not LANGUAGE.fullmatch(language):
            faults.add(f"languages[{place}]", f"is {language!r}.", "Use a code such as sv, en or fi.")
    if "sv" not in languages:
        faults.add("languages", "lacks sv.", 'Add "sv": Swedish is the language every other falls back to.')
    return ("sv", *(language for language in languages if language != "sv"))


def _instrument(top: Table) -> Instrument:
    top.integer("format", least=FORMAT, most=FORMAT)
    top.has("languages")
    scales = _scales(top)
    instrument = Instrument(
        id=top.name("id", INSTRUMENT_ID),
        version=top.name("version", VERSION),
        method=top.one_of("method", ("survey", "mystery")),
        year=top.integer("year", least=1990, most=2100),
        name=top.local("name"),
        source=top.text("source"),
        languages=top.languages,
        channels=tuple(_channel(table) for table in top.children("channels", required=True)),
        items=tuple(_item(table, scales) for table in top.children("items", required=True)),
        measures=tuple(_measure(table) for table in top.children("measures", required=True)),
        breakdowns=tuple(_breakdown(table, scales) for table in top.children("breakdowns")),
        crossed=top.couples("crossed"),
        pairs=top.couples("pairs"),
        thresholds=_thresholds(top.child("thresholds")),
        working_day=_working_day(top.child("working_day")),
        comparable_with=_comparable(top.child("comparable_with")),
        breaks=_breaks(top.child("breaks")),
        assumptions=tuple(_assumption(table) for table in top.children("assumptions")),
    )
    top.finish()
    return instrument


def _scales(top: Table) -> Scales:
    scales: dict[str, tuple[Option, ...]] = {}
    table = top.child("scales")
    for name, scale in table.named() if table else ():
        scales[name] = _options(scale)
        scale.finish()
    return scales


def _options(table: Table) -> tuple[Option, ...]:
    options = []
    for each in table.children("options"):
        options.append(
            Option(
                code=each.name("code", OPTION_CODE),
                label=each.local("label"),
                points=each.number("points"),
                anchor=each.local_or_none("anchor"),
            )
        )
        each.finish()
    return tuple(options)


def _scale_or_options(table: Table, scales: Scales, word: str) -> tuple[Option, ...]:
    """The options of ``[scales.NAME]`` named by ``scale``, or those written out under ``word``."""
    if not table.has("scale"):
        return _options(table)
    name = table.text("scale")
    if table.has("options"):
        table.faults.add(table.path("scale"), "stands beside options.", f"Keep one of them for the {word}.")
    if name and name not in scales:
        names = ", ".join(sorted(scales)) or "none yet"
        table.faults.add(table.path("scale"), f"names {name!r}.", f"Define [scales.{name}] (defined: {names}).")
    return scales.get(name, ())


def _channel(table: Table) -> Channel:
    channel = Channel(
        id=table.name("id", PART),
        name=table.local("name"),
        quota=table.integer("quota", least=1) if table.has("quota") else None,
        response=table.local_or_none("response"),
        quota_item=table.text("quota_item", required=False) or None,
    )
    table.finish()
    return channel


def _item(table: Table, scales: Scales) -> Item:
    item_id = table.name("id", ITEM_ID)
    item = Item(
        id=item_id,
        channel=item_id.partition(".")[0],
        kind=ItemKind(table.one_of("kind", tuple(ItemKind))),
        name=table.local("name"),
        wording=table.local("wording"),
        options=_scale_or_options(table, scales, "item"),
        asked_when=_condition(table.child("asked_when")),
        cut=_cut(table.child("cut")),
        required=table.flag("required", default=False),
        source=table.text("source", required=False),
        coded_from=table.text("coded_from", required=False) or None,
        implied=_implied(table.child("implied")),
    )
    table.finish()
    return item


def _condition(table: Table | None) -> Condition | None:
    if table is None:
        return None
    condition = Condition(table.text("item"), table.strings("options", required=True))
    table.finish()
    return condition


def _implied(table: Table | None) -> Implied | None:
    if table is None:
        return None
    condition = Condition(table.text("item"), table.strings("options", required=True))
    implied = Implied(condition, table.text("option"))
    table.finish()
    return implied


def _cut(table: Table | None) -> Cut | None:
    if table is None:
        return None
    cut = Cut(
        unit=table.one_of("unit", ("seconds", "working_hours")),
        sources=table.strings("sources", required=True),
        edges=table.numbers("edges"),
        options=table.strings("options", required=True),
        missing=table.text("missing", required=False) or None,
    )
    table.finish()
    return cut


def _measure(table: Table) -> Measure:
    measure = Measure(
        id=table.name("id", MEASURE_ID),
        kind=MeasureKind(table.one_of("kind", tuple(MeasureKind))),
        item=table.text("item"),
        name=table.local("name"),
        base=table.local("base"),
        counted=table.strings("counted"),
        base_options=table.strings("base_options"),
        decimals=table.integer("decimals", default=1, most=3),
        headline=table.flag("headline", default=False),
        kolada_id=table.name("kolada_id", KOLADA_ID, required=False) or None,
        kolada_definition=table.text("kolada_definition", required=False),
        higher_is_better=table.flag("higher_is_better", default=True),
        smallest_difference=table.number("smallest_difference"),
        source=table.text("source", required=False),
        percent_of_max=table.flag("percent_of_max", default=False),
    )
    table.finish()
    return measure


def _breakdown(table: Table, scales: Scales) -> Breakdown:
    breakdown = Breakdown(
        id=table.name("id", PART),
        name=table.local("name"),
        column=table.name("column", PART),
        values=_scale_or_options(table, scales, "breakdown"),
        outside_total=table.strings("outside_total"),
    )
    table.finish()
    return breakdown


def _thresholds(table: Table | None) -> Thresholds:
    """The thresholds; each default is also the floor: a municipality may raise it, never lower it."""
    floor = Thresholds()
    if table is None:
        return floor
    thresholds = Thresholds(
        publish=table.integer("publish", floor.publish, least=floor.publish),
        comments=table.integer("comments", floor.comments, least=floor.comments),
        external=table.integer("external", floor.external, least=floor.external),
        compare=table.integer("compare", floor.compare, least=floor.compare),
        small_area=table.integer("small_area", floor.small_area),
        group_members=table.integer("group_members", floor.group_members, least=floor.group_members),
        batch=table.integer("batch", floor.batch, least=floor.batch),
    )
    table.finish()
    return thresholds


def _working_day(table: Table | None) -> WorkingDay | None:
    if table is None:
        return None
    default = WorkingDay()
    day = WorkingDay(
        opens=table.text("opens", required=False) or default.opens,
        closes=table.text("closes", required=False) or default.closes,
        holiday_categories=table.strings("holiday_categories") or default.holiday_categories,
        bridge_days_closed=table.flag("bridge_days_closed", default=False),
    )
    table.finish()
    return day


def _comparable(table: Table | None) -> Mapping[str, tuple[str, ...]]:
    if table is None:
        return MappingProxyType({})
    return MappingProxyType({measure: table.strings(measure) for measure in table.values})


def _breaks(table: Table | None) -> Mapping[str, LocalText]:
    if table is None:
        return MappingProxyType({})
    return MappingProxyType({instrument: table.local(instrument) for instrument in table.values})


def _assumption(table: Table) -> Assumption:
    assumption = Assumption(table.text("key"), table.text("value"), table.text("reason"))
    table.finish()
    return assumption
