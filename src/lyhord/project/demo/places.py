"""The participants: Västerås by its real name, and 66 municipalities that do not exist."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Final

from lyhord.files.register import swedish_municipalities
from lyhord.method.groups import Municipality, cluster_of
from lyhord.project.demo.chance import stream
from lyhord.project.demo.published import VASTERAS

FIRST_CODE: Final = 9001  # no Swedish county has the number 90
COUNTY: Final = "Påhittade"
SIMILAR: Final = 7

NAMES: Final = (
    "Exempelköping", "Påhittsås", "Sagoby", "Fabelsund", "Diktehamn", "Sägnestad", "Låtsasvik", "Fantasidal",
    "Mallinge", "Provinge", "Skissforsa", "Utkastad", "Modellunda", "Attrappsjö", "Kulissborg", "Drömköping",
    "Tankevalla", "Idéhult", "Förslagsnäs", "Anekdotorp", "Myteborg", "Legendala", "Romansund", "Novellby",
    "Versmåla", "Rimmarstad", "Strofhamn", "Prosaberg", "Kapitelås", "Balladinge", "Fotnotåker", "Parentesund",
    "Citatvik", "Figurköping", "Skuggspelsby", "Pappersö", "Pennforsa", "Bläckhamn", "Gåtestad", "Hittepåbro",
    "Tänkarp", "Ordala", "Bokstavsås", "Stavelseby", "Typsnittorp", "Marginalsjö", "Tabellinge", "Diagramsås",
    "Siffervalla", "Nollköping", "Ingenstadsvik", "Någonstanda", "Okändala", "Drakensund", "Vättehamn", "Tomteforsa",
    "Jättesås", "Sagoberga", "Prinsessunda", "Riddarvalla", "Skattkartö", "Äventyrsta", "Gryningslöv", "Skymningsås",
    "Månhamn", "Stjärnköping",
)  # fmt: skip

# How many of each kommungrupp, and which size classes occur in it; larger municipalities take part more often.
_KINDS: Final = (
    ("B3", 9, ("50000-99999", "100000-199999", "100000-199999")),
    ("C6", 10, ("30000-49999", "20000-29999", "50000-99999")),
    ("A2", 8, ("50000-99999", "30000-49999", "20000-29999")),
    ("B4", 11, ("10000-14999", "15000-19999", "20000-29999")),
    ("C7", 10, ("10000-14999", "15000-19999", "5000-9999")),
    ("B5", 6, ("5000-9999", "10000-14999")),
    ("C8", 9, ("5000-9999", "10000-14999", "0-4999")),
    ("C9", 3, ("5000-9999", "10000-14999")),
)


def participants(seed: int) -> tuple[Municipality, ...]:
    """All 67 by code; Västerås's seven similar municipalities are invented ones too."""
    chance = stream(seed, "places")
    invented = tuple(_invented(chance))
    real = next(place for place in swedish_municipalities() if place.code == VASTERAS)
    everyone = (real, *invented)
    return tuple(replace(place, similar=_similar(place, invented)) for place in everyone)


def size_of(place: Municipality) -> int:
    """The lower end of a municipality's size class, in inhabitants."""
    return int(place.size_class.partition("-")[0].rstrip("+"))


def as_csv(places: Sequence[Municipality]) -> str:
    """The participants in the columns of the municipality register."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ("code", "name", "formal_name", "county", "kommungrupp", "kommungrupp_name", "size_class", "similar_codes")
    )
    for place in places:
        similar = " ".join(place.similar)
        own = (place.code, place.name, place.formal_name, place.county, place.kommungrupp, place.kommungrupp_name)
        writer.writerow((*own, place.size_class, similar))
    return text.getvalue()


def _invented(chance: Random) -> Iterator[Municipality]:
    group_names = {place.kommungrupp: place.kommungrupp_name for place in swedish_municipalities()}
    kinds = [(group, sizes[number % len(sizes)]) for group, count, sizes in _KINDS for number in range(count)]
    chance.shuffle(kinds)
    for number, (name, (group, size)) in enumerate(zip(NAMES, kinds, strict=True)):
        yield Municipality(
            code=str(FIRST_CODE + number),
            name=name,
            formal_name=_formal(name),
            county=COUNTY,
            kommungrupp=group,
            kommungrupp_name=group_names[group],
            size_class=size,
        )


def _formal(name: str) -> str:
    """Sagoby gives Sagobys kommun; a name on s takes no other."""
    return f"{name} kommun" if name.endswith("s") else f"{name}s kommun"


def _similar(own: Municipality, invented: Sequence[Municipality]) -> tuple[str, ...]:
    """The seven nearest in kind and size."""

    def distance(other: Municipality) -> tuple[bool, bool, int, str]:
        elsewhere = cluster_of(other.kommungrupp) != cluster_of(own.kommungrupp)
        return (elsewhere, other.kommungrupp != own.kommungrupp, abs(size_of(other) - size_of(own)), other.code)

    others = sorted((place for place in invented if place.code != own.code), key=distance)
    return tuple(sorted(place.code for place in others[:SIMILAR]))
