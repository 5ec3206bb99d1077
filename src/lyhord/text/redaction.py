"""What in a comment points out a person, replaced by what kind of thing stood there.

E-mail addresses, Swedish personal and coordination numbers, telephone numbers, streets with a number, and names
(``text.names``). Rather too much than too little is replaced. Every pattern is bounded, so that the time taken grows
with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lyhord.text.names.finding import Span, names_in


class Kind(StrEnum):
    """What stood there; the value is what stands there instead."""

    EMAIL = "[e-postadress]"
    PERSONAL_NUMBER = "[personnummer]"
    PHONE = "[telefonnummer]"
    ADDRESS = "[adress]"
    NAME = "[namn]"


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without what points out a person, and how much of each kind was replaced."""

    text: str
    found: Mapping[Kind, int]


_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_DASHES: Final = r"\-\u2010\u2011\u2012\u2013\u2212"
_GAP: Final = rf"[\s./{_DASHES}]{{0,3}}"
# Year, month, day (60 is added to the day of a coordination number); nothing is said of the check digit, which people
# mistype as well.
_BORN: Final = r"(?<!\d)(?:18|19|20)?\d\d(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278]\d|[39][01])"
_STREET: Final = (
    "gatan|vägen|gränden|stigen|allén|torget|backen|platsen|kajen|leden|stråket|esplanaden|promenaden|slingan|ringen|"
    "rundan|kroken|parken|hamnen|bron|gata|väg|gränd|stig|allé|torg|backe|plats|plan|kaj"
)
_PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    (
        Kind.EMAIL,
        re.compile(
            r"[\w.+'%-]{1,64}\s?(?:@|\(at\)|\[at\]|\bsnabel-?a\b)\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|\bpunkt\b)\s?[\w-]{2,63}){1,4}",
            re.IGNORECASE,
        ),
    ),
    (Kind.PERSONAL_NUMBER, re.compile(rf"{_BORN}\s?[{_DASHES}+]\s?(?:\d{{4}}|[\dA-Za-z*x]{{4}}\b)(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<![\d])(?:\+|00)\s?[1-9](?:[()\s./{_DASHES}]{{0,3}}\d){{6,14}}(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<!\d)07[02369](?:{_GAP}\d){{7}}(?!\d)")),
    (Kind.PERSONAL_NUMBER, re.compile(rf"{_BORN}\s?\d{{4}}(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<![\d.,:])(?!0\d[.:]\d\d)\(?0[1-9]\d{{0,2}}\)?{_GAP}\d(?:{_GAP}\d){{4,8}}(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<![\d.,:])\d{{2,3}}[\s{_DASHES}]\d\d\s\d\d(?:\s\d\d)?(?!\d)")),
    (Kind.PHONE, re.compile(r"(?<=\btel )\d{5,12}|(?<=\bring )\d{5,12}|(?<=\bnummer )\d{6,12}", re.IGNORECASE)),
    (
        Kind.ADDRESS,
        re.compile(
            r"(?:(?-i:\b[A-ZÅÄÖ][\wéü]{1,20}\s))?\b(?!riksväg|länsväg|motorväg|europaväg|ringväg\b|körväg|cykelväg|gångväg)"
            rf"(?:[\wéü]{{2,30}}(?:{_STREET})|(?<=[a-zåäö]\s)(?:gata|väg|gränd|stig|allé))\s{{1,2}}\d{{1,4}}(?!\d)"
            r"(?:\s?[a-h](?![\wéåäö]))?(?:,?\s?(?:lgh|lägenhet|vån|våning)\.?\s?\d{1,4})?",
            re.IGNORECASE,
        ),
    ),
)


def redacted(text: str) -> Redacted:
    """The text with everything found replaced by ``[e-postadress]`` and so on; signs that show nothing are removed."""
    left = text.translate(_INVISIBLE)
    found: dict[Kind, int] = {}
    for kind, pattern in _PATTERNS:
        left, times = pattern.subn(kind.value, left)
        if times:
            found[kind] = found.get(kind, 0) + times
    if names := names_in(left):
        left, found[Kind.NAME] = _without(left, names), len(names)
    return Redacted(left, MappingProxyType(found))


def _without(text: str, names: Sequence[Span]) -> str:
    parts: list[str] = []
    end = 0
    for name in names:
        parts += (text[end : name.start], Kind.NAME.value)
        end = name.end
    return "".join((*parts, text[end:]))
