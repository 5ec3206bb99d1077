"""The fixed words of every face, Swedish and English: contents, chart, table, page, too few answers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lyhord.rendering.errors import RenderingError

_SWEDISH: Final = {
    "back_to_contents": "Till innehållet",
    "chart": "Diagram",
    "chart_data": "Diagrammets siffror",
    "charts": "Diagram",
    "comparison": "Jämförelse",
    "contents": "Innehåll",
    "count": "Antal",
    "data_for": "Siffror bakom",
    "difference": "Skillnad",
    "fictitious": "Påhittade uppgifter",
    "fictitious_long": "Uppgifterna i rapporten är påhittade. De visar hur en rapport ser ut, inte hur det är.",
    "figure": "Värde",
    "group": "Grupp",
    "interval": "95 % konfidensintervall",
    "interval_short": "95 % intervall",
    "key_figures": "Nyckeltal",
    "lower": "Lägst",
    "n": "n",
    "not_asked": "ej ställd",
    "of": "av",
    "page": "Sida",
    "previous": "Förra mätningen",
    "published": "Utgiven",
    "report_by": "Framtagen med Lyhörd",
    "round": "Mätning",
    "row": "Rad",
    "rule": "Regel",
    "series": "Serie",
    "share": "Andel",
    "skip_to_content": "Hoppa till innehållet",
    "source": "Källa",
    "table": "Tabell",
    "tables": "Tabeller",
    "too_few": "för få svar",
    "upper": "Högst",
    "value": "Värde",
    "withheld": "Redovisas inte",
}

_ENGLISH: Final = {
    "back_to_contents": "To the contents",
    "chart": "Chart",
    "chart_data": "The figures of the chart",
    "charts": "Charts",
    "comparison": "Comparison",
    "contents": "Contents",
    "count": "Count",
    "data_for": "Figures behind",
    "difference": "Difference",
    "fictitious": "Made-up data",
    "fictitious_long": "The data in this report are made up. They show what a report looks like, not how things are.",
    "figure": "Figure",
    "group": "Group",
    "interval": "95% confidence interval",
    "interval_short": "95% interval",
    "key_figures": "Key figures",
    "lower": "Lowest",
    "n": "n",
    "not_asked": "not asked",
    "of": "of",
    "page": "Page",
    "previous": "Previous round",
    "published": "Published",
    "report_by": "Made with Lyhörd",
    "round": "Round",
    "row": "Row",
    "rule": "Rule",
    "series": "Series",
    "share": "Share",
    "skip_to_content": "Skip to the content",
    "source": "Source",
    "table": "Table",
    "tables": "Tables",
    "too_few": "too few answers",
    "upper": "Highest",
    "value": "Value",
    "withheld": "Not shown",
}

LABELS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"sv": MappingProxyType(_SWEDISH), "en": MappingProxyType(_ENGLISH)}
)


def labels(language: str) -> Mapping[str, str]:
    """The fixed words in a language ("sv" or "en"); a language without words raises RenderingError."""
    try:
        return LABELS[language]
    except KeyError:
        known = ", ".join(sorted(LABELS))
        raise RenderingError(f"There are no report labels in language {language!r}. Use one of: {known}.") from None
