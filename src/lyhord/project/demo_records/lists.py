"""Lists of invented people to invite, as a municipality's telephone exchange and case system would export them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from lyhord.project.demo_records.cast import DOMAIN

HEADINGS: Final = "Telefon;E-post;Språk;Datum;Ärendenummer"
# The mobile numbers that PTS has set apart for fiction: 070-174 06 05 to 070-174 06 99.
FIRST_NUMBER: Final = 701_740_605
NUMBERS: Final = 95
FIRST_NAMES: Final = ("anna", "erik", "fatima", "lars", "maria", "nils", "olga", "per", "sara", "tove", "ulf", "yasmin")
LAST_NAMES: Final = ("ask", "berg", "dahl", "ek", "falk", "gren", "holm", "karim", "lind", "nord", "sten", "virtanen")
LANGUAGES: Final = ("sv", "sv", "sv", "sv", "sv", "sv", "sv", "en", "fi", "ar")
LATEST_CALL: Final = timedelta(hours=3)
LATEST_MAIL: Final = timedelta(days=2, hours=4)  # an e-mail is asked about after 48 hours
EARLIEST: Final = timedelta(days=6, hours=20)
# What a real list has too: each of these rows is left out with its reason.
FAULTY: Final = (
    "08-465 004 56;;sv;;",
    "070-17;;sv;;",
    ";inte en adress;sv;;",
    ";;sv;;",
    "070-174 06 05;;sv;;dubblett",
)


def contact_list(calls: int, mails: int, now: datetime, chance: Random) -> bytes:
    """A CSV file with so many people, and a few rows that cannot be used."""
    rows = [*_calls(min(calls, NUMBERS), now, chance), *_mails(mails, now, chance)]
    chance.shuffle(rows)
    return "\r\n".join([HEADINGS, *rows, *(FAULTY if calls else ()), ""]).encode("utf-8-sig")


def _calls(number: int, now: datetime, chance: Random) -> Iterator[str]:
    for place in range(number):
        written = f"0{FIRST_NUMBER + place}"
        language, moment = chance.choice(LANGUAGES), _moment(now, LATEST_CALL, chance)
        yield f"{written[:3]}-{written[3:]};;{language};{moment};T{place + 1:04}"


def _mails(number: int, now: datetime, chance: Random) -> Iterator[str]:
    names = [f"{first}.{last}" for first in FIRST_NAMES for last in LAST_NAMES]
    for place, name in enumerate(chance.sample(names, min(number, len(names)))):
        yield f";{name}@{DOMAIN};{chance.choice(LANGUAGES)};{_moment(now, LATEST_MAIL, chance)};E{place + 1:04}"


def _moment(now: datetime, latest: timedelta, chance: Random) -> str:
    back = latest + (EARLIEST - latest) * chance.random()
    return (now - back).strftime("%Y-%m-%d %H:%M")
