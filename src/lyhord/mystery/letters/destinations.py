"""Where each municipality's letters go, and which domains its replies come from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation
from lyhord.delivery.contents import checked_address
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.models import Channel
from lyhord.measurements.models import Municipality
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters.models import Destination
from lyhord.mystery.planning.personas import require_domain

BETWEEN: Final = re.compile(r"[\s,;]+")


def domains_of(destination: Destination) -> frozenset[str]:
    """The domains that the municipality's replies come from: its address's own and those written beside it."""
    return frozenset({destination.address.rpartition("@")[2], *destination.domains})


def as_lines(organisation: Organisation | int) -> str:
    """Every destination as it is written: code, address, and domains besides the address's own; a line each."""
    number = organisation if isinstance(organisation, int) else organisation.pk
    rows = Destination.objects.filter(organisation=number).order_by("municipality_id")
    return "\n".join(" ".join([row.municipality_id, row.address, *row.domains]) for row in rows)


@transaction.atomic
def set_destinations(organisation: Organisation, lines: str, *, by: Acting | None = None) -> int:
    """Store what stands in the lines (see ``as_lines``); how many changed. What is not named stays as it is.

    MysteryError names the line that cannot be read; then nothing is stored.
    """
    changed = 0
    known = {place.code: place for place in Municipality.objects.all()}
    for number, line in enumerate(lines.splitlines(), start=1):
        words = [word for word in BETWEEN.split(line) if word]
        if not words:
            continue
        if len(words) < 2 or words[0] not in known:
            raise MysteryError(f"Rad {number}: skriv kommunens kod och adress, som 0685 kommun@vetlanda.se.")
        values = {"address": _address(words[1], number), "domains": _domains(words[2:], number)}
        found = Destination.objects.filter(organisation=organisation, municipality=known[words[0]])
        if found.filter(**values).exists():
            continue
        made, _ = Destination.objects.update_or_create(
            organisation=organisation, municipality=known[words[0]], defaults=values
        )
        record("destination.set", made, by=by, organisation=organisation)
        changed += 1
    return changed


def _address(written: str, line: int) -> str:
    try:
        return checked_address(Channel.EMAIL, written)
    except DeliveryError:
        raise MysteryError(f"Rad {line}: {written} är ingen e-postadress.") from None


def _domains(words: Iterable[str], line: int) -> list[str]:
    try:
        return [require_domain(word) for word in words]
    except MysteryError as error:
        raise MysteryError(f"Rad {line}: {error}") from None
