"""What the planning pages show: capacity by interviewer and week, the spread, and what found no place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext, gettext_noop

from lyhord.instruments.questions import QuestionBank
from lyhord.method.field_work import Contact, Means
from lyhord.method.scheduling import Obstacle, Unplaced
from lyhord.method.workload import Load

WEEKDAYS: Final = (
    gettext_noop("måndag"),
    gettext_noop("tisdag"),
    gettext_noop("onsdag"),
    gettext_noop("torsdag"),
    gettext_noop("fredag"),
    gettext_noop("lördag"),
    gettext_noop("söndag"),
)
WHY: Final[Mapping[Obstacle, tuple[str, str]]] = {
    Obstacle.NO_DAY: (
        gettext_noop("Det finns ingen dag kvar att göra dem på."),
        gettext_noop("Förläng omgången, eller ta bort dagar ur listan över röda dagar."),
    ),
    Obstacle.NO_ALIAS: (
        gettext_noop("Ingen person passar, eller alla som passar har nyss använts till kommunen."),
        gettext_noop("Lägg till fler personer med rätt egenskaper, eller låt ett namn återkomma tidigare."),
    ),
    Obstacle.NO_CALLER: (
        gettext_noop("Intervjuarnas tid räcker inte."),
        gettext_noop("Lägg till intervjuare eller fler samtal om dagen, eller förläng omgången."),
    ),
    Obstacle.TOO_CLOSE: (
        gettext_noop("Alla tider som är kvar ligger för nära en annan kontakt."),
        gettext_noop("Förläng tiden för samtal eller brev på dagen, eller minska avståndet mellan kontakter."),
    ),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One interviewer's week: hours planned and hours there are."""

    week: date
    planned: float
    capacity: float
    over: bool

    @property
    def percent(self) -> int:
        """How much of the time is planned, 0–100."""
        return min(100, round(100 * self.planned / self.capacity)) if self.capacity else 0


@dataclass(frozen=True, slots=True)
class Row:
    """One interviewer, or everybody together, with a cell for each week."""

    name: str
    cells: tuple[Cell, ...]
    everybody: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some contacts found no place, how many of each kind, and what helps."""

    what: str
    remedy: str
    calls: int
    letters: int
    traits: tuple[str, ...]  # what whoever asks has to be, where that is what lacks


@dataclass(frozen=True, slots=True)
class Weekday:
    """How many calls and letters fall on one day of the week."""

    name: str
    calls: int
    letters: int


def capacity_rows(loads: Iterable[Load], names: Mapping[str, str]) -> list[Row]:
    """The workload as rows, everybody last; ``names`` are the interviewers' by id."""
    cells: dict[str | None, list[Cell]] = {}
    for load in loads:
        hours = float(load.planned_hours), float(load.capacity_hours)
        cells.setdefault(load.caller, []).append(Cell(load.week, *hours, load.is_over))
    people = sorted((names.get(caller, ""), caller) for caller in cells if caller is not None)
    rows = [Row(name, tuple(cells[caller]), everybody=False) for name, caller in people]
    return [*rows, Row(gettext("Alla"), tuple(cells.get(None, ())), everybody=True)] if cells else []


def reasons_of(unplaced: Sequence[Unplaced], bank: QuestionBank, language: str) -> list[Reason]:
    """What found no place, by what was in the way."""
    found = []
    for obstacle, (what, remedy) in WHY.items():
        own = [one.errand for one in unplaced if one.obstacle is obstacle]
        if own:
            calls = sum(errand.means is Means.CALL for errand in own)
            traits = {errand.trait for errand in own if errand.trait} if obstacle is Obstacle.NO_ALIAS else set()
            labels = sorted(bank.traits[trait].in_language(language) for trait in traits)
            found.append(Reason(gettext(what), gettext(remedy), calls, len(own) - calls, tuple(labels)))
    return found


def weekdays_of(contacts: Iterable[Contact]) -> list[Weekday]:
    """How the contacts are spread over the days of the week."""
    counted = Counter((contact.at.weekday(), contact.caller is not None) for contact in contacts)
    return [Weekday(gettext(name), counted[day, True], counted[day, False]) for day, name in enumerate(WEEKDAYS)]
