"""The fixed words inside charts, Swedish and English, and how values read there."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from lyhord.rendering.errors import RenderingError

_SWEDISH: Final = {
    "axis_from": "Axeln börjar vid {value}",
    "best": "Högst {value}",
    "break": "Jämförelsebrott",
    "counts_note": "Antal, inte procent",
    "interval": "95 % intervall {interval}",
    "lines": "Strecken visar 95 % konfidensintervall",
    "no_data": "Inga uppgifter",
    "place": "Plats {place} av {count}",
    "place_set": "säkert bland plats {low}–{high}",
    "ranked_axis": "{count} deltagare, högst värde till vänster",
    "ranked_of": "{count} deltagare från {best} till {worst}",
    "total": "Totalt",
    "too_few": "för få",
    "unranked": "rangordnas inte",
    "worst": "Lägst {value}",
}
_ENGLISH: Final = {
    "axis_from": "The axis starts at {value}",
    "best": "Highest {value}",
    "break": "Break in comparability",
    "counts_note": "Counts, not percent",
    "interval": "95% interval {interval}",
    "lines": "The lines show 95% confidence intervals",
    "no_data": "No data",
    "place": "Place {place} of {count}",
    "place_set": "with confidence between {low} and {high}",
    "ranked_axis": "{count} participants, highest value to the left",
    "ranked_of": "{count} participants from {best} to {worst}",
    "total": "Total",
    "too_few": "too few",
    "unranked": "not ranked",
    "worst": "Lowest {value}",
}
_WORDS: Final = MappingProxyType({"sv": MappingProxyType(_SWEDISH), "en": MappingProxyType(_ENGLISH)})


def word(name: str, language: str, **values: str) -> str:
    """A fixed word or phrase of the charts; a language without words raises RenderingError."""
    try:
        words = _WORDS[language]
    except KeyError:
        known = ", ".join(_WORDS)
        raise RenderingError(f"Charts have no words in language {language!r}. Use one of: {known}.") from None
    return words[name].format(**values) if values else words[name]
