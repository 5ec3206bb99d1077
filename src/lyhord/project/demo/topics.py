"""What people's contacts concern (ärendekategori), and what follows from it: grades, waiting and tone.

The sample report says in words which category is largest, best, worst or most criticised; its numbers stand only in
charts. The shares here are made up so that the words come out true.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Percent of the contacts. Most concern care, mostly by telephone; building permits and streets lean to e-mail.
SHARES: Final[Mapping[str, Mapping[str, float]]] = MappingProxyType(
    {
        "tel": {
            "vard_omsorg_sociala": 30, "bygglov": 7, "gata_park_trafik": 10, "foretag_naringsliv": 4,
            "vatten_avfall": 12, "kultur_fritid_forening": 7, "skola_forskola": 13, "ovrigt": 17,
        },
        "epost": {
            "vard_omsorg_sociala": 15, "bygglov": 16, "gata_park_trafik": 19, "foretag_naringsliv": 5,
            "vatten_avfall": 10, "kultur_fritid_forening": 9, "skola_forskola": 12, "ovrigt": 14,
        },
    }
)  # fmt: skip

# How much likelier a topic becomes with each grade up: (first question, second question).
_LIKING: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "vard_omsorg_sociala": (0.00, 0.00),
        "bygglov": (-0.06, -0.10),
        "gata_park_trafik": (-0.08, -0.20),
        "foretag_naringsliv": (0.12, 0.13),
        "vatten_avfall": (0.17, 0.20),
        "kultur_fritid_forening": (0.10, 0.11),
        "skola_forskola": (0.01, 0.02),
        "ovrigt": (-0.04, -0.03),
    }
)

_MIDDLE = 4.2  # the grade at which the shares above hold

_TIMES: Final = ("under_1_dygn", "1_2_dagar", "3_5_dagar", "over_5_dagar")
_QUICK: Final = frozenset({"vatten_avfall", "vard_omsorg_sociala"})

WAITED: Final[Mapping[str, Mapping[str, float]]] = MappingProxyType(
    {
        topic: dict(zip(_TIMES, (18, 24, 25, 33) if topic in _QUICK else (12, 24, 27, 37), strict=True))
        for topic in SHARES["tel"]
    }
)

# Percent positive, neutral and negative of each category's comments: a third neutral everywhere.
TONES: Final[Mapping[str, tuple[float, float, float]]] = MappingProxyType(
    {
        "vard_omsorg_sociala": (50, 34, 16),
        "bygglov": (46, 33, 21),
        "gata_park_trafik": (44, 33, 23),
        "foretag_naringsliv": (56, 33, 11),
        "vatten_avfall": (55, 33, 12),
        "kultur_fritid_forening": (54, 33, 13),
        "skola_forskola": (49, 34, 17),
        "ovrigt": (48, 34, 18),
    }
)


def likely_topics(channel: str, grades: tuple[int, int]) -> dict[str, float]:
    """The weights of the topics among people who gave these two grades."""
    first, second = (grade - _MIDDLE for grade in grades)
    return {
        topic: share * math.exp(_LIKING[topic][0] * first + _LIKING[topic][1] * second)
        for topic, share in SHARES[channel].items()
    }


def reasonable_times() -> dict[str, float]:
    """Percent by what people still waiting call a reasonable time."""
    return dict(zip(_TIMES, (20, 49, 25, 6), strict=True))
