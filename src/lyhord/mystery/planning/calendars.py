"""The frozen calendar of a mystery round: red days that no library changes afterwards, and that a person may edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Final

from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.instruments.definition import Instrument, WorkingDay
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import instrument_of
from lyhord.method.tally import MethodError
from lyhord.method.working_time import Calendar, closed_days_from_rows, swedish_calendar
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.models import FieldPlan

ANSWERS_MAY_TAKE: Final = timedelta(weeks=8)  # answers come, and are looked for, after the last letter
LONGEST_REASON: Final = 60

Row = tuple[str, str]  # an ISO date and why the office is closed


def calendar_for(instrument: Instrument, starts: date, ends: date) -> Calendar:
    """A new calendar by the instrument's rule of working days, for the round and the time that answers may take."""
    day = instrument.working_day or WorkingDay()
    return swedish_calendar(
        range(starts.year, (ends + ANSWERS_MAY_TAKE).year + 1),
        categories=day.holiday_categories,
        bridge_days_closed=day.bridge_days_closed,
        opens=time.fromisoformat(day.opens),
        closes=time.fromisoformat(day.closes),
    )


def as_stored(calendar: Calendar) -> dict[str, object]:
    """A calendar in the form that a plan keeps."""
    return {
        "years": list(calendar.years),
        "closed": [list(row) for row in calendar.as_rows()],
        "opens": calendar.opens.isoformat("minutes"),
        "closes": calendar.closes.isoformat("minutes"),
    }


def calendar_in(stored: Mapping[str, object]) -> Calendar:
    """The calendar that a plan keeps. MysteryError where what is stored is no calendar."""
    years, closed, opens, closes = (stored.get(key) for key in ("years", "closed", "opens", "closes"))
    if not isinstance(years, list) or not isinstance(closed, list):
        raise MysteryError("Planens kalender går inte att läsa. Återställ den ur en säkerhetskopia.")
    try:
        return Calendar(
            closed_days=closed_days_from_rows((str(day), str(reason)) for day, reason in closed),
            years=tuple(int(year) for year in years),
            opens=time.fromisoformat(str(opens)),
            closes=time.fromisoformat(str(closes)),
        )
    except ValueError as error:
        raise MysteryError(f"Planens kalender går inte att läsa: {error}.") from error


def calendar_of(plan: FieldPlan) -> Calendar:
    """The plan's frozen calendar: what calls are planned by and answer times counted in."""
    return calendar_in(plan.calendar)


def calendar_of_round(round_: Round) -> Calendar:
    """The frozen calendar of a mystery round; by the instrument's rule where the round has no plan (an import)."""
    plan = FieldPlan.objects.filter(round=round_).first()
    return calendar_of(plan) if plan else calendar_for(instrument_of(round_), round_.starts, round_.ends)


@transaction.atomic
def edit_calendar(plan: FieldPlan, rows: Iterable[Row], *, by: Acting | None = None) -> Calendar:
    """Replace the closed days; written down. What is planned stays until the next new plan moves it.

    MysteryError for a date that cannot be read, lies outside the calendar's years or stands twice, a day without a
    reason, or a round that is locked.
    """
    if plan.round.state == Round.State.LOCKED:
        raise MysteryError("Omgången är låst. Kalendern kan inte ändras, för svarstiderna är räknade efter den.")
    days = _checked(rows, calendar_of(plan))
    plan.calendar = {**plan.calendar, "closed": [[day.isoformat(), reason] for day, reason in days]}
    plan.save(update_fields=["calendar"])
    record("plan.calendar_changed", plan, by=by, organisation=plan.organisation)
    return calendar_of(plan)


def _checked(rows: Iterable[Row], calendar: Calendar) -> list[tuple[date, str]]:
    try:
        days = sorted(closed_days_from_rows(rows))
    except MethodError as error:
        raise MysteryError("Ett datum går inte att läsa. Skriv det som 2026-12-24.") from error
    for day, reason in days:
        if not reason.strip() or len(reason) > LONGEST_REASON:
            raise MysteryError(f"Skriv varför {day} är stängd, med högst {LONGEST_REASON} tecken.")
        if day.year not in calendar.years:
            raise MysteryError(f"{day} ligger utanför kalenderns år, {calendar.years[0]}–{calendar.years[-1]}.")
    if len({day for day, _ in days}) < len(days):
        raise MysteryError("Samma dag står två gånger. Ta bort den ena.")
    return days
