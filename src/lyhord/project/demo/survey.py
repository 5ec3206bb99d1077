"""The national survey of 2023 as files: answers, counts from other systems, and the printed figures of 2022."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lyhord.method.groups import Municipality
from lyhord.method.tally import Counts, ExternalFigure, Flow
from lyhord.project.demo.chance import stream
from lyhord.project.demo.coding import coded
from lyhord.project.demo.participation import Participation, participation
from lyhord.project.demo.places import participants
from lyhord.project.demo.published import EARLIER, ROUND, VASTERAS
from lyhord.project.demo.respondents import Respondent, respondents

NEW_BESIDES_VASTERAS: Final = 7  # 67 took part and 63 the year before; some of those left out 2023

# Only that a comment was given is counted, so what it says is a stand-in.
_SENTENCES: Final = (
    "Påhittad kommentar: jag fick hjälp.",
    "Påhittad kommentar: det tog tid.",
    "Påhittad kommentar: tack för svaret.",
    "Påhittad kommentar: jag blev kopplad vidare.",
    "Påhittad kommentar: informationen var bra.",
)
Column = list[str | None]


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything the survey's files hold. ``columns`` are the answers file, one row for each who answered."""

    places: tuple[Municipality, ...]
    columns: Mapping[str, Column]
    counts: Counts
    external: tuple[ExternalFigure, ...]
    new_participants: frozenset[str]


def survey(seed: int) -> Survey:
    """The whole round of 2023, made up so that what was published comes out."""
    places = participants(seed)
    taking_part = participation(places, seed)
    people = respondents(places, taking_part, seed)
    return Survey(
        places=places,
        columns=_columns(people, seed),
        counts=Counts(coded(people, seed), flows=_flows(taking_part)),
        external=earlier_figures(),
        new_participants=_new(places, seed),
    )


def earlier_figures() -> tuple[ExternalFigure, ...]:
    """What is published of 2022: three means and one range. Enkelhet by telephone and the numbers of answers are not.

    The source says only that there were more than 11 000 telephone answers, which is no figure.
    """
    report = "Resultatrapport SKR Servicemätning 2023"
    published = (
        ("tel.bemotande.index", 82.1, 91.8, f"{report}; högsta värde: SKR, resultat 2022"),
        ("epost.tydlighet.index", 81.6, None, report),
        ("epost.enkelhet.index", 78.1, None, report),
    )
    return tuple(
        ExternalFigure(measure, "Totalsnitt 2022", value, source, EARLIER, high=high, members=63)
        for measure, value, high, source in published
    )


def _flows(taking_part: Participation) -> tuple[Flow, ...]:
    return tuple(
        Flow(ROUND, code, channel, invited=invited)
        for channel, each in taking_part.invited.items()
        for code, invited in sorted(each.items())
    )


def _new(places: Sequence[Municipality], seed: int) -> frozenset[str]:
    others = [place.code for place in places if place.code != VASTERAS]
    return frozenset([VASTERAS, *stream(seed, "new").sample(others, NEW_BESIDES_VASTERAS)])


def _columns(people: Sequence[Respondent], seed: int) -> dict[str, Column]:
    """The answers file's columns, all as text as another system would export them."""
    chance = stream(seed, "sentences")
    calls = [each if each.channel == "tel" else None for each in people]
    mails = [each if each.channel == "epost" else None for each in people]
    return {
        "svar_id": [f"S{number:05d}" for number in range(1, len(people) + 1)],
        "kommun": [each.municipality for each in people],
        "kanal": [each.channel for each in people],
        "datum": [each.day.isoformat() for each in people],
        "bemotande": [_grade(each.first) if each else None for each in calls],
        "filter": [("ja" if each.first else "nej") if each else None for each in mails],
        "tydlighet": [_grade(each.first) if each else None for each in mails],
        "enkelhet": [_grade(each.second) for each in people],
        "vantat": [each.waited or None for each in people],
        "skalig_tid": [each.reasonable or None for each in people],
        "arendekategori": [each.topic for each in people],
        "kommentar": [chance.choice(_SENTENCES) if each.commented else None for each in people],
    }


def _grade(grade: int | None) -> str | None:
    return None if grade is None else str(grade)
