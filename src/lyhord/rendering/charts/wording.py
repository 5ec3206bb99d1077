"""The fixed words inside charts, Swedish and English, and how values read there."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from lyhord.rendering.errors import RenderingError
from lyhord.rendering.numbers import count

_SWEDISH: Final = {
    "axis_from": "Axeln börjar vid {value}",
    "best": "Högst {value}",
    "break": "Jämförelsebrott",
    "interval": "95 % intervall {interval}",
    "no_data": "Inga uppgifter",
    "place": "Plats {place} av {count}",
    "place_set": "med 95 % säkerhet mellan plats {low} och {high}",
    "ranked_axis": "{count} deltagare, högst värde till vänster",
    "ranked_of": "{count} deltagare från {best} till {worst}",
    "place_sure": "med 95 % säkerhet",
    "total": "Totalt",
    "too_few": "för få",
    "worst": "Lägst {value}",
}
_ENGLISH: Final = {
    "axis_from": "The axis starts at {value}",
    "best": "Highest {value}",
    "break": "Break in comparability",
    "interval": "95% interval {interval}",
    "no_data": "No data",
    "place": "Place {place} of {count}",
    "place_set": "between {low} and {high} with 95% confidence",
    "ranked_axis": "{count} participants, highest value to the left",
    "ranked_of": "{count} participants from {best} to {worst}",
    "place_sure": "with 95% confidence",
    "total": "Total",
    "too_few": "too few",
    "worst": "Lowest {value}",
}
_WORDS: Final = MappingProxyType({"sv": MappingProxyType(_SWEDISH), "en": MappingProxyType(_ENGLISH)})


def place_words(ends: tuple[int, int, int, int], language: str) -> str:
    """A place among all, with its 95 % confidence set: ``ends`` is place, count, lowest and highest place."""
    place, total, low, high = (count(number, language) for number in ends)
    first = word("place", language, place=place, count=total)
    sure = word("place_sure", language) if low == high else word("place_set", language, low=low, high=high)
    return f"{first}, {sure}"


def known(language: str) -> None:
    """Raise RenderingError where charts have no words in the language."""
    if language not in _WORDS:
        languages = ", ".join(_WORDS)
        raise RenderingError(f"Charts have no words in language {language!r}. Use one of: {languages}.")


def word(name: str, language: str, **values: str) -> str:
    """A fixed word or phrase of the charts; a language without words raises RenderingError."""
    known(language)
    words = _WORDS[language]
    return words[name].format(**values) if values else words[name]
