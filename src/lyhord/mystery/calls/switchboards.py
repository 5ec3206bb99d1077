"""The municipalities' telephone numbers: written down by whoever plans, dialled by whoever calls."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation
from lyhord.measurements.models import Municipality, Round
from lyhord.mystery.calls.models import Switchboard
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.models import FieldPlan

NUMBER: Final = re.compile(r"\+?[0-9][0-9 ()/–-]{4,28}")
LINE: Final = re.compile(r"^(?P<place>[^+]*?[^+\s\d,;:])?[\s,;:]*(?P<number>\+?\d[\d ()/–-]*)$")


@dataclass(frozen=True, slots=True)
class Line:
    """A municipality with its number; "" where none is written down."""

    municipality: Municipality
    number: str


def number_of(municipality: Municipality) -> str:
    """The number to call, within the scope; "" where none is written down."""
    found = Switchboard.objects.filter(municipality=municipality).values_list("number", flat=True).first()
    return str(found or "")


def numbers_of(codes: Iterable[str]) -> dict[str, str]:
    """The numbers that are written down, by municipality code."""
    return dict(Switchboard.objects.filter(municipality__in=set(codes)).values_list("municipality_id", "number"))


def lines() -> list[Line]:
    """Every municipality that a plan of the organisation's measures or that has a number, by name."""
    plans = FieldPlan.objects.exclude(round__state=Round.State.LOCKED).values_list("codes", flat=True)
    numbers = dict(Switchboard.objects.values_list("municipality_id", "number"))
    codes = {code for own in plans for code in own} | numbers.keys()
    places = Municipality.objects.filter(code__in=codes).order_by("name")
    return [Line(place, numbers.get(place.code, "")) for place in places]


@transaction.atomic
def write_numbers(organisation: Organisation, text: str, *, by: Acting | None = None) -> int:
    """Keep the numbers written one on a line, "Exempelköping 0123-456 78", and forget the rest; how many changed.

    Written down where one did. MysteryError names the line that cannot be read.
    """
    wanted = _read(text)
    stands = dict(Switchboard.objects.values_list("municipality_id", "number"))
    changed = {code for code in wanted.keys() | stands.keys() if wanted.get(code) != stands.get(code)}
    if not changed:
        return 0
    Switchboard.objects.filter(municipality__in=changed).delete()
    Switchboard.objects.bulk_create(
        Switchboard(organisation=organisation, municipality_id=code, number=wanted[code])
        for code in sorted(changed & wanted.keys())
    )
    record("switchboards.changed", by=by, organisation=organisation)
    return len(changed)


def dialled(number: str) -> str:
    """The number as a telephone dials it: digits and a leading plus."""
    return re.sub(r"(?!^\+)[^0-9]", "", number.replace("(0)", ""))


def _read(text: str) -> dict[str, str]:
    known = {name.casefold(): code for code, name in Municipality.objects.values_list("code", "name")}
    wanted: dict[str, str] = {}
    for row in filter(None, (line.strip() for line in text.splitlines())):
        found = LINE.match(row)
        place, number = (found["place"] or "", found["number"].strip()) if found else ("", "")
        code = known.get(place.strip().casefold())
        if code is None or not NUMBER.fullmatch(number):
            raise MysteryError(f"Raden ”{row[:60]}” går inte att läsa. Skriv kommunens namn och sedan numret.")
        wanted[code] = number
    return wanted
