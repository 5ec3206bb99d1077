"""Phone numbers and e-mail addresses in their one form, or why they have none."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

import phonenumbers
from phonenumbers import PhoneNumberType

from lyhord.delivery.contents import DOMAIN, LOCAL_PART
from lyhord.delivery.models import Channel
from lyhord.survey.contacts.reasons import Reason

COUNTRY: Final = "SE"
LONGEST: Final = 254
MOST_REMEMBERED: Final = 20_000
_PREFIX: Final = r"(?:(?:\+|00)460?|0)"  # some write the zero of the area code after the country's code too
DROPPED: Final = {ord(sign): None for sign in " -./()\t\u00a0\u2007\u2009\u2010\u2011\u2012\u2013\u202f\u200b\ufeff"}
TRUNK_ZERO: Final = "(0)"
TAKES_SMS: Final = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


def _quick(kind: str) -> re.Pattern[str]:
    """Swedish numbers of one kind with nothing but digits, by the pattern that the slow way itself goes by."""
    plan = phonenumbers.PhoneMetadata.metadata_for_region(COUNTRY)
    return re.compile(rf"{_PREFIX}({getattr(plan, kind).national_number_pattern})")


MOBILE: Final = _quick("mobile")
FIXED: Final = _quick("fixed_line")


class Address(NamedTuple):
    """An address in its one form: E.164, or e-mail with the domain in small ASCII letters."""

    channel: Channel
    text: str


Found = Address | Reason


def address_in(text: str) -> Found:
    """What a field holds that may be either: an e-mail address where there is an @, else a phone number."""
    return email_in(text) if "@" in text else phone_in(text)


def phone_in(text: str) -> Found:
    """A mobile number in E.164, or why the text is none. Numbers without a country are Swedish."""
    if match := MOBILE.fullmatch(text):
        return Address(Channel.SMS, f"+46{match[1]}")
    plain = text.replace(TRUNK_ZERO, "").translate(DROPPED)
    if match := MOBILE.fullmatch(plain):
        return Address(Channel.SMS, f"+46{match[1]}")
    if FIXED.fullmatch(plain):
        return Reason.NOT_MOBILE
    return looked_up(plain)


def email_in(text: str) -> Found:
    """An e-mail address in its one form, or why the text is none.

    A local part outside ASCII is refused: mail servers would write it as something that cannot be delivered.
    """
    plain = unicodedata.normalize("NFC", text.strip())
    if plain[:7].lower() == "mailto:":
        plain = plain[7:]
    local, _, domain = plain.rpartition("@")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return Reason.BAD_EMAIL
    domain = domain.lower()
    if len(plain) > LONGEST or not LOCAL_PART.fullmatch(local) or not DOMAIN.fullmatch(domain):
        return Reason.BAD_EMAIL
    return Address(Channel.EMAIL, f"{local}@{domain}")


@lru_cache(maxsize=MOST_REMEMBERED)
def looked_up(plain: str) -> Found:
    """The slow way, for a number without blanks: Google's numbering plan, about a tenth of a millisecond a number."""
    if len(plain) > 20 or not plain.isascii():
        return Reason.BAD_NUMBER
    try:
        number = phonenumbers.parse(plain, COUNTRY)
    except phonenumbers.NumberParseException:
        return Reason.BAD_NUMBER
    if not phonenumbers.is_valid_number(number):
        return Reason.BAD_NUMBER
    if phonenumbers.number_type(number) not in TAKES_SMS:
        return Reason.NOT_MOBILE
    return Address(Channel.SMS, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
