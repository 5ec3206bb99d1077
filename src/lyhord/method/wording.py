"""Wording: the one rule that decides which judging words a difference deserves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from lyhord.instruments.definition import Measure, MeasureKind
from lyhord.method.comparison import Difference
from lyhord.method.tally import MethodError

RULE: Final = "wording.judge"
ALPHA: Final = 0.05
# For a measure whose instrument states none. Hours and counts have no default: nobody has said what matters there.
SMALLEST_DIFFERENCE: Final = MappingProxyType({MeasureKind.INDEX: Fraction(4), MeasureKind.SHARE: Fraction(6)})
CLEARLY: Final = 2  # more than twice the smallest difference that matters is no longer "något"


class Verdict(StrEnum):
    """How one's own result stands to the reference."""

    LEVEL = "level"
    SLIGHTLY_HIGHER = "slightly_higher"
    SLIGHTLY_LOWER = "slightly_lower"
    HIGHER = "higher"
    LOWER = "lower"


class Manner(StrEnum):
    """Which words say it."""

    SURVEY = "survey"  # kring · något högre än · högre än
    MYSTERY = "mystery"  # i nivå med · något över · högre än
    QUALITY = "quality"  # i nivå med · något bättre än · bättre än
    DURATION = "duration"  # i nivå med · något längre än · längre än


class Reserve(StrEnum):
    """What must be said besides the verdict."""

    NONE = "none"
    NOT_ESTABLISHED = "not_established"  # the difference may be chance
    TOO_FEW_TO_TELL = "too_few_to_tell"  # level, but a clear difference is not ruled out


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict, the reserve it comes with, and the rule that gave both."""

    verdict: Verdict
    reserve: Reserve
    higher_is_better: bool = True
    rule: str = RULE

    @property
    def established(self) -> bool:
        """Whether a difference is there and is statistically established."""
        return self.verdict is not Verdict.LEVEL and self.reserve is Reserve.NONE


def may_be_judged(measure: Measure) -> bool:
    """Whether words judge the measure: its instrument says what difference matters, or its kind has a default."""
    return measure.smallest_difference is not None or measure.kind in SMALLEST_DIFFERENCE


def smallest_difference(measure: Measure) -> Fraction:
    """The smallest difference that matters, in the measure's unit: its own, else 4 index points or 6 percentage points.

    MethodError for a measure that has none; ask ``may_be_judged`` first.
    """
    if not may_be_judged(measure):
        raise MethodError(
            f"{measure.id} has no smallest difference that matters, so no words judge it. "
            "Give it smallest_difference in the instrument, or show the figures alone."
        )
    own = measure.smallest_difference
    return SMALLEST_DIFFERENCE[measure.kind] if own is None else own


def judge(
    difference: Difference,
    smallest: Fraction | float,
    *,
    adjusted_p: float | None = None,
    higher_is_better: bool = True,
) -> Ruling:
    """Judge a difference by its size and its test; see docs/method/wording.md.

    Up to ``smallest`` is level, up to twice that is slight, beyond it is plain higher or lower. A difference whose
    ``adjusted_p`` (Benjamini–Hochberg over the report; else the difference's own p) is not below 0.05 is said with
    reserve, and so is a level one whose interval reaches beyond twice ``smallest``.
    """
    size, limit = abs(round(difference.value, 9)), float(smallest)
    if size <= limit:
        wide = max(abs(difference.low), abs(difference.high)) > CLEARLY * limit
        reserve = Reserve.TOO_FEW_TO_TELL if wide else Reserve.NONE
        return Ruling(Verdict.LEVEL, reserve, higher_is_better)
    p = difference.p if adjusted_p is None else adjusted_p
    reserve = Reserve.NONE if p < ALPHA else Reserve.NOT_ESTABLISHED
    slight = size <= CLEARLY * limit
    if difference.value > 0:
        verdict = Verdict.SLIGHTLY_HIGHER if slight else Verdict.HIGHER
    else:
        verdict = Verdict.SLIGHTLY_LOWER if slight else Verdict.LOWER
    return Ruling(verdict, reserve, higher_is_better)


_SWEDISH: Final = {
    Manner.SURVEY: ("kring", "något högre än", "något lägre än", "högre än", "lägre än"),
    Manner.MYSTERY: ("i nivå med", "något över", "något under", "högre än", "lägre än"),
    Manner.QUALITY: ("i nivå med", "något bättre än", "något sämre än", "bättre än", "sämre än"),
    Manner.DURATION: ("i nivå med", "något längre än", "något kortare än", "längre än", "kortare än"),
}
_ENGLISH: Final = {
    Manner.SURVEY: ("around", "slightly higher than", "slightly lower than", "higher than", "lower than"),
    Manner.MYSTERY: ("level with", "slightly above", "slightly below", "higher than", "lower than"),
    Manner.QUALITY: ("level with", "slightly better than", "slightly worse than", "better than", "worse than"),
    Manner.DURATION: ("level with", "slightly longer than", "slightly shorter than", "longer than", "shorter than"),
}
_WORDS: Final = MappingProxyType({"sv": _SWEDISH, "en": _ENGLISH})
_RESERVES: Final = MappingProxyType(
    {
        "sv": {
            Reserve.NONE: "",
            Reserve.NOT_ESTABLISHED: ", men skillnaden är inte statistiskt säkerställd",
            Reserve.TOO_FEW_TO_TELL: ", men underlaget är för litet för att utesluta en tydlig skillnad",
        },
        "en": {
            Reserve.NONE: "",
            Reserve.NOT_ESTABLISHED: ", but the difference is not statistically established",
            Reserve.TOO_FEW_TO_TELL: ", but there are too few answers to rule out a clear difference",
        },
    }
)
_MIRRORED: Final = MappingProxyType(
    {
        Verdict.LEVEL: Verdict.LEVEL,
        Verdict.SLIGHTLY_HIGHER: Verdict.SLIGHTLY_LOWER,
        Verdict.SLIGHTLY_LOWER: Verdict.SLIGHTLY_HIGHER,
        Verdict.HIGHER: Verdict.LOWER,
        Verdict.LOWER: Verdict.HIGHER,
    }
)


def words(ruling: Ruling, language: str = "sv", *, manner: Manner = Manner.MYSTERY) -> str:
    """The judging words alone: "kring", "något under", "högre än". Swedish where the language is unknown."""
    better_is_lower = manner is Manner.QUALITY and not ruling.higher_is_better
    verdict = _MIRRORED[ruling.verdict] if better_is_lower else ruling.verdict
    return _WORDS.get(language, _SWEDISH)[manner][list(Verdict).index(verdict)]


def reserve_words(ruling: Ruling, language: str = "sv") -> str:
    """What follows the verdict, from its comma on: ", men skillnaden är inte statistiskt säkerställd"; or nothing."""
    return _RESERVES.get(language, _RESERVES["sv"])[ruling.reserve]


def sentence(
    ruling: Ruling, language: str = "sv", *, subject: str, reference: str, manner: Manner = Manner.MYSTERY
) -> str:
    """The whole judging sentence: ``subject`` is {words} ``reference``{reserve}.

    "Ert resultat på enkelhet är kring snittet för samtliga deltagande kommuner." The caller gives subject ("Ert
    resultat på enkelhet") and reference ("snittet för likvärdiga kommuner (64 %)") in the same language.
    """
    verb = {"sv": "är", "en": "is"}.get(language, "är")
    reserve = reserve_words(ruling, language)
    return f"{subject} {verb} {words(ruling, language, manner=manner)} {reference}{reserve}."
