"""Small builders of test values; append a function when two test modules build the same thing.

The cast: Exempelköping is one's own municipality, Provstad and Testby are others. All three are invented, as are
their codes, which no real municipality can have.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lyhord.instruments.definition import (
    Breakdown,
    Channel,
    Instrument,
    Item,
    ItemKind,
    LocalText,
    Measure,
    MeasureKind,
    Option,
    Thresholds,
)
from lyhord.method.tally import NO_BREAKDOWN, OptionCounts, Place

EXEMPELKOPING = "9901"
PROVSTAD = "9902"
TESTBY = "9903"


def text(swedish: str, english: str = "") -> LocalText:
    """One text, in Swedish and, where given, in English."""
    return LocalText({"sv": swedish, "en": english} if english else {"sv": swedish})


def grade(code: str, points: int | Fraction | None = None) -> Option:
    """One answer option, labelled by its code."""
    return Option(code, text(code), None if points is None else Fraction(points))


def five_grades() -> tuple[Option, ...]:
    """The grades 1–5 worth 0/25/50/75/100."""
    return tuple(grade(str(step), 25 * (step - 1)) for step in range(1, 6))


def counts_of(item: str, **options: int) -> OptionCounts:
    """Counts by option code; a code that starts with a digit is written with a leading underscore: ``_5=3``."""
    return OptionCounts(item, tuple((code.lstrip("_"), count) for code, count in options.items()))


def place_of(municipality: str = EXEMPELKOPING, channel: str = "tel", breakdown: str = NO_BREAKDOWN) -> Place:
    """A place in the round 2023 of a test instrument."""
    return Place("2023", "test-2023", municipality, channel, breakdown)


def measure_of(kind: MeasureKind, item: str = "tel.bemotande", **changes: object) -> Measure:
    """A measure of the test instrument; ``changes`` replace any of its fields."""
    plain = Measure(f"{item}.{kind}", kind, item, text("Mått", "Measure"), text("alla svar", "all answers"))
    return replace(plain, **changes)  # type: ignore[arg-type]  # a builder takes whatever field a test changes


def instrument_of(**changes: object) -> Instrument:
    """A small survey: one phone item on five grades, categories, and one grade scale of four for a mystery call."""
    four = tuple(
        grade(code, Fraction(100 * step, 3)) for step, code in enumerate(("dalig", "medelgod", "god", "mycket_god"))
    )
    items = (
        Item("tel.bemotande", "tel", ItemKind.SCALE, text("Bemötande"), text("Hur nöjd?"), five_grades()),
        Item("tel.grad", "tel", ItemKind.SCALE, text("Bemötande"), text("Graden"), four),
    )
    plain = Instrument(
        id="test-2023",
        version="1",
        method="survey",
        year=2023,
        name=text("Provmätning"),
        source="",
        languages=("sv", "en"),
        channels=(Channel("tel", text("Telefon")),),
        items=items,
        measures=(measure_of(MeasureKind.INDEX), measure_of(MeasureKind.SHARE, counted=("4", "5"))),
        breakdowns=(Breakdown("category", text("Ärende"), "category"), Breakdown("week", text("Vecka"), "week")),
        crossed=(),
        pairs=(),
        thresholds=Thresholds(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # as above
