"""When the demonstration pretends that things happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.project.demo_records.days import HOURS, MOST, sending_moments

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def days_of(written: str) -> list[str]:
    now = datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM)
    return [f"{moment:%m-%d}" for moment in sending_moments(now)]


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-11-20 12:00", ["11-18", "11-19", "11-20"]),  # a Friday
        ("2026-11-20 08:59", ["11-17", "11-18", "11-19"]),  # before that day's sending
        ("2026-11-22 02:00", ["11-18", "11-19", "11-20"]),  # the night to a Sunday
        ("2026-12-28 08:00", ["12-23"]),  # Christmas: contacts of the days before have gone stale
        ("2027-01-01 12:00", ["12-28", "12-29", "12-30"]),  # New Year's Eve is no sending day
    ],
)
def test_the_last_sending_days_that_have_begun_are_taken(now: str, days: list[str]) -> None:
    assert days_of(now) == days


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)))  # noqa: DTZ001 - the zone is given below
def test_there_is_always_a_moment_and_each_is_one_when_messages_may_leave(moment: datetime) -> None:
    now = moment.replace(tzinfo=STOCKHOLM)
    found = sending_moments(now)
    assert 1 <= len(found) <= MOST
    assert all(HOURS.holds(each) and each <= now for each in found)
    assert now - found[-1] < timedelta(days=6)
