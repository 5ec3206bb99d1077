"""What the sample reports print and the demonstration must give back.

Sources: Resultatrapport SKR Servicemätning 2023 (Västerås kommun); SKR: resultat 2022.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

ROUND: Final = "skr-servicematning-2023"
EARLIER: Final = "skr-servicematning-2022"
STARTED: Final = date(2023, 3, 13)
ENDED: Final = date(2023, 5, 12)
ISSUED: Final = date(2023, 6, 20)  # the day SKR's page about the comments carries; the report itself has no date

PARTICIPANTS: Final = MappingProxyType({"tel": 67, "epost": 55})
ANSWERS: Final = MappingProxyType({"tel": 18_396, "epost": 4_754})  # e-mail: only those who had got a reply
NO_REPLY: Final = 1_675
COMMENTS: Final = MappingProxyType({"tel": 9_980, "epost": 2_225})
QUOTA: Final = 400
RESPONSE_RATE: Final = 0.17

VASTERAS: Final = "1980"


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """One index as published: the country's mean, Västerås's value and, for telephone, the range."""

    item: str
    mean: float
    vasteras: float
    lowest: float | None = None
    highest: float | None = None


INDICES: Final = (
    IndexFacts("tel.bemotande", 83.0, 82.7, 73.0, 91.5),
    IndexFacts("tel.enkelhet", 73.8, 75.6, 59.6, 87.1),
    IndexFacts("epost.tydlighet", 83.1, 86.0),
    IndexFacts("epost.enkelhet", 79.4, 87.8),
)

# Västerås's four who had got no reply; the report gives the two questions each on its own.
VASTERAS_WAITED: Final = ("3_5_dagar", "over_5_dagar", "over_5_dagar", "over_5_dagar")
VASTERAS_REASONABLE: Final = ("1_2_dagar", "1_2_dagar", "3_5_dagar", "3_5_dagar")

THEMES: Final[Mapping[str, int]] = MappingProxyType(
    {
        "svar_och_aterkoppling": 35,
        "bemotande": 24,
        "svarstid": 19,
        "medarbetare": 17,
        "service": 17,
        "telefonkontakt": 15,
        "enkelhet": 9,
        "digitala_tjanster": 6,
    }
)
