"""The people who answered: grades, what the contact concerned, the day, and whether they wrote a comment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from lyhord.method.groups import Municipality
from lyhord.project.demo.apportioning import dealt
from lyhord.project.demo.chance import stream
from lyhord.project.demo.grades import SHAPES, margin, paired
from lyhord.project.demo.indices import step_sums
from lyhord.project.demo.participation import Participation
from lyhord.project.demo.published import (
    COMMENTS,
    ENDED,
    STARTED,
    VASTERAS,
    VASTERAS_REASONABLE,
    VASTERAS_WAITED,
)
from lyhord.project.demo.topics import SHARES, WAITED, likely_topics, reasonable_times

QUESTIONS: Final = {"tel": ("tel.bemotande", "tel.enkelhet"), "epost": ("epost.tydlighet", "epost.enkelhet")}
_HOLIDAYS = frozenset(date(2023, *day) for day in ((4, 7), (4, 10), (5, 1)))
_DAY_OFF = 0.12  # answers on a weekend or holiday, against one on a weekday


@dataclass(frozen=True, slots=True)
class Respondent:
    """One who answered. ``first`` and ``second`` are the channel's two grades; None where no reply had come."""

    municipality: str
    channel: str
    day: date
    topic: str
    first: int | None = None
    second: int | None = None
    commented: bool = False
    waited: str = ""
    reasonable: str = ""

    @property
    def satisfaction(self) -> int:
        """Both grades together, 2–10; 0 for somebody still waiting."""
        return (self.first or 0) + (self.second or 0)


def respondents(places: Sequence[Municipality], taking_part: Participation, seed: int) -> list[Respondent]:
    """Everybody who answered, by municipality, channel and day."""
    sums = step_sums(places, taking_part, seed)
    found: list[Respondent] = []
    for channel in QUESTIONS:
        found += _graded(channel, taking_part, sums, stream(seed, channel))
    found += _waiting(taking_part, stream(seed, "waiting"))
    return sorted(found, key=lambda each: (each.municipality, each.channel, each.day))


def _graded(
    channel: str, taking_part: Participation, sums: Mapping[str, Mapping[str, int]], chance: Random
) -> Iterator[Respondent]:
    people: list[tuple[str, int, int]] = []
    for code, n in sorted(taking_part.answers[channel].items()):
        one, other = (margin(SHAPES[item], n, sums[item][code]) for item in QUESTIONS[channel])
        people += [(code, first, second) for first, second in paired(one, other, chance)]
    topics = _topics(channel, people, chance)
    days = _days(len(people), chance)
    writers = frozenset(chance.sample(range(len(people)), COMMENTS[channel]))
    for number, (code, first, second) in enumerate(people):
        yield Respondent(code, channel, days[number], topics[number], first, second, number in writers)


def _topics(channel: str, people: Sequence[tuple[str, int, int]], chance: Random) -> list[str]:
    """A topic for each person, dealt among those who gave the same two grades: the margins stay what they are."""
    alike: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (_, first, second) in enumerate(people):
        alike[first, second].append(number)
    topics = [""] * len(people)
    for grades in sorted(alike):
        numbers = alike[grades]
        for number, topic in zip(numbers, dealt(likely_topics(channel, grades), len(numbers), chance), strict=True):
            topics[number] = topic
    return topics


def _waiting(taking_part: Participation, chance: Random) -> Iterator[Respondent]:
    """Those whose e-mail nobody had answered; Västerås's four as its report prints them."""
    codes = [code for code, n in sorted(taking_part.no_reply.items()) if code != VASTERAS for _ in range(n)]
    chance.shuffle(codes)
    topics = dealt(SHARES["epost"], len(codes), chance)
    times: dict[str, list[str]] = {}
    for topic in SHARES["epost"]:
        times[topic] = dealt(WAITED[topic], topics.count(topic), chance)
    reasonable = dealt(reasonable_times(), len(codes), chance)
    days = _days(len(codes) + len(VASTERAS_WAITED), chance)
    for number, (code, topic) in enumerate(zip(codes, topics, strict=True)):
        waited = times[topic].pop()
        yield Respondent(code, "epost", days[number], topic, waited=waited, reasonable=reasonable[number])
    theirs = dealt(SHARES["epost"], len(VASTERAS_WAITED), chance)
    for day, topic, waited, fair in zip(days[len(codes) :], theirs, VASTERAS_WAITED, VASTERAS_REASONABLE, strict=True):
        yield Respondent(VASTERAS, "epost", day, topic, waited=waited, reasonable=fair)


def _days(count: int, chance: Random) -> list[date]:
    """Days of the field period, most of them working days."""
    days = [STARTED + timedelta(days=number) for number in range((ENDED - STARTED).days + 1)]
    weights = [_DAY_OFF if day.weekday() > 4 or day in _HOLIDAYS else 1.0 for day in days]
    return chance.choices(days, cum_weights=list(accumulate(weights)), k=count)
