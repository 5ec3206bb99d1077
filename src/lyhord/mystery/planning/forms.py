"""What the forms of the planning pages hold, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms

from lyhord.instruments.catalogue import available, load
from lyhord.instruments.question_banks import available_banks
from lyhord.measurements.models import Municipality
from lyhord.method.workload import monday_of
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.calendars import Row
from lyhord.mystery.planning.models import Voice
from lyhord.mystery.planning.personas import Likeness
from lyhord.mystery.planning.plans import METHOD, Terms

MOST_WEEKS = 12
DIVIDERS = re.compile(r"[\s,;]+")


def instruments() -> tuple[tuple[str, str], ...]:
    """The shipped mystery instruments that have questions, as id and name."""
    found = (load(name) for name in available() if available_banks(name))
    return tuple((one.id, one.name.in_language("sv")) for one in found if one.method == METHOD)


class NewRoundForm(forms.Form):
    """A round to plan: what it is called, what it is made with, when it begins and how long it lasts."""

    name = forms.CharField(max_length=120)
    instrument = forms.ChoiceField(choices=instruments)
    starts = forms.DateField()
    weeks = forms.IntegerField(min_value=1, max_value=MOST_WEEKS)

    def days(self) -> tuple[date, date]:
        """The first Monday and the last Sunday; only of a form that is valid."""
        first = monday_of(self.cleaned_data["starts"])
        return first, first + timedelta(weeks=self.cleaned_data["weeks"], days=-1)


class TermsForm(forms.Form):
    """When contacts are made, and where letters come from."""

    calls_open = forms.TimeField()
    calls_close = forms.TimeField()
    letters_open = forms.TimeField()
    letters_close = forms.TimeField()
    call_minutes = forms.IntegerField(min_value=1, max_value=60)
    area_gap_minutes = forms.IntegerField(min_value=0, max_value=480)
    persona_gap_days = forms.IntegerField(min_value=0, max_value=60)
    mail_domain = forms.CharField(max_length=120, required=False)

    def terms(self) -> Terms:
        """What was asked for; only of a form that is valid."""
        given = self.cleaned_data
        return Terms(
            given["calls_open"],
            given["calls_close"],
            given["letters_open"],
            given["letters_close"],
            call_minutes=given["call_minutes"],
            area_gap_minutes=given["area_gap_minutes"],
            persona_gap_days=given["persona_gap_days"],
            mail_domain=given["mail_domain"],
        )


class PersonaForm(forms.Form):
    """A persona's name, address, voice, traits and closing."""

    given_name = forms.CharField(max_length=40)
    surname = forms.CharField(max_length=40)
    local_part = forms.CharField(max_length=50)
    voice = forms.ChoiceField(choices=Voice.choices, required=False)
    closing = forms.CharField(max_length=200, required=False)

    def likeness(self, traits: list[str]) -> Likeness:
        """What was written; only of a form that is valid."""
        given = self.cleaned_data
        return Likeness(
            given["given_name"],
            given["surname"],
            given["local_part"].strip().lower(),
            given["voice"],
            tuple(traits),
            given["closing"],
        )


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was written about one interviewer."""

    per_day: int
    voice: str
    absent: tuple[date, ...]


def agreed_with(posted: Mapping[str, str], user_id: int, name: str) -> Agreed:
    """What was agreed with an interviewer. MysteryError names the person and what cannot be read."""
    per_day = posted.get(f"per_day_{user_id}", "").strip()
    if not (per_day.isascii() and per_day.isdecimal() and len(per_day) < 4):
        raise MysteryError(f"Skriv hur många samtal om dagen {name} kan ringa, med siffror.")
    days = filter(None, DIVIDERS.split(posted.get(f"absent_{user_id}", "")))
    return Agreed(int(per_day), posted.get(f"voice_{user_id}", ""), tuple(_date(day, name) for day in days))


def rows_in(written: str) -> list[Row]:
    """Closed days written one on a line, "2026-12-24 Julafton"; the date and the reason."""
    lines = (line.strip() for line in written.splitlines())
    parts = (line.partition(" ") for line in lines if line)
    return [(day, reason.strip()) for day, _, reason in parts]


def codes_in(written: str) -> list[str]:
    """Municipalities written one on a line or between commas, by code or name, as codes.

    MysteryError names those that no municipality is called.
    """
    wanted = [part.strip() for part in re.split(r"[,;\n]", written) if part.strip()]
    known = {name.lower(): code for code, name in Municipality.objects.values_list("code", "name")}
    known |= {code: code for code in known.values()}
    if unknown := [one for one in wanted if one.lower() not in known]:
        raise MysteryError(f"Ingen kommun heter eller har koden {', '.join(unknown[:5])}.")
    return [known[one.lower()] for one in wanted]


def _date(written: str, name: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise MysteryError(f"{written} är inget datum. Skriv dagarna då {name} är borta som 2026-10-14.") from error
