"""A small invented round of the survey, counted by hand: twelve municipalities, some with too few answers.

Exempelköping (9901) is one's own. Ten reach 30 answers by telephone and eight reach 100; 9911 has 29 and 9912 has 6.
Eight measure e-mail; in Exempelköping four people were still waiting for a reply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from tests.builders import EXEMPELKOPING

from lyhord.composition.material import RoundMaterial
from lyhord.composition.standing import Standing, standing_of
from lyhord.composition.survey.municipality import municipality_report
from lyhord.composition.survey.national import national_report
from lyhord.instruments.catalogue import load
from lyhord.method.groups import Municipality
from lyhord.method.tally import NO_BREAKDOWN, Cell, Counts, ExternalFigure, Flow, Place, Tally
from lyhord.rendering.report import Block, Report

INSTRUMENT = "skr-servicematning-2023"
PREVIOUS = "skr-servicematning-2022"
UNDER_COMPARE, AT_EXTERNAL, UNDER_EXTERNAL, UNDER_PUBLISH = "9909", "9910", "9911", "9912"
NEWCOMER = "9908"  # takes part for the first time
WAITING = "9902"  # enough people wait there to be shown, but only five said what they find reasonable

# Grades 1–5 of tel.bemotande; tel.enkelhet is graded one step lower, e-mail half as often.
GRADES: Mapping[str, tuple[int, int, int, int, int]] = {
    "9901": (10, 10, 20, 60, 100),
    "9902": (5, 5, 10, 40, 90),
    "9903": (20, 20, 30, 60, 70),
    "9904": (8, 12, 20, 50, 60),
    "9905": (30, 20, 20, 60, 110),
    "9906": (4, 6, 20, 40, 50),
    "9907": (12, 8, 30, 70, 80),
    "9908": (6, 14, 20, 60, 60),
    UNDER_COMPARE: (4, 5, 10, 30, 50),
    AT_EXTERNAL: (1, 2, 3, 4, 20),
    UNDER_EXTERNAL: (20, 5, 2, 1, 1),
    UNDER_PUBLISH: (0, 0, 1, 2, 3),
}
WITH_EMAIL = ("9901", "9902", "9903", "9904", "9905", "9906", "9907", "9908")
WAITED: Mapping[str, tuple[int, int, int, int]] = {
    "9901": (1, 1, 1, 1),
    "9902": (2, 3, 5, 10),
    "9903": (3, 2, 4, 9),
    "9904": (0, 0, 0, 0),
    "9905": (1, 4, 2, 8),
    "9906": (2, 2, 2, 3),
    "9907": (5, 1, 1, 4),
    "9908": (2, 3, 3, 4),
}
TIMES = ("under_1_dygn", "1_2_dagar", "3_5_dagar", "over_5_dagar")
CATEGORY_SIZES = (("bygglov", 3), ("vatten_avfall", 9), ("skola_forskola", 40), ("gata_park_trafik", 60))
PRINTED = {"tel.bemotande.index": 82.0, "tel.enkelhet.index": 73.0, "epost.tydlighet.index": 80.5}
FEW = ("9901", "9902", "9903")


def easier(grades: tuple[int, ...]) -> tuple[int, ...]:
    """The same people, each one step less pleased where a step is left."""
    return (grades[0] + grades[1], *grades[2:], 0)


def halved(grades: tuple[int, ...]) -> tuple[int, ...]:
    """Half as many of each grade."""
    return tuple(count // 2 for count in grades)


@cache
def material(codes: tuple[str, ...] = tuple(GRADES)) -> RoundMaterial:
    """The round as it is reported, with these participants."""
    return RoundMaterial(
        instrument=load(INSTRUMENT),
        round_id=INSTRUMENT,
        counts=Counts(Tally.from_cells(_cells(codes)), flows=tuple(_flows(codes)), external=_printed()),
        municipalities={code: _municipality(code) for code in GRADES},
        started=date(2023, 3, 13),
        ended=date(2023, 5, 12),
        issued=date(2023, 9, 1),
        fictitious=True,
        previous=(load(PREVIOUS),),
        new_participants=frozenset({NEWCOMER}),
    )


@cache
def standing(codes: tuple[str, ...] = tuple(GRADES)) -> Standing:
    """Where everybody stands in it."""
    return standing_of(material(codes))


@cache
def report(code: str = EXEMPELKOPING, language: str = "sv", codes: tuple[str, ...] = tuple(GRADES)) -> Report:
    """One municipality's report of it."""
    return municipality_report(standing(codes), code, language)


@cache
def country(language: str = "sv") -> Report:
    """The national report of it."""
    return national_report(standing(), language)


def blocks(composed: Report) -> Iterator[Block]:
    """Every block of a report in reading order."""
    for _, section in composed.walk():
        yield from section.blocks


def _municipality(code: str) -> Municipality:
    name = "Exempelköping" if code == EXEMPELKOPING else f"Provort {code}"
    group = "B3" if code <= "9906" else "C6" if code <= UNDER_COMPARE else "C8"
    size = "100000-199999" if code <= "9907" else "0-14999"
    similar = tuple(other for other in WITH_EMAIL if other != code)[:7]
    return Municipality(code, name, f"{name} kommun", "99", group, size, similar)


def _graded(code: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield "tel.bemotande", GRADES[code]
    yield "tel.enkelhet", easier(GRADES[code])
    if code in WITH_EMAIL:
        yield "epost.tydlighet", halved(GRADES[code])
        yield "epost.enkelhet", halved(easier(GRADES[code]))


def _cells(codes: Iterable[str]) -> Iterator[tuple[Cell, int]]:
    for code in codes:
        for item, grades in _graded(code):
            yield from _grade_cells(INSTRUMENT, code, item, grades)
            yield from _category_cells(code, item, grades)
        if code in WITH_EMAIL:
            yield from _waiting_cells(code)
        yield from _theme_cells(code)
        if code != NEWCOMER:
            yield from _grade_cells(PREVIOUS, code, "tel.bemotande", halved(GRADES[code]))


def _grade_cells(round_id: str, code: str, item: str, grades: tuple[int, ...]) -> Iterator[tuple[Cell, int]]:
    place = Place(round_id, round_id, code, item.split(".", maxsplit=1)[0])
    for grade, count in enumerate(grades, start=1):
        if count:
            yield Cell(place, item, str(grade)), count


def _category_cells(code: str, item: str, grades: tuple[int, ...]) -> Iterator[tuple[Cell, int]]:
    """The answers dealt to four categories; what is left over named none."""
    dealt = [str(grade) for grade, count in enumerate(grades, start=1) for _ in range(count)]
    dealt = [grade for start in range(7) for grade in dealt[start::7]]  # mixed the same way every time
    for category, size in CATEGORY_SIZES:
        place = Place(INSTRUMENT, INSTRUMENT, code, item.split(".", maxsplit=1)[0], "category", category)
        for grade in dealt[:size]:
            yield Cell(place, item, grade), 1
        dealt = dealt[size:]


def _waiting_cells(code: str) -> Iterator[tuple[Cell, int]]:
    place = Place(INSTRUMENT, INSTRUMENT, code, "epost", NO_BREAKDOWN)
    yield Cell(place, "epost.filter", "ja"), sum(halved(GRADES[code]))
    if not sum(WAITED[code]):
        return
    yield Cell(place, "epost.filter", "nej"), sum(WAITED[code])
    for option, count in zip(TIMES, WAITED[code], strict=True):
        yield Cell(place, "epost.vantat", option), count
        if code != WAITING or option in TIMES[:2]:
            yield Cell(place, "epost.skalig_tid", TIMES[0]), count
        yield Cell(place._replace(breakdown="category", value="bygglov"), "epost.vantat", option), count


def _theme_cells(code: str) -> Iterator[tuple[Cell, int]]:
    if code == UNDER_PUBLISH:
        return
    for theme, tones in (("bemotande", (8, 3, 4)), ("svarstid", (1, 1, 2))):
        place = Place(INSTRUMENT, INSTRUMENT, code, "tel", "theme", theme)
        for tone, count in zip(("positiv", "neutral", "negativ"), tones, strict=True):
            yield Cell(place, "tel.ton", tone), count


def _flows(codes: Iterable[str]) -> Iterator[Flow]:
    for code in codes:
        answered = sum(GRADES[code])
        yield Flow(INSTRUMENT, code, "tel", invited=7 * answered, answered=answered, commented=answered // 3)
        if code in WITH_EMAIL:
            replied = sum(halved(GRADES[code]))
            yield Flow(INSTRUMENT, code, "epost", invited=6 * replied, answered=replied, commented=replied // 3)


def _printed() -> tuple[ExternalFigure, ...]:
    return tuple(
        ExternalFigure(measure, "Totalsnitt", value, "Provrapport 2022", round=PREVIOUS, members=11)
        for measure, value in PRINTED.items()
    )
