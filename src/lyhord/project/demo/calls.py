"""Vetlanda's sixty calls, planned one by one so that the report's counts come out.

The report prints totals only. Which area had which call, and everything the interviewers wrote, is made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from types import MappingProxyType
from typing import Final

# A call is T U O K N F (nobody reached, and why), or five letters: time to contact (a within 60 s, b within 120 s,
# c later), answer, information and interest (g m d, - not graded), courtesy (x very good, g m d).
_PLAN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bygglov": "agggx agmgg bgmmm agggx T U",
        "forskola": "agggx agggx agggg amddm ad-d- T",
        "grundskola": "agggx agggx agggg agmmm T U",
        "ifo": "agggx agggx bgmgg T U O",
        "miljo_halsa": "agmmg amddd agggx T T O",
        "gator_vagar": "agggx agggx agmmm bgmmg U T",
        "aldreomsorg": "agggx agggg cmmmm T U O",
        "handikappomsorg": "agggx agggx ad-m- T U K",
        "kultur_fritid": "agggx agmgg bmmmm agmmg N F",
        "kommunledningskontoret": "agggx agggg agmgg bgmmm T U",
    }
)

_REASONS: Final = {
    "T": "talsvar", "U": "upptagen", "O": "ombedd_aterkomma", "K": "ko_avbruten", "N": "nedkopplad", "F": "fel_person",
}  # fmt: skip
_GRADES: Final = {"x": "mycket_god", "g": "god", "m": "medelgod", "d": "dalig", "-": None}
_SECONDS: Final = {"a": (14, 60), "b": (65, 118), "c": (140, 200)}

# (area, which of its calls counted from 1, factor): what the interviewer wrote. All of it is made up.
COMMENTS: Final[Mapping[tuple[str, int, str], str]] = MappingProxyType(
    {
        ("bygglov", 2, "information"): "Frågan besvarades kort, men jag fick inget utöver det.",
        ("forskola", 4, "information"): "Svaret var så allmänt att jag hade behövt ringa igen.",
        ("grundskola", 1, "information"): "Utförlig beskrivning av ansökan, steg för steg.",
        ("ifo", 1, "information"): "Tydligt och detaljerat, även om vad som händer sedan.",
        (
            "aldreomsorg",
            1,
            "information",
        ): "Fick veta vilken enhet som har hand om frågan och när det går att ringa dit.",
        ("handikappomsorg", 2, "information"): "Förklarade vilka stöd som finns och var de beskrivs.",
        ("kultur_fritid", 1, "information"): "Fick pris, utrustning och tips om lediga tider på köpet.",
        ("forskola", 2, "intresse"): "Engagerad, ställde egna frågor för att förstå vad jag behövde.",
        ("forskola", 5, "intresse"): "Hänvisade till webbplatsen utan att lyssna färdigt.",
        ("miljo_halsa", 2, "intresse"): "Ville avsluta samtalet snabbt.",
        ("gator_vagar", 1, "intresse"): "Gick igenom flera möjligheter och ville verkligen hjälpa till.",
        ("ifo", 2, "intresse"): "Tog sig tid och verkade tycka att frågan var viktig.",
        ("handikappomsorg", 1, "intresse"): "Gjorde det enkelt för mig och följde upp att jag förstått.",
        ("bygglov", 4, "bemotande"): "Trevlig från början till slut.",
        ("grundskola", 2, "bemotande"): "Vänlig och hjälpsam, lätt att prata med.",
        ("kultur_fritid", 1, "bemotande"): "Glad och tillmötesgående.",
        ("aldreomsorg", 3, "bemotande"): "Artigt men opersonligt.",
    }
)
FACTORS: Final = ("information", "intresse", "bemotande")


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the switchboard. Grades are None where the factor is not graded."""

    area: str
    at: datetime
    outcome: str
    seconds: int | None
    answer: str | None
    grades: Mapping[str, str | None]
    comments: Mapping[str, str]


def calls(weeks: tuple[date, date], chance: Random) -> Iterator[Call]:
    """All sixty, on working days in the field weeks."""
    for area, plan in _PLAN.items():
        for number, code in enumerate(plan.split(), start=1):
            comments = {factor: COMMENTS.get((area, number, factor), "") for factor in FACTORS}
            yield _call(area, code, _moment(weeks, chance), comments, chance)


def _call(area: str, code: str, at: datetime, comments: Mapping[str, str], chance: Random) -> Call:
    if code in _REASONS:
        return Call(area, at, _REASONS[code], None, "dalig", dict.fromkeys(FACTORS), comments)
    seconds = chance.randint(*_SECONDS[code[0]])
    grades = {factor: _GRADES[letter] for factor, letter in zip(FACTORS, code[2:], strict=True)}
    return Call(area, at, "kontakt", seconds, _GRADES[code[1]], grades, comments)


def _moment(weeks: tuple[date, date], chance: Random) -> datetime:
    days = [weeks[0] + timedelta(days=number) for number in range((weeks[1] - weeks[0]).days + 1)]
    day = chance.choice([each for each in days if each.weekday() < 5])
    return datetime.combine(day, time(chance.randint(8, 16), chance.randrange(60)))
