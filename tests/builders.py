"""Small builders of test values; append a function when two test modules build the same thing.

The cast: Exempelköping is one's own municipality, Provstad and Testby are others. All three are invented, as are
their codes, which no real municipality can have.
"""

from __future__ import annotations

from fractions import Fraction

from lyhord.instruments.definition import LocalText, Option
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
