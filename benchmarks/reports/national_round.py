"""A made-up national round of any size, straight as counts: what the report benchmarks are run on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from lyhord.composition.material import RoundMaterial
from lyhord.instruments import catalogue
from lyhord.instruments.definition import Instrument, Option
from lyhord.method.groups import Municipality
from lyhord.method.tally import Cell, Counts, ExternalFigure, Flow, Place, Tally

ROUND = "skr-servicematning-2023"
PREVIOUS = "skr-servicematning-2022"
GROUPS = ("A1", "A2", "B3", "B4", "B5", "C6", "C7", "C8", "C9")
GRADES = ("1", "2", "3", "4", "5")
TONES = ("positiv", "neutral", "negativ")
WAITS = ("under_1_dygn", "1_2_dagar", "3_5_dagar", "over_5_dagar")
QUESTIONS = {"tel": ("tel.bemotande", "tel.enkelhet"), "epost": ("epost.tydlighet", "epost.enkelhet")}


def national_round(participants: int = 290, seed: int = 20231) -> RoundMaterial:
    """A round with up to 400 phone and 250 e-mail answers per municipality, categories, themes and waiting times."""
    rng = np.random.default_rng(seed)
    instrument = catalogue.load(ROUND)
    codes = [str(1000 + number) for number in range(participants)]
    cells: list[tuple[Cell, int]] = []
    flows = []
    for code in codes:
        for channel in ("tel", "epost"):
            n = int(rng.integers(60, 400 if channel == "tel" else 250))
            cells += _answers(rng, instrument, Place(ROUND, ROUND, code, channel), n)
            flows.append(Flow(ROUND, code, channel, invited=n * 6, answered=n, commented=n // 2))
    return RoundMaterial(
        instrument=instrument,
        round_id=ROUND,
        counts=Counts(Tally.from_cells(cells), flows=tuple(flows), external=_earlier()),
        municipalities=_municipalities(rng, codes),
        started=date(2023, 3, 13),
        ended=date(2023, 5, 12),
        issued=date(2023, 6, 14),
        fictitious=True,
        previous=(catalogue.load(PREVIOUS),),
    )


def _municipalities(rng: np.random.Generator, codes: list[str]) -> dict[str, Municipality]:
    sizes = ("0-4999", "5000-9999", "10000-14999", "20000-29999", "50000-99999")
    return {
        code: Municipality(
            code,
            f"Exempelköping {code}",
            f"Exempelköpings kommun {code}",
            kommungrupp=str(rng.choice(GROUPS)),
            size_class=str(rng.choice(sizes)),
            similar=tuple(str(each) for each in rng.choice(codes, 7, replace=False)),
        )
        for code in codes
    }


def _answers(rng: np.random.Generator, instrument: Instrument, place: Place, n: int) -> Iterator[tuple[Cell, int]]:
    categories = [value.code for value in _values(instrument, "category")]
    shares = rng.dirichlet(np.full(len(categories), 4.0))
    per_category = dict(zip(categories, rng.multinomial(n, shares), strict=True))
    for item in QUESTIONS[place.channel]:
        yield from _divided(rng, place, item, (GRADES, (0.05, 0.06, 0.12, 0.25, 0.52)), per_category)
    commented = {category: int(count) // 2 for category, count in per_category.items()}
    yield from _divided(rng, place, f"{place.channel}.ton", (TONES, (0.5, 0.33, 0.17)), commented)
    for theme in _values(instrument, "theme"):
        counts = rng.multinomial(int(n * 0.5 * rng.uniform(0.05, 0.35)), (0.45, 0.3, 0.25))
        for tone, count in zip(TONES, counts, strict=True):
            yield Cell(place._replace(breakdown="theme", value=theme.code), f"{place.channel}.ton", tone), int(count)
    if place.channel == "epost":
        unanswered = dict(zip(categories, rng.multinomial(int(n * 0.3), shares), strict=True))
        yield Cell(place, "epost.filter", "ja"), n
        yield Cell(place, "epost.filter", "nej"), sum(int(count) for count in unanswered.values())
        for item in ("epost.vantat", "epost.skalig_tid"):
            yield from _divided(rng, place, item, (WAITS, (0.2, 0.3, 0.3, 0.2)), unanswered)


def _values(instrument: Instrument, breakdown: str) -> tuple[Option, ...]:
    found = instrument.breakdown(breakdown)
    return found.values if found else ()


def _divided(
    rng: np.random.Generator,
    place: Place,
    item: str,
    graded: tuple[tuple[str, ...], tuple[float, ...]],
    sizes: dict[str, int],
) -> Iterator[tuple[Cell, int]]:
    """Counts of one item in every category, and their sum undivided."""
    options, weights = graded
    total = np.zeros(len(options), dtype=int)
    for category, size in sizes.items():
        counts = rng.multinomial(size, rng.dirichlet(np.array(weights) * 40))
        total += counts
        for option, count in zip(options, counts, strict=True):
            yield Cell(place._replace(breakdown="category", value=category), item, option), int(count)
    for option, count in zip(options, total, strict=True):
        yield Cell(place, item, option), int(count)


def _earlier() -> tuple[ExternalFigure, ...]:
    values = (("tel.bemotande.index", 82.1), ("epost.tydlighet.index", 81.6), ("epost.enkelhet.index", 78.1))
    return tuple(ExternalFigure(m, "Totalsnitt 2022", v, "SKR 2022", PREVIOUS, members=63) for m, v in values)
