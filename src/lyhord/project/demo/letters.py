"""Vetlanda's sixty letters, planned one by one so that the report's counts and mean hours come out.

The report gives the five unanswered letters with their questions and times, and one question as an example. The other
questions and all other times are made up. Two of 54 letters are missing from the report's base; it does not say why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from types import MappingProxyType
from typing import Final

from lyhord.method.working_time import Calendar
from lyhord.project.demo.letter_texts import EXAMPLE_ANSWER, QUESTIONS

# Working hours until the answer; "u" unanswered, "x" left out of the base; "+" marks an answer with more information.
# Nine hours are one day (dygn): 37 letters within one, 7 within two, 3 later, 5 unanswered, 2 left out.
_PLAN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bygglov": "1.2+ 2.6 3.4 4.8+ 6.1 7.9",
        "forskola": "2.1+ 1.4 3.8+ 5.6 8.2 12.6",
        "grundskola": "1.9+ 4.3 6.7 13.4 u u",
        "ifo": "2.7 5.2+ 8.6 11.5 22.4 x",
        "miljo_halsa": "1.6+ 3.1 4.6+ 7.3 9.8 u",
        "gator_vagar": "2.2 3.5+ 5.1 6.9 15.2 33.5",
        "aldreomsorg": "2.4+ 4.1 5.8+ 8.4 10.7 x",
        "handikappomsorg": "3.3+ 4.9 7.6 14.3 52.5 u",
        "kultur_fritid": "0.5+ 0.8 1.1+ 1.4 1.2+ u",
        "kommunledningskontoret": "1.7+ 3.2 4.4 6.3+ 8.8 12.1",
    }
)

_SENT: Final[Mapping[tuple[str, int], str]] = MappingProxyType(
    {
        ("grundskola", 5): "2017-10-22 10:35",
        ("grundskola", 6): "2017-11-07 17:55",
        ("miljo_halsa", 6): "2017-10-18 20:00",
        ("handikappomsorg", 6): "2017-11-10 12:50",
        ("kultur_fritid", 6): "2017-11-09 19:50",
    }
)
_EXAMPLE: Final = ("forskola", 1)
LEFT_OUT: Final = "Utan uppgift: rapporten räknar 52 av 54 brev och säger inte varför"
_EVENING = 0.25
_SECONDS_PER_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. ``answered`` is None where nobody answered; ``left_out`` says why it is in no base."""

    area: str
    question: str
    sent: datetime
    answered: datetime | None
    more_information: bool = False
    left_out: str = ""
    example_answer: str = ""


def letters(weeks: tuple[date, date], calendar: Calendar, chance: Random) -> Iterator[Letter]:
    """All sixty, on any day and hour of the field weeks."""
    for area, plan in _PLAN.items():
        for number, code in enumerate(plan.split(), start=1):
            known = _SENT.get((area, number))
            sent = datetime.fromisoformat(known) if known else _moment(weeks, chance)
            question = QUESTIONS[area][number - 1]
            example = EXAMPLE_ANSWER if (area, number) == _EXAMPLE else ""
            if code in "ux":
                yield Letter(area, question, sent, None, left_out=LEFT_OUT if code == "x" else "")
            else:
                hours = float(code.rstrip("+"))
                answered = _after(sent, hours, calendar)
                yield Letter(area, question, sent, answered, code.endswith("+"), example_answer=example)


def _moment(weeks: tuple[date, date], chance: Random) -> datetime:
    """Any day; now and then in the evening, as residents write."""
    day = weeks[0] + timedelta(days=chance.randint(0, (weeks[1] - weeks[0]).days))
    hour = chance.randint(17, 21) if chance.random() < _EVENING else chance.randint(8, 16)
    return datetime.combine(day, time(hour, 5 * chance.randrange(12)))


def _after(sent: datetime, hours: float, calendar: Calendar) -> datetime:
    """The moment when ``hours`` of working time have passed since ``sent``, to the minute."""
    left = timedelta(seconds=round(hours * _SECONDS_PER_HOUR))
    moment = sent
    while True:
        opens, closes = (datetime.combine(moment.date(), at) for at in (calendar.opens, calendar.closes))
        begin = max(moment, opens)
        room = closes - begin
        if calendar.is_open_on(moment.date()) and room > timedelta(0):
            if left <= room:
                return begin + left
            left -= room
        moment = datetime.combine(moment.date() + timedelta(days=1), time())
