"""What in a comment points out a person, replaced by what kind of thing stood there.

E-mail addresses, Swedish personal and coordination numbers, telephone numbers, streets with a number, and names
(``text.names``). Rather too much than too little is replaced. What is looked at is the text as ``text.folding`` reads
it, so that signs that look alike hide nothing; what is not replaced stays as it was written, but for signs that show
nothing. Every pattern is bounded, so that the time taken grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lyhord.text.folding import folded
from lyhord.text.names.finding import names_in


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


_TAKEN: Final = "\0"  # in place of what is found already; folding lets no such sign through
_DASHES: Final = r"\-\u2010\u2011\u2012\u2013\u2212"
_GAP: Final = rf"[\s./{_DASHES}]{{0,3}}"
# Year, month, day (60 is added to the day of a coordination number); nothing is said of the check digit, which people
# mistype as well.
_BORN: Final = r"(?<!\d)(?:18|19|20)?\d\d(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278]\d|[39][01])"
_STREET: Final = (
    "gatan|vägen|gränden|stigen|allén|torget|backen|platsen|kajen|leden|stråket|esplanaden|promenaden|slingan|ringen|"
    "rundan|kroken|parken|hamnen|bron|gärdet|ängen|höjden|kullen|bäcken|åsen|lunden|hagen|udden|viken|näset|tomten|gata|väg|gränd|stig|allé|torg|backe|plats|plan|kaj"
)
_PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    (
        Kind.EMAIL,
        re.compile(
            r"[\w.+'%-]{1,64}\s?(?:@|&#64;|&commat;|%40|\(at\)|\[at\]|\bsnabel-?a\b)\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|\bpunkt\b)\s?[\w-]{2,63}){1,4}",
            re.IGNORECASE,
        ),
    ),
    (Kind.PERSONAL_NUMBER, re.compile(rf"{_BORN}\s?[{_DASHES}+]\s?(?:\d{{4}}|[\dA-Za-z*x]{{4}}\b)(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<![\d])(?:\+|00)\s?[1-9](?:[()\s./{_DASHES}]{{0,3}}\d){{6,14}}(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<!\d)07[02369](?:{_GAP}\d){{7}}(?!\d)")),
    (Kind.PERSONAL_NUMBER, re.compile(rf"{_BORN}\s?\d{{4}}(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<![\d.,:])(?!0\d[.:]\d\d)\(?0\)?[1-9]\d{{0,2}}\)?{_GAP}\d(?:{_GAP}\d){{4,8}}(?!\d)")),
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
    (
        Kind.ADDRESS,
        re.compile(
            r"\b(?:Norra|Södra|Östra|Västra|Lilla|Stora|Gamla|Nya|Övre|Nedre|Yttre|Inre)\s[A-ZÅÄÖ][\wéü]{2,30}\s\d{1,4}"
            r"(?:\s?[A-Ha-h](?!\w))?(?!\d)|"
            r"(?<=\bbor )(?:på\s)?[A-ZÅÄÖ][\wéü]{2,30}\s\d{1,4}(?:\s?[A-Ha-h](?!\w))?(?!\d)"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that points out a person, by places in the folded text."""

    start: int
    end: int
    kind: Kind


def redacted(text: str) -> Redacted:
    """The text with everything found replaced by ``[e-postadress]`` and so on; signs that show nothing are removed."""
    read = folded(text)
    parts: list[str] = []
    end = 0
    times: dict[Kind, int] = {}
    for one in _found(read.text):
        parts += (read.shown(end, one.start), one.kind.value)
        end = one.end
        times[one.kind] = times.get(one.kind, 0) + 1
    return Redacted("".join((*parts, read.shown(end, len(read.text)))), MappingProxyType(times))


def _found(text: str) -> Sequence[Found]:
    found: list[Found] = []
    for kind, pattern in _PATTERNS:
        hits = [Found(*hit.span(), kind) for hit in pattern.finditer(text)]
        text = _blanked(text, hits)
        found += hits
    found += (Found(name.start, name.end, Kind.NAME) for name in names_in(text))
    return sorted(found, key=lambda one: one.start)


def _blanked(text: str, hits: Sequence[Found]) -> str:
    """The text of the same length with what was found unreadable to the patterns that follow."""
    parts: list[str] = []
    end = 0
    for hit in hits:
        parts += (text[end : hit.start], _TAKEN * (hit.end - hit.start))
        end = hit.end
    return "".join((*parts, text[end:])) if hits else text
