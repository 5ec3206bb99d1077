"""The comments as coded for tone and theme: counts only, since the comments themselves are placeholders.

Every comment has one tone as a whole. It may touch several themes and have another tone about each, as in the
published analysis, so themes sum to more than all comments.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from lyhord.method.tally import NO_BREAKDOWN, Cell, Place, Tally
from lyhord.project.demo.apportioning import apportion
from lyhord.project.demo.chance import stream
from lyhord.project.demo.published import ROUND, THEMES
from lyhord.project.demo.respondents import Respondent
from lyhord.project.demo.topics import TONES

TONE_CODES: Final = ("positiv", "neutral", "negativ")
THEME, CATEGORY = "theme", "category"
_BY_TELEPHONE = "telefonkontakt"
_SELDOM = 0.1  # how often somebody who wrote an e-mail comments on telephone contact, against a caller

# Percent positive, neutral and negative among the mentions. Enkelhet and digitala tjänster are published; of the
# others only that bemötande has most praise and enkelhet most criticism.
_THEME_TONES: Final = {
    "svar_och_aterkoppling": (42, 32, 26),
    "bemotande": (72, 17, 11),
    "svarstid": (43, 25, 32),
    "medarbetare": (59, 27, 14),
    "service": (56, 27, 17),
    "telefonkontakt": (39, 34, 27),
    "enkelhet": (28, 27, 45),
    "digitala_tjanster": (15, 65, 20),
}

_Toned = tuple[Respondent, str]


def coded(people: Sequence[Respondent], seed: int) -> Tally:
    """Counts of tones per municipality and channel: of all comments, by category and by theme."""
    chance = stream(seed, "coding")
    toned = _toned([each for each in people if each.commented], chance)
    cells: Counter[Cell] = Counter()
    for person, tone in toned:
        cells[_cell(person, NO_BREAKDOWN, "", tone)] += 1
        cells[_cell(person, CATEGORY, person.topic, tone)] += 1
    for theme, percent in THEMES.items():
        mentions = round(percent * len(toned) / 100)
        for person, tone in _mentions(theme, mentions, toned, chance):
            cells[_cell(person, THEME, theme, tone)] += 1
    return Tally.from_cells(sorted(cells.items()))


def _cell(person: Respondent, breakdown: str, value: str, tone: str) -> Cell:
    place = Place(ROUND, ROUND, person.municipality, person.channel, breakdown, value)
    return Cell(place, f"{person.channel}.ton", tone)


def _toned(writers: Sequence[Respondent], chance: Random) -> list[_Toned]:
    """A tone for each comment, category by category in exact shares; the satisfied tend to praise."""
    by_topic: defaultdict[str, list[Respondent]] = defaultdict(list)
    for person in writers:
        by_topic[person.topic].append(person)
    return [pair for topic in TONES for pair in _praise_first(by_topic[topic], TONES[topic], chance)]


def _praise_first(people: Sequence[Respondent], shares: Sequence[float], chance: Random) -> Iterator[_Toned]:
    leaning = {number: -person.satisfaction + chance.gauss(0, 2) for number, person in enumerate(people)}
    ordered = [people[number] for number in sorted(leaning, key=leaning.__getitem__)]
    yield from zip(ordered, _tones(shares, len(ordered)), strict=True)


def _tones(shares: Sequence[float], total: int) -> list[str]:
    counts = apportion(shares, total)
    return [tone for tone, count in zip(TONE_CODES, counts, strict=True) for _ in range(count)]


def _mentions(theme: str, count: int, toned: Sequence[_Toned], chance: Random) -> Iterator[_Toned]:
    """Who mentions a theme, and in which tone about it: near that of the comment as a whole."""
    interest = [chance.random() / _attraction(theme, person) for person, _ in toned]
    chosen = sorted(range(len(toned)), key=interest.__getitem__)[:count]
    mood = {number: TONE_CODES.index(toned[number][1]) + chance.gauss(0, 0.7) for number in chosen}
    ordered = sorted(chosen, key=mood.__getitem__)
    for number, tone in zip(ordered, _tones(_THEME_TONES[theme], count), strict=True):
        yield toned[number][0], tone


def _attraction(theme: str, person: Respondent) -> float:
    return _SELDOM if theme == _BY_TELEPHONE and person.channel != "tel" else 1.0
