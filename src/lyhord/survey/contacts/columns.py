"""Which column of a list means what: Brilliant's headings unchanged, the usual Swedish ones, or as somebody chose."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lyhord.files.columns import folded


class Field(StrEnum):
    """What a column of a list can hold."""

    ADDRESS = "address"  # phone number or e-mail address
    PHONE = "phone"
    EMAIL = "email"
    LANGUAGE = "language"
    KEY = "key"  # the list's own key of the row, such as a case number
    METHOD = "method"  # how the person made contact: 1 and 3 phone, 2 e-mail
    CONTACTED = "contacted"


ADDRESSES: Final = (Field.ADDRESS, Field.PHONE, Field.EMAIL)
# Folded headings. The first line of each is Brilliant's.
_NAMES: Final[Mapping[Field, tuple[str, ...]]] = MappingProxyType(
    {
        Field.ADDRESS: ("phonenumberoremail", "telefon_eller_e_post", "adress", "kontakt"),
        Field.PHONE: (
            "telefon", "telefonnummer", "mobil", "mobilnummer", "mobiltelefon", "nummer", "a_nummer", "phone",
            "phonenumber", "phone_number", "mobile", "msisdn",
        ),
        Field.EMAIL: ("e_post", "epost", "e_postadress", "epostadress", "email", "e_mail", "mejl", "mail"),
        Field.LANGUAGE: ("languagecode", "sprak", "language"),
        Field.KEY: ("metakey", "arendenummer", "arende_id", "samtals_id", "kontakt_id", "id", "key"),
        Field.METHOD: ("recruitmentmethod", "kontaktvag", "kanal", "channel"),
        Field.CONTACTED: (
            "contactdate", "datum", "tid", "tidpunkt", "kontakttid", "kontaktdatum", "samtalstid", "date", "time",
            "contacted",
        ),
    }
)  # fmt: skip
Mapped = Mapping[str, str]  # field -> heading


def guessed(headings: Sequence[str]) -> dict[str, str]:
    """The fields that the headings themselves tell; the first fitting heading of each."""
    here = {folded(heading): heading for heading in reversed(headings) if heading.strip()}
    found = {field: next((here[name] for name in names if name in here), None) for field, names in _NAMES.items()}
    return {field.value: heading for field, heading in found.items() if heading is not None}


def is_usable(mapping: Mapped, headings: Sequence[str]) -> bool:
    """Whether the list can be read so: it names an address, and only columns that are there, each for one field."""
    chosen = list(mapping.values())
    known = {field.value for field in Field}
    return (
        any(field.value in mapping for field in ADDRESSES)
        and set(mapping) <= known
        and set(chosen) <= set(headings)
        and len(set(chosen)) == len(chosen)
    )


def fingerprint(headings: Sequence[str]) -> str:
    """What a choice of columns is remembered by: the same headings in any order have the same."""
    return hashlib.sha256("\n".join(sorted(folded(heading) for heading in headings)).encode()).hexdigest()[:32]
