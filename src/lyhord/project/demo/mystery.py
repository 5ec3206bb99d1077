"""Vetlanda's measurement of 2017 as files: calls, letters, and the values its report compares with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from lyhord.method.tally import ExternalFigure
from lyhord.method.working_time import swedish_calendar
from lyhord.project.demo.calls import FACTORS, Call, calls
from lyhord.project.demo.chance import stream
from lyhord.project.demo.letters import Letter, letters

ROUND: Final = "kkik-mystery-2017"
EARLIER: Final = "kkik-mystery-2016"
VETLANDA: Final = "0685"
STARTED: Final = date(2017, 10, 16)  # Monday of week 42
ENDED: Final = date(2017, 11, 12)  # Sunday of week 45
ISSUED: Final = date(2018, 1, 31)  # the report says January 2018

COLUMNS: Final = (
    "svar_id", "kommun", "kanal", "datum", "omrade", "fraga", "bortfall", "utfall", "kontakttid_s", "svar",
    *FACTORS, *(f"kommentar_{factor}" for factor in FACTORS),
    "skickat", "besvarat", "avsandare", "merinformation", "exempel", "svarstext",
)  # fmt: skip
Row = Mapping[str, str]

_GROUP = "likvärdiga kommuner"
_GROUP_SIZE = "20 000–40 000 invånare"


def rows(seed: int) -> Iterator[Row]:
    """The answers file's rows: sixty calls, then sixty letters."""
    weeks = (STARTED, ENDED)
    for number, call in enumerate(calls(weeks, stream(seed, "calls")), start=1):
        yield {"svar_id": f"T{number:02d}", "kommun": VETLANDA, **_call_row(call)}
    calendar = swedish_calendar([STARTED.year])
    for number, letter in enumerate(letters(weeks, calendar, stream(seed, "letters")), start=1):
        yield {"svar_id": f"E{number:02d}", "kommun": VETLANDA, **_letter_row(letter)}


def reference_figures() -> tuple[ExternalFigure, ...]:
    """What the report prints of similar municipalities and of the previous measurement, which was that of 2016.

    The report dates Mycket god both "förra året" and "inför förra mätningen": the previous one was the year before.
    """
    group = (
        ("tel.kontakt.andel", 64.0, None, None, 5),
        ("epost.matt1", 89.0, None, None, 10),
        ("epost.svarstid.timmar", 5.0, 1.0, 12.0, 11),
        ("epost.avsandare.fullstandig", 90.0, 52.0, 100.0, 12),
        ("epost.merinformation.andel", 40.0, None, None, 13),
    )
    similar = tuple(
        ExternalFigure(measure, _GROUP, value, _source(page), ROUND, group=_GROUP_SIZE, low=low, high=high, members=20)
        for measure, value, low, high, page in group
    )
    previous = ExternalFigure("epost.svarstid.timmar", "förra mätningen", 7.0, _source(11), EARLIER, VETLANDA)
    return (*similar, previous)


def _source(page: int) -> str:
    return f"Vetlanda-rapporten januari 2018, s. {page}"


def _call_row(call: Call) -> dict[str, str]:
    grades = {factor: grade or "" for factor, grade in call.grades.items()}
    comments = {f"kommentar_{factor}": text for factor, text in call.comments.items()}
    return {
        "kanal": "tel",
        "datum": _local(call.at),
        "omrade": call.area,
        "utfall": call.outcome,
        "kontakttid_s": "" if call.seconds is None else str(call.seconds),
        "svar": call.answer or "",
        **grades,
        **comments,
    }


def _letter_row(letter: Letter) -> dict[str, str]:
    answered = letter.answered is not None
    return {
        "kanal": "epost",
        "datum": _local(letter.sent),
        "omrade": letter.area,
        "fraga": letter.question,
        "bortfall": letter.left_out,
        "skickat": _local(letter.sent),
        "besvarat": _local(letter.answered) if letter.answered else "",
        "avsandare": "fullstandig" if answered else "",
        "merinformation": ("ja" if letter.more_information else "nej") if answered else "",
        "exempel": "ja" if letter.example_answer else "",
        "svarstext": letter.example_answer,
    }


def _local(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")
