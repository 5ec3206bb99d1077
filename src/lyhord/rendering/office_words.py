"""The fixed words that only the PPTX and XLSX faces say, in Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_SWEDISH: Final = {
    "about": "Om rapporten",
    "base": "Bas",
    "break": "Ej jämförbart",
    "chart_lines": "Underlag för diagrammets linjer",
    "continued": "{title} ({part} av {parts})",
    "cover": "Omslag",
    "kind": "Slag",
    "label": "Rad",
    "logo": "Logotyp",
    "measure": "Mått",
    "measures": "Nyckeltal och mått",
    "note": "Anmärkning",
    "of_rows": "rad {first}–{last} av {total}",
    "part": "Del",
    "place": "Plats",
    "place_axis": "Plats i listan, från högst till lägst",
    "place_range": "Plats {low}–{high} av {total}",
    "quote": "”{text}”",
    "sheet": "Blad",
    "statement": "Bedömning",
    "title": "Rubrik",
    "why": "Varför",
    "what": "Vad",
    "x": "x",
    "y": "y",
}

_ENGLISH: Final = {
    "about": "About the report",
    "base": "Base",
    "break": "Not comparable",
    "chart_lines": "What the chart's lines are drawn from",
    "continued": "{title} ({part} of {parts})",
    "cover": "Cover",
    "kind": "Kind",
    "label": "Row",
    "logo": "Logotype",
    "measure": "Measure",
    "measures": "Key figures and measures",
    "note": "Note",
    "of_rows": "row {first}–{last} of {total}",
    "part": "Part",
    "place": "Place",
    "place_axis": "Place in the list, from highest to lowest",
    "place_range": "Place {low}–{high} of {total}",
    "quote": "“{text}”",
    "sheet": "Sheet",
    "statement": "Judgement",
    "title": "Title",
    "why": "Why",
    "what": "What",
    "x": "x",
    "y": "y",
}

_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"sv": MappingProxyType(_SWEDISH), "en": MappingProxyType(_ENGLISH)}
)


def office_words(language: str) -> Mapping[str, str]:
    """The words in the language; Swedish where the language has none of its own, as everywhere in the office files."""
    return _WORDS.get(language, _WORDS["sv"])
