"""The two printed reports as counts, and rounds around them: what the reference tests and the composed ones rest on.

Vetlanda's counts are those that the report of January 2018 implies. Where it leaves them open (grades of single
factors, hours, areas) they are invented, and so are all other municipalities of the survey round.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lyhord.composition.material import RoundMaterial
from lyhord.files.quotations import ExampleLetter, InterviewerComment, Quotations, UnansweredLetter
from lyhord.instruments import catalogue
from lyhord.method.groups import Municipality
from lyhord.method.tally import Cell, Counts, DurationSum, ExternalFigure, Flow, Place, Tally

MYSTERY: Final = "kkik-mystery-2017"
SURVEY: Final = "skr-servicematning-2023"
VETLANDA: Final = Municipality("0685", "Vetlanda", "Vetlanda kommun", "06", "C6", "20000-29999")
VASTERAS: Final = Municipality("1980", "Västerås", "Västerås kommun", "19", "B3", "100000-199999")

# Item -> option -> count, without kommunledningskontoret: 33 contacts, 31 with an answer; 52 letters, 47 answered.
VETLANDA_TOTAL: Final[Mapping[str, Mapping[str, int]]] = {
    "tel.kontakt": {"inom_60": 28, "60_120": 4, "over_120": 1, "ingen_kontakt": 21},
    "tel.svar": {"god": 25, "medelgod": 6, "dalig": 23},
    "tel.information": {"god": 18, "medelgod": 13},
    "tel.intresse": {"god": 21, "medelgod": 8, "dalig": 4},
    "tel.bemotande": {"mycket_god": 15, "god": 9, "medelgod": 6, "dalig": 1},
    "epost.svarstid": {"inom_1_dygn": 37, "1_2_dygn": 7, "2_5_dygn": 2, "1_2_veckor": 1, "ej_svar": 5},
    "epost.avsandare": {"fullstandig": 47},
    "epost.merinformation": {"ja": 15, "nej": 32},
}
OUTSIDE: Final = "kommunledningskontoret"
OUTSIDE_TOTAL: Final[Mapping[str, Mapping[str, int]]] = {
    "tel.kontakt": {"inom_60": 6},
    "tel.svar": {"god": 6},
    "epost.svarstid": {"inom_1_dygn": 6},
}
ANSWER_HOURS: Final = (4,) * 37 + (12,) * 7 + (30, 30, 36)  # invented; their mean is the printed 7 hours
LIKE: Final = "likvärdiga kommuner"
PRINTED_IN: Final = "rapporten från januari 2018"


def hours(lengths: Sequence[int]) -> DurationSum:
    """Whole working hours as a sum of seconds and squares."""
    seconds = [3600 * each for each in lengths]
    return DurationSum(len(seconds), sum(seconds), sum(each**2 for each in seconds), min(seconds), max(seconds))


def printed_group() -> tuple[ExternalFigure, ...]:
    """What the report prints of the twenty municipalities of like size, and of Vetlanda's earlier measurement."""
    group = {
        "tel.kontakt.andel": (64, None, None),
        "epost.matt1": (89, None, None),
        "epost.svarstid.timmar": (5, 1, 12),
        "epost.avsandare.fullstandig": (90, 52, 100),
        "epost.merinformation.andel": (40, None, None),
    }
    figures = [
        ExternalFigure(measure, LIKE, value, PRINTED_IN, round=MYSTERY, low=low, high=high, members=20)
        for measure, (value, low, high) in group.items()
    ]
    earlier = ExternalFigure(
        "epost.svarstid.timmar",
        "förra mätningen",
        7,
        PRINTED_IN,
        round="kkik-mystery-2016",
        municipality=VETLANDA.code,
    )
    return (*figures, earlier)


def mystery_material(
    total: Mapping[str, Mapping[str, int]] = VETLANDA_TOTAL,
    *,
    outside: Mapping[str, Mapping[str, int]] = OUTSIDE_TOTAL,
    answer_hours: Sequence[int] = ANSWER_HOURS,
    external: tuple[ExternalFigure, ...] | None = None,
    quotations: Quotations | None = None,
    municipality: Municipality = VETLANDA,
    excluded: tuple[tuple[str, int], ...] = (("oklart", 2),),
) -> RoundMaterial:
    """A mystery round of one municipality; its counts are dealt out over the nine areas of the total."""
    instrument = catalogue.load(MYSTERY)
    cells = list(_mystery_cells(total, outside, municipality.code))
    durations = dict(_durations(answer_hours, municipality.code))
    flows = (Flow(MYSTERY, municipality.code, "epost", excluded=excluded),) if excluded else ()
    given = printed_group() if external is None else external
    return RoundMaterial(
        instrument,
        MYSTERY,
        Counts(Tally.from_cells(cells), flows=flows, durations=durations, external=given),
        {municipality.code: municipality},
        dt.date(2017, 10, 16),
        dt.date(2017, 11, 12),
        dt.date(2018, 1, 31),
        quotations=vetlanda_quotations() if quotations is None else quotations,
    )


def inside_areas() -> tuple[str, ...]:
    """The nine areas that the total counts."""
    breakdown = catalogue.load(MYSTERY).breakdown("area")
    assert breakdown is not None
    return tuple(area.code for area in breakdown.values if area.code not in breakdown.outside_total)


def _mystery_cells(
    total: Mapping[str, Mapping[str, int]], outside: Mapping[str, Mapping[str, int]], code: str
) -> Iterator[tuple[Cell, int]]:
    areas = inside_areas()
    for item, options in total.items():
        channel = item.split(".")[0]
        drawn = [option for option, count in options.items() for _ in range(count)]
        for option, count in options.items():
            yield Cell(Place(MYSTERY, MYSTERY, code, channel), item, option), count
        for number, option in enumerate(drawn):
            area = areas[number % len(areas)]
            yield Cell(Place(MYSTERY, MYSTERY, code, channel, "area", area), item, option), 1
    for item, options in outside.items():
        for option, count in options.items():
            place = Place(MYSTERY, MYSTERY, code, item.split(".")[0], "area", OUTSIDE)
            yield Cell(place, item, option), count


def _durations(answer_hours: Sequence[int], code: str) -> Iterator[tuple[tuple[Place, str], DurationSum]]:
    if not answer_hours:
        return
    yield (Place(MYSTERY, MYSTERY, code, "epost"), "epost.svarstid"), hours(answer_hours)
    areas = inside_areas()
    for number, area in enumerate(areas):
        own = answer_hours[number :: len(areas)]
        if own:
            yield (Place(MYSTERY, MYSTERY, code, "epost", "area", area), "epost.svarstid"), hours(own)


def vetlanda_quotations() -> Quotations:
    """Invented comments, letters and an example; the moments of sending are those that the report prints."""
    code = VETLANDA.code
    comments = (
        InterviewerComment("tel", "forskola", "information", "Jag fick veta hur kön fungerar.", code),
        InterviewerComment("tel", "ifo", "intresse", "Handläggaren lät ointresserad.", code),
        InterviewerComment("tel", "bygglov", "bemotande", "Trevlig och tillmötesgående.", code),
    )
    sent = (
        ("kultur_fritid", "Vilka stipendier finns?", "2017-11-09T19:50"),
        ("grundskola", "Hur söker man till vuxenutbildningen?", "2017-11-07T17:55"),
        ("miljo_halsa", "Får vi sälja våfflor på skolgården?", "2017-10-18T20:00"),
        ("grundskola", "Är barnen försäkrade?", "2017-10-22T10:35"),
        ("handikappomsorg", "Vem kan få bostaden anpassad?", "2017-11-10T12:50"),
    )
    letters = tuple(
        UnansweredLetter(area, question, dt.datetime.fromisoformat(moment), code) for area, question, moment in sent
    )
    answer = "Hej! Ring Kim Exempelsson på 0123-45 67 89, så ordnar vi det."
    return Quotations(comments, letters, (ExampleLetter("forskola", "Finns det kooperativ?", answer, code),))


def graded(n: int, index: float) -> dict[str, int]:
    """Grades 1-5 of ``n`` answers whose index lies as near ``index`` as n answers allow."""
    missing = 4 * n - round(n * index / 25)  # steps below 5, to be shared among the answers
    lowest = missing // 8
    middle = (missing - 4 * lowest) // 4
    fours = missing - 4 * lowest - 2 * middle
    return {"1": lowest, "2": 0, "3": middle, "4": fours, "5": n - lowest - middle - fours}


def index_of(counts: Mapping[str, int]) -> float:
    """The index of graded answers, by the definition: the mean of 0, 25, 50, 75 and 100 points."""
    return sum(25 * (int(grade) - 1) * count for grade, count in counts.items()) / sum(counts.values())


def steered(
    own: Mapping[str, int], *, members: int, answers: int, total: float, lowest: float, highest: float
) -> list[dict[str, int]]:
    """All participants' grades, own first: their unweighted mean is ``total``, the others' range the one given."""
    others = members - 1
    sizes = [(answers - sum(own.values())) // others] * others
    sizes[-1] += answers - sum(own.values()) - sum(sizes)
    dealt = [dict(own), graded(sizes[0], lowest), graded(sizes[1], highest)]
    for number, size in enumerate(sizes[2:], start=2):
        left = total * members - sum(index_of(each) for each in dealt)
        dealt.append(graded(size, left / (others - number)))
    return dealt


# Item -> Västerås's index and answers, the total, its range, how many take part with how many answers. The report
# states neither Västerås's number of answers (400 is the most a channel takes) nor the e-mail ranges: invented here.
VASTERAS_PRINTED: Final = {
    "tel.bemotande": (82.7, 400, 83.0, 73.0, 91.5, 67, 18396),
    "tel.enkelhet": (75.6, 400, 73.8, 59.6, 87.1, 67, 18396),
    "epost.tydlighet": (86.0, 400, 83.1, 73.0, 91.5, 55, 4754),
    "epost.enkelhet": (87.8, 400, 79.4, 65.0, 90.0, 55, 4754),
}
WAITED: Final = {
    "epost.vantat": {"3_5_dagar": 1, "over_5_dagar": 3},
    "epost.skalig_tid": {"1_2_dagar": 2, "3_5_dagar": 2},
}


def survey_material(own_waited: Mapping[str, Mapping[str, int]] = WAITED, *, email_answers: int = 400) -> RoundMaterial:
    """The 2023 round: Västerås as printed, invented others that bring the totals about."""
    instrument = catalogue.load(SURVEY)
    cells: list[tuple[Cell, int]] = []
    flows: list[Flow] = []
    for item, (own, n, total, lowest, highest, members, answers) in VASTERAS_PRINTED.items():
        channel = item.split(".")[0]
        graded_own = graded(email_answers if channel == "epost" else n, own)
        grades = steered(graded_own, members=members, answers=answers, total=total, lowest=lowest, highest=highest)
        for code, each in zip(_codes(members), grades, strict=True):
            place = Place(SURVEY, SURVEY, code, channel)
            cells += [(Cell(place, item, grade), count) for grade, count in each.items()]
    cells += _waiting(own_waited)
    for channel, members, answers in (("tel", 67, 18396), ("epost", 55, 4754)):
        flows += [Flow(SURVEY, code, channel, answered=answers // members) for code in _codes(members)]
    places = {VASTERAS.code: VASTERAS}
    places |= {code: Municipality(code, f"Ort {code}", f"Ort {code}:s kommun") for code in _codes(67)[1:]}
    return RoundMaterial(
        instrument,
        SURVEY,
        Counts(Tally.from_cells(cells), flows=tuple(flows)),
        places,
        dt.date(2023, 3, 13),
        dt.date(2023, 5, 12),
        dt.date(2023, 6, 14),
    )


def _codes(members: int) -> list[str]:
    return [VASTERAS.code, *(f"99{number:02d}" for number in range(1, members))]


def _waiting(own: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[Cell, int]]:
    """Västerås's own answers about waiting, and those of ten others."""
    others = {"epost.vantat": {"under_1_dygn": 10, "over_5_dagar": 20}, "epost.skalig_tid": {"under_1_dygn": 30}}
    for code in _codes(11):
        given = own if code == VASTERAS.code else others
        place = Place(SURVEY, SURVEY, code, "epost")
        no = sum(given["epost.vantat"].values())
        yield Cell(place, "epost.filter", "nej"), no
        yield Cell(place, "epost.filter", "ja"), 90
        for item, options in given.items():
            for option, count in options.items():
                yield Cell(place, item, option), count


def first_timer(material: RoundMaterial, code: str) -> RoundMaterial:
    """The same round after one of 2022, in which the municipality has counts but is said to be new."""
    earlier = catalogue.load("skr-servicematning-2022")
    cells = [
        (Cell(Place(earlier.id, earlier.id, code, item.split(".")[0]), item, grade), count)
        for item in VASTERAS_PRINTED
        for grade, count in graded(200, 80).items()
    ]
    totals = tuple(
        ExternalFigure(f"{item}.index", "Totalsnitt", value, "SKR 2022", round=earlier.id, members=63)
        for item, value in (("tel.bemotande", 82.1), ("epost.tydlighet", 81.6), ("epost.enkelhet", 78.1))
    )
    counts = replace(material.counts, tally=material.counts.tally + Tally.from_cells(cells), external=totals)
    return replace(material, counts=counts, previous=(earlier,), new_participants=frozenset({code}))
