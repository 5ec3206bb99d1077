"""When messages may be sent: neither early nor late, and never on Sundays and red days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from lyhord.method.working_time import Calendar, swedish_calendar

SATURDAY: Final = 5
LONGEST_BREAK: Final = 15  # days; Christmas is the longest
EARLIEST, LATEST = time(8), time(20)


@dataclass(frozen=True, slots=True)
class Hours:
    """The time of day within which messages may leave, and whether Saturdays count."""

    opens: time
    closes: time
    saturdays: bool = False
    timezone: str = "Europe/Stockholm"

    def holds(self, moment: datetime) -> bool:
        """Whether messages may leave at this moment."""
        local = moment.astimezone(ZoneInfo(self.timezone))
        return self.is_sending_day(local.date()) and self.opens <= local.time() < self.closes

    def is_sending_day(self, day: date) -> bool:
        """Whether messages may leave on this day at all. Red days, and the eves that most have off, are not."""
        if day.weekday() == SATURDAY:
            return self.saturdays and day not in _calendar(day.year).closed
        return _calendar(day.year).is_open_on(day)

    def next_permitted(self, moment: datetime) -> datetime:
        """The moment itself where messages may leave then, else the next opening; in UTC."""
        if self.holds(moment):
            return moment.astimezone(UTC)
        zone = ZoneInfo(self.timezone)
        local = moment.astimezone(zone)
        first = local.date() if local.time() < self.opens else local.date() + timedelta(days=1)
        day = next(self.sending_days(first, first + timedelta(days=LONGEST_BREAK)))
        return datetime.combine(day, self.opens, tzinfo=zone).astimezone(UTC)

    def sending_days(self, first: date, last: date) -> Iterator[date]:
        """The days from ``first`` to ``last``, both counted, on which messages may leave."""
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        return (day for day in days if self.is_sending_day(day))


@lru_cache(maxsize=8)
def _calendar(year: int) -> Calendar:
    return swedish_calendar([year])
