"""Sampling: how many contacts to invite, which ones today, and how sure the figures will be."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scipy.special import betainc

from lyhord.method.intervals import LEVEL, normal_quantile
from lyhord.method.tally import MethodError

RULE: Final = "sampling"
TWO_FIGURES: Final = 100  # from here on "about so many contacts" is said in two figures
_HASH_RANGE: Final = 2**64


@dataclass(frozen=True, slots=True)
class Period:
    """Where a measurement stands: the quota of answers, those received, those still expected from invitations already
    sent (``pending``), the sending days left with today counted, and the response rate 0–1 to plan for.
    """

    quota: int
    received: int
    days_left: int
    response_rate: float
    pending: float = 0.0


@dataclass(frozen=True, slots=True)
class Ration:
    """Who to invite today, in the order the contacts came; ``wanted`` is more than ``chosen`` where contacts lack."""

    wanted: int
    chosen: tuple[str, ...]


def ration(contacts: Sequence[str], period: Period, seed: str) -> Ration:
    """Today's share of the invitations, drawn among today's ``contacts`` (any ids without meaning).

    ``seed`` names round, municipality, channel and day, so that every day draws anew and the same day always draws the
    same. What was missed yesterday is spread over the days left. MethodError on an impossible period.
    """
    wanted = invitations_today(period, seed)
    return Ration(wanted, draw(contacts, wanted, seed))


def invitations_today(period: Period, seed: str) -> int:
    """How many to invite today: the answers still lacking, over the days left, over the response rate.

    A part of an invitation is made whole by a seeded draw (2.4 becomes 3 in four days of ten), so that small quotas
    are not spent in the first days; the last day rounds up.
    """
    _check(period)
    lacking = period.quota - period.received - period.pending
    if lacking <= 0:
        return 0
    exact = lacking / period.days_left / period.response_rate
    if period.days_left == 1:
        return _up(exact)
    whole = math.floor(exact)
    return whole + (_fraction(seed, "rounding") < exact - whole)


def draw(contacts: Sequence[str], count: int, seed: str) -> tuple[str, ...]:
    """``count`` of the contacts, each with the same chance, in the order given; all where there are fewer.

    A contact's lot is a hash of seed and id: the draw depends on no list order and can be repeated by anyone who has
    the seed. MethodError when an id comes twice.
    """
    if len(set(contacts)) < len(contacts):
        raise MethodError("A contact is listed twice and would get two lots. Merge duplicates first.")
    drawn = frozenset(sorted(contacts, key=lambda contact: (_fraction(seed, contact), contact))[: max(count, 0)])
    return tuple(contact for contact in contacts if contact in drawn)


def contacts_needed(answers: int, response_rate: float, assurance: float | None = None) -> int:
    """The least number of contacts that is expected to give ``answers`` answers at a ``response_rate`` 0–1.

    Without ``assurance`` this is answers / rate rounded up, which is reached about every second time; with it (0.9)
    the least number that reaches the answers with that probability, each contact answering independently.
    """
    _check_rate(response_rate)
    if answers <= 0:
        return 0
    enough = _up(answers / response_rate)
    if assurance is None:
        return enough
    if not 0 < assurance < 1:
        raise MethodError(f"An assurance of {assurance} is not between 0 and 1. Give 0.9 for nine times of ten.")
    low, high = answers - 1, max(enough, answers)
    while _reach(high, answers, response_rate) < assurance:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _reach(middle, answers, response_rate) >= assurance else (middle, high)
    return high


def about(contacts: int) -> int:
    """The number as it is said: exact below 100, from there rounded up to two figures (589 becomes 590)."""
    if contacts < TWO_FIGURES:
        return contacts
    unit = int(10 ** (len(str(contacts)) - 2))
    return -(-contacts // unit) * unit


def index_margin(deviation: float, n: int, level: float = LEVEL) -> float:
    """The margin of error (±, index points) to expect on ``n`` answers whose standard deviation is ``deviation``.

    The deviation is taken as known, hence the normal quantile; the interval printed later uses the deviation that the
    answers turn out to have. No correction for a finite population.
    """
    if n < 1 or deviation < 0:
        raise MethodError(f"A margin needs n >= 1 and a deviation >= 0, here {n} and {deviation}.")
    return normal_quantile(level) * deviation / math.sqrt(n)


def answers_for_margin(deviation: float, margin: float, level: float = LEVEL) -> int:
    """The least n whose expected margin of error is at most ``margin`` index points."""
    if margin <= 0 or deviation < 0:
        raise MethodError(f"A margin is above 0 and a deviation not below it, here {margin} and {deviation}.")
    return max(1, _up((normal_quantile(level) * deviation / margin) ** 2))


def _check(period: Period) -> None:
    _check_rate(period.response_rate)
    if period.days_left < 1:
        raise MethodError("No sending day is left. Close the measurement or lengthen its period.")
    if min(period.quota, period.received, period.pending) < 0:
        raise MethodError("Quota, received and pending answers cannot be negative. Count them anew.")


def _check_rate(rate: float) -> None:
    if not 0 < rate <= 1:
        raise MethodError(f"A response rate of {rate} is not above 0 and at most 1. Give 0.17 for 17 percent.")


def _up(exact: float) -> int:
    """Rounded up, but not for a hair of floating point: 17 / 0.17 is 100 contacts, not 101."""
    return math.ceil(round(exact, 9))


def _reach(contacts: int, answers: int, rate: float) -> float:
    """The probability of at least ``answers`` answers."""
    return 0.0 if contacts < answers else float(betainc(answers, contacts - answers + 1, rate))


def _fraction(seed: str, name: str) -> float:
    """A number from 0 to below 1 that follows from seed and name alone."""
    digest = hashlib.sha256(f"{len(seed)}:{seed}{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / _HASH_RANGE
