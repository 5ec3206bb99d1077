"""When the demonstration pretends that things happened: sending days that have just been, wherever today falls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from lyhord.survey.sending.hours import LONGEST_BREAK, Hours

HOURS: Final = Hours(time(9), time(19))
MOST: Final = 3
AT_MOST_BACK: Final = timedelta(days=5)  # contacts are fresh for seven


def sending_moments(now: datetime, hours: Hours = HOURS) -> Sequence[datetime]:
    """The opening of each of the last sending days that have begun, at most three, the earliest first; never none."""
    zone = ZoneInfo(hours.timezone)
    local = now.astimezone(zone)
    days = hours.sending_days(local.date() - timedelta(days=LONGEST_BREAK), local.date())
    begun = [moment for day in days if (moment := datetime.combine(day, hours.opens, tzinfo=zone)) <= local]
    recent = [moment for moment in begun[-MOST:] if local - moment <= AT_MOST_BACK]
    return recent or begun[-1:]
