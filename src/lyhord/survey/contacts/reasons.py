"""Why a row is left out of a list, in words for the person who handed it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Reason(StrEnum):
    """Why a row was not taken. The order is that of the checks: a row has the first that fits."""

    NO_ADDRESS = "no_address"
    BAD_NUMBER = "bad_number"
    NOT_MOBILE = "not_mobile"
    BAD_EMAIL = "bad_email"
    BAD_DATE = "bad_date"
    OLD = "old"
    NO_CHANNEL = "no_channel"
    INTERNAL = "internal"
    HANDED_OVER = "handed_over"
    DUPLICATE = "duplicate"
    OPTED_OUT = "opted_out"
    QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True)
class Wording:
    """A reason and what to do about it, in one language."""

    reason: str
    remedy: str


_NOTHING: Final = ("Du behöver inte göra något.", "There is nothing to do.")
_SAID: Final = MappingProxyType(
    {
        Reason.NO_ADDRESS: (
            ("Raden har varken telefonnummer eller e-postadress.", "The row has neither number nor e-mail address."),
            ("Fyll i en av dem, eller ta bort raden.", "Fill in one of them, or remove the row."),
        ),
        Reason.BAD_NUMBER: (
            ("Telefonnumret finns inte i någon nummerplan.", "The phone number is in no numbering plan."),
            ("Kontrollera numret. Skriv det som 070-123 45 67 eller +46701234567.",
             "Check the number. Write it as 070-123 45 67 or +46701234567."),
        ),
        Reason.NOT_MOBILE: (
            ("Numret är inte ett mobilnummer och kan inte få sms.", "The number is no mobile number and takes no SMS."),
            _NOTHING,
        ),
        Reason.BAD_EMAIL: (
            ("E-postadressen är inte giltig.", "The e-mail address is not valid."),
            ("Kontrollera adressen. Den skrivs som namn@exempel.se.", "Check it. It is written name@example.se."),
        ),
        Reason.BAD_DATE: (
            ("Tiden för kontakten går inte att läsa eller ligger i framtiden.",
             "The time of the contact cannot be read or lies in the future."),
            ("Skriv den som 2026-03-14 eller 2026-03-14 09:30.", "Write it as 2026-03-14 or 2026-03-14 09:30."),
        ),
        Reason.OLD: (
            ("Kontakten är för gammal för att fråga om.", "The contact is too old to ask about."),
            ("Lämna kontakterna varje dag.", "Hand contacts over every day."),
        ),
        Reason.NO_CHANNEL: (
            ("Kommunen mäter inte den här kontaktvägen i omgången.", "This channel is not measured in the round."),
            _NOTHING,
        ),
        Reason.INTERNAL: (("Numret eller adressen är kommunens egen.", "It is the municipality's own."), _NOTHING),
        Reason.HANDED_OVER: (
            ("Samma rad har lämnats förut.", "The same row was handed over before."),
            _NOTHING,
        ),
        Reason.DUPLICATE: (
            ("Personen finns redan bland kontakterna.", "The person is among the contacts already."),
            _NOTHING,
        ),
        Reason.OPTED_OUT: (
            ("Personen har avböjt, eller så går adressen inte att nå.",
             "The person has opted out, or the address cannot be reached."),
            _NOTHING,
        ),
        Reason.QUARANTINE: (
            ("Personen har fått en enkät nyligen.", "The person was sent a survey recently."),
            _NOTHING,
        ),
    }
)  # fmt: skip
SAID: Final[Mapping[str, Mapping[str, Wording]]] = MappingProxyType(
    {
        reason.value: MappingProxyType({"sv": Wording(why[0], what[0]), "en": Wording(why[1], what[1])})
        for reason, (why, what) in _SAID.items()
    }
)


def said(reason: str, language: str = "sv") -> Wording:
    """The reason in Swedish, or in English."""
    return SAID[reason]["en" if language == "en" else "sv"]
