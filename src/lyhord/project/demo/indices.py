"""Each municipality's index on each question, so that the country's mean and the published ends come out exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from lyhord.method.groups import Municipality, cluster_of
from lyhord.project.demo.chance import stream
from lyhord.project.demo.participation import Participation
from lyhord.project.demo.published import INDICES, VASTERAS, IndexFacts

IN_THE_MEAN: Final = 30  # answers needed to belong to the printed total
POINTS_A_STEP: Final = 25

_CLUSTERS: Final = {"stader": -2.0, "pendlingskommuner": 0.3, "lagpendling_landsbygd": 1.9}
_SPREAD: Final = {"tel.bemotande": 2.8, "tel.enkelhet": 4.2, "epost.tydlighet": 3.2, "epost.enkelhet": 4.0}
_INSIDE: Final = 0.6  # everybody else keeps this far from the published ends
_ENDS: Final = (60.0, 97.0)  # where no ends are published
_ROUNDS: Final = 12


@dataclass(frozen=True, slots=True)
class _Member:
    code: str
    n: int
    cluster: str


def step_sums(places: Sequence[Municipality], taking_part: Participation, seed: int) -> Mapping[str, Mapping[str, int]]:
    """For each question and municipality the sum of its answers' steps (grade less one): index = 25 × sum / n."""
    chance = stream(seed, "indices")
    quality = {place.code: chance.gauss(0, 1) for place in places}
    clusters = {place.code: cluster_of(place.kommungrupp) or "" for place in places}
    sums: dict[str, dict[str, int]] = {}
    for facts in INDICES:
        answers = taking_part.answers[facts.item.partition(".")[0]]
        members = [_Member(code, answers[code], clusters[code]) for code in sorted(answers)]
        wanted = _wanted(facts, members, quality, _pins(facts, taking_part), chance)
        sums[facts.item] = _whole_sums(members, wanted, _pins(facts, taking_part))
    return sums


def _whole_sums(members: Sequence[_Member], wanted: Mapping[str, float], pins: Mapping[str, float]) -> dict[str, int]:
    """Whole sums of steps nearest to the wanted indices; each takes over what rounding took from those before it.

    The largest come last, so that the mean is off by no more than one of their roundings.
    """
    sums: dict[str, int] = {}
    owed = 0.0
    for m in sorted(members, key=lambda m: (m.code not in pins, m.n)):
        owing = owed if m.code not in pins and m.n >= IN_THE_MEAN else 0.0
        sums[m.code] = round((wanted[m.code] + owing) * m.n / POINTS_A_STEP)
        if m.n >= IN_THE_MEAN:
            owed += wanted[m.code] - sums[m.code] * POINTS_A_STEP / m.n
    return sums


def _pins(facts: IndexFacts, taking_part: Participation) -> dict[str, float]:
    pins = {VASTERAS: facts.vasteras}
    if facts.lowest is not None and facts.highest is not None:
        pins |= {taking_part.lowest: facts.lowest, taking_part.highest: facts.highest}
    return pins


def _wanted(
    facts: IndexFacts,
    members: Sequence[_Member],
    quality: Mapping[str, float],
    pins: Mapping[str, float],
    chance: Random,
) -> dict[str, float]:
    """Index by municipality: its cluster's level, how good it is at everything, and at this; pins as published."""
    levels = _levels(facts, members)
    spread = _SPREAD[facts.item]
    values = {m.code: levels[m.cluster] + spread * (0.7 * quality[m.code] + 0.7 * chance.gauss(0, 1)) for m in members}
    values |= pins
    for cluster, level in levels.items():
        own = [m for m in members if m.cluster == cluster]
        _settle(values, own, pins, level, _bounds(facts))
    return values


def _levels(facts: IndexFacts, members: Sequence[_Member]) -> dict[str, float]:
    """The clusters' means, such that the mean over all that count is the published one."""
    counting = [m for m in members if m.n >= IN_THE_MEAN]
    off = sum(_CLUSTERS[m.cluster] for m in counting) / len(counting)
    return {cluster: facts.mean + offset - off for cluster, offset in _CLUSTERS.items()}


def _bounds(facts: IndexFacts) -> tuple[float, float]:
    if facts.lowest is None or facts.highest is None:
        return _ENDS
    return facts.lowest + _INSIDE, facts.highest - _INSIDE


def _settle(
    values: dict[str, float],
    own: Sequence[_Member],
    pins: Mapping[str, float],
    level: float,
    bounds: tuple[float, float],
) -> None:
    """Shift a cluster's free members until its mean is ``level`` with everyone inside ``bounds``."""
    counting = [m for m in own if m.n >= IN_THE_MEAN]
    free = [m for m in own if m.code not in pins]
    moving = sum(1 for m in free if m.n >= IN_THE_MEAN)
    for _ in range(_ROUNDS):
        lacking = level * len(counting) - sum(values[m.code] for m in counting)
        for m in free:
            values[m.code] = min(max(values[m.code] + lacking / moving, bounds[0]), bounds[1])
