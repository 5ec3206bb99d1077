"""The period of a round, read from its answers where nobody stated it."""

from __future__ import annotations

from datetime import date

from lyhord.method.tally import Tally

WEEK = "week"


def period_of(tally: Tally, year: int) -> tuple[date, date]:
    """The Monday of the first and the Sunday of the last ISO week with answers; the whole ``year`` without weeks."""
    weeks = sorted({place.value for place, _ in tally.by_place if place.breakdown == WEEK and place.value})
    if not weeks:
        return date(year, 1, 1), date(year, 12, 31)
    return _day(weeks[0], 1), _day(weeks[-1], 7)


def _day(week: str, weekday: int) -> date:
    """A day of a week written ``2023-W11``."""
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), weekday)
