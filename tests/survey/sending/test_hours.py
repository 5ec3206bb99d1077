"""Messages leave neither early nor late, nor on Sundays and red days."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.survey.sending.hours import Hours

ZONE = ZoneInfo("Europe/Stockholm")
OFFICE = Hours(time(9), time(19))
NEXT = {
    "in the middle of a day": ("2026-03-10 12:00", "2026-03-10 12:00"),
    "at the very opening": ("2026-03-10 09:00", "2026-03-10 09:00"),
    "before the opening": ("2026-03-10 03:00", "2026-03-10 09:00"),
    "at the closing": ("2026-03-10 19:00", "2026-03-11 09:00"),
    "on a Saturday": ("2026-03-14 12:00", "2026-03-16 09:00"),
    "on a Sunday": ("2026-03-15 12:00", "2026-03-16 09:00"),
    "on Good Friday": ("2026-04-03 12:00", "2026-04-07 09:00"),
    "on Midsummer's Eve": ("2026-06-19 12:00", "2026-06-22 09:00"),
    "on Christmas Eve, whose Boxing Day is a Saturday": ("2026-12-24 12:00", "2026-12-28 09:00"),
    "the evening before the clocks go forward": ("2026-03-28 20:00", "2026-03-30 09:00"),
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(("moment", "permitted"), NEXT.values(), ids=NEXT)
def test_the_next_permitted_moment(moment: str, permitted: str) -> None:
    assert OFFICE.next_permitted(at(moment)) == at(permitted)


def test_saturdays_count_where_they_are_chosen_but_not_red_ones() -> None:
    hours = Hours(time(9), time(19), saturdays=True)
    assert hours.next_permitted(at("2026-03-14 12:00")) == at("2026-03-14 12:00")
    assert hours.next_permitted(at("2026-12-26 12:00")) == at("2026-12-28 09:00")


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - Hypothesis adds it
def test_a_permitted_moment_is_never_earlier_and_always_permitted(moment: datetime) -> None:
    permitted = OFFICE.next_permitted(moment)
    assert permitted >= moment
    assert OFFICE.holds(permitted)
