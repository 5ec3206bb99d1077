"""Letting many municipalities take part at once, by name or code, each with an organisation of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation
from lyhord.accounts.people import add_organisation
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.measurements.participations import Terms, take_part

EVERYBODY: Final = frozenset({"alla", "all"})
ENDINGS: Final = re.compile(r"s? (kommun|stad)$")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What came of it: participations that were added, those that were there, and lines that name nobody."""

    added: int
    there: int
    unknown: tuple[str, ...]


@transaction.atomic
def enrol(round_: Round, lines: Collection[str], channels: Sequence[str], *, by: Acting | None = None) -> Enrolled:
    """Let each municipality on the lines (a name or code each, or ``alla``) take part through the channels.

    Whoever takes part already stays as it is. Lines that name nobody are told, and the others enrolled all the same.
    MeasurementError as for ``take_part``, and without a channel.
    """
    if not channels:
        raise MeasurementError("Nobody can take part without a channel. Choose at least one.")
    found, unknown = _named([line.strip() for line in lines if line.strip()])
    organisations = _organisations(found, by)
    with scope_of_everything("the coordinator enrols every participant"):
        rows = Participation.objects.filter(round=round_).values_list("municipality_id", "channel")
        there = set(rows)
    added = 0
    for code, organisation in organisations.items():
        for channel in channels:
            if (code, channel) not in there:
                with scope(organisation):
                    take_part(round_, organisation, channel, Terms(), by=by)
                added += 1
    return Enrolled(added, len(organisations) * len(channels) - added, unknown)


def _named(lines: Sequence[str]) -> tuple[tuple[Municipality, ...], tuple[str, ...]]:
    """The municipalities that the lines name, each once, and the lines that name none."""
    everyone = list(Municipality.objects.order_by("code"))
    if any(line.casefold() in EVERYBODY for line in lines):
        return tuple(everyone), ()
    by_word: dict[str, Municipality] = {}
    for place in everyone:
        for word in (place.name, place.formal_name, place.code, ENDINGS.sub("", place.formal_name)):
            by_word.setdefault(word.casefold(), place)
    found = {line: by_word.get(line.casefold()) for line in lines}
    known = {place.code: place for place in found.values() if place}
    return tuple(known.values()), tuple(line for line, place in found.items() if place is None)


def _organisations(places: Sequence[Municipality], by: Acting | None) -> Mapping[str, Organisation]:
    """The municipalities' organisations, made where there is none yet."""
    codes = [place.code for place in places]
    found = {one.municipality_code: one for one in Organisation.objects.filter(municipality_code__in=codes)}
    for place in places:
        if place.code not in found:
            made = add_organisation(Organisation.Kind.MUNICIPALITY, place.formal_name, place.code)
            record("organisation.added", made, by=by, organisation=made)
            found[place.code] = made
    return found
