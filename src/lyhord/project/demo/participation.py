"""How many answered, in which municipality and channel: the sums and the small numbers that a real round has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from lyhord.method.groups import Municipality, cluster_of
from lyhord.project.demo.apportioning import apportion, filled
from lyhord.project.demo.chance import stream
from lyhord.project.demo.places import size_of
from lyhord.project.demo.published import ANSWERS, NO_REPLY, PARTICIPANTS, QUOTA, RESPONSE_RATE, VASTERAS

# Chosen so that Västerås's four published values come out exactly on whole numbers of answers.
_VASTERAS = {"tel": 400, "epost": 180}
_VASTERAS_NO_REPLY = 4
_LARGEST_IN_VILLAGES = 320  # the highest telephone indices must come out exactly too
_FEW_CALLS = (24, 47, 63, 78, 92)  # one below Kolada's limit of 30, four below the limit for comparisons
_FEW_LETTERS = (17, 26)
_MANY_LETTERS = 15  # how many besides Västerås reach 100 e-mail answers
_SMALL_LETTERS_TOTAL = 2_250


@dataclass(frozen=True, slots=True)
class Participation:
    """Answers by municipality: telephone, e-mail with a reply, and e-mail without; and how many were invited."""

    answers: Mapping[str, Mapping[str, int]]  # channel -> code -> n
    no_reply: Mapping[str, int]
    invited: Mapping[str, Mapping[str, int]]
    lowest: str  # who gets the published lowest telephone indices
    highest: str


def participation(places: Sequence[Municipality], seed: int) -> Participation:
    """Who took part in what and how many answered; the published sums exactly."""
    chance = stream(seed, "participation")
    by_size = sorted((place for place in places if place.code != VASTERAS), key=lambda p: (size_of(p), p.code))
    towns = [place.code for place in by_size if cluster_of(place.kommungrupp) == "stader"]
    villages = [place.code for place in by_size if cluster_of(place.kommungrupp) == "lagpendling_landsbygd"]
    lowest, highest = towns[0], villages[-1]
    calls = _calls(by_size, {VASTERAS: _VASTERAS["tel"], lowest: QUOTA, highest: _LARGEST_IN_VILLAGES}, chance)
    letters = _letters(by_size, chance)
    no_reply = _no_reply(letters, chance)
    answered = {"tel": calls, "epost": {code: n + no_reply[code] for code, n in letters.items()}}
    invited = {channel: _invited(each, chance) for channel, each in answered.items()}
    return Participation({"tel": calls, "epost": letters}, no_reply, invited, lowest, highest)


def _invited(answered: Mapping[str, int], chance: Random) -> dict[str, int]:
    """Who got the survey: in all as many as the response rate says, in each municipality about so."""
    codes = sorted(answered)
    weights = [answered[code] * chance.uniform(0.85, 1.15) for code in codes]
    total = round(sum(answered.values()) / RESPONSE_RATE)
    return dict(zip(codes, apportion(weights, total), strict=True))


def _calls(by_size: Sequence[Municipality], fixed: Mapping[str, int], chance: Random) -> dict[str, int]:
    free = [place for place in by_size if place.code not in fixed]
    calls = dict(fixed) | {place.code: n for place, n in zip(free, _FEW_CALLS, strict=False)}
    rest = [place for place in free if place.code not in calls]
    weights = [(5_000 + size_of(place)) ** 0.35 * chance.uniform(0.7, 1.3) for place in rest]
    numbers = filled(weights, ANSWERS["tel"] - sum(calls.values()), 104, QUOTA)
    return calls | {place.code: n for place, n in zip(rest, numbers, strict=True)}


def _letters(by_size: Sequence[Municipality], chance: Random) -> dict[str, int]:
    """Smaller municipalities leave e-mail out more often; most of those in it stay below 100."""
    absent = len(by_size) + 1 - PARTICIPANTS["epost"]
    ordered = sorted(by_size, key=lambda place: size_of(place) * chance.uniform(0.5, 1.5))[absent:]
    few, some, many = ordered[:2], ordered[2:-_MANY_LETTERS], ordered[-_MANY_LETTERS:]
    letters = {VASTERAS: _VASTERAS["epost"]} | {p.code: n for p, n in zip(few, _FEW_LETTERS, strict=True)}
    left = ANSWERS["epost"] - sum(letters.values()) - _SMALL_LETTERS_TOTAL
    for group, total, least, most in ((some, _SMALL_LETTERS_TOTAL, 31, 97), (many, left, 103, 310)):
        weights = [chance.uniform(0.4, 1.6) for _ in group]
        letters |= {p.code: n for p, n in zip(group, filled(weights, total, least, most), strict=True)}
    return letters


def _no_reply(letters: Mapping[str, int], chance: Random) -> dict[str, int]:
    others = sorted(code for code in letters if code != VASTERAS)
    weights = [letters[code] * chance.uniform(0.5, 1.5) for code in others]
    numbers = filled(weights, NO_REPLY - _VASTERAS_NO_REPLY, 2, 200)
    return {VASTERAS: _VASTERAS_NO_REPLY} | dict(zip(others, numbers, strict=True))
