"""Who the sender says to be: four details, each with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import phonenumbers

from lyhord.text.replies.details import (
    DEGREE,
    GREETING,
    NAME,
    ORGANISATION,
    TITLE,
    is_detail,
    is_greeting,
    is_no_name,
    municipality_pattern,
)
from lyhord.text.replies.findings import Division, Fact, Role, SenderFacts, Span

MOST_READ: Final = 4_000  # characters of signatures
_SEGMENT: Final = re.compile(r"[^,|·•;\n]+")
_NUMBERED: Final = re.compile(
    r"org\.?\s?(?:nr|nummer)|organisationsnummer|bankgiro|plusgiro|postgiro|\bbg\b|\bpg\b|diarie|ärende|\bdnr\b|\bfax\b",
    re.IGNORECASE,
)
_ODDLY_GROUPED: Final = re.compile(r"(?<![\d-])(?:\+46|0)[\d ()–-]{6,16}\d(?![\d-])")
_POSTAL: Final = re.compile(r"\b\d{3}\s?\d\d\s+$")
_REACH: Final = re.compile(r"https?://|www\.|@")
_TAIL: Final = re.compile(
    r"\s+(?:på|i|från|vid|genom|hos|-|–|/)\s.*|\s*[(\d+].*|\s+(?:tel|tfn|mobil|vx)\b.*", re.IGNORECASE
)
_LEAD: Final = re.compile(r"(?:[\s/\-–*]|(?:från|genom|av)\s)*", re.IGNORECASE)
_Reader = Callable[[str, int], "tuple[int, int] | None"]


def sender_facts(division: Division) -> SenderFacts:
    """Read the four details from the signature; from the answer's last line only where there is no signature.

    A number in the answer itself is no sender's detail, nor are organisation numbers, giro numbers and case numbers.
    A first name alone is a name; initials alone are none. A municipality counts as an organisation, not as postal town
    and not in a web or e-mail address.
    """
    places = _lines(division)
    post = _first_fact(division.text, places, _post_in)
    return SenderFacts(
        name=_first_fact(division.text, places, _name_in),
        post=post,
        municipality=_first_fact(division.text, places, _municipality_in),
        phone=_first_fact(division.text, places, _phone_in),
    )


def _lines(division: Division) -> list[Span]:
    """The lines to read: the signature's, without the words of greeting in front."""
    spans = [piece.span for piece in division.pieces if piece.role is Role.SIGNATURE]
    lines = [line for span in spans for line in _split(division.text, span)]
    total = 0
    kept = []
    for line in lines:
        total += line.stop - line.start
        if total > MOST_READ:
            break
        kept.append(line)
    return kept


def _split(text: str, span: Span) -> Iterator[Span]:
    at = span.start
    for line in span.of(text).split("\n"):
        if line.strip():
            yield Span(at, at + len(line))
        at += len(line) + 1


def _first_fact(text: str, lines: list[Span], read: _Reader) -> Fact | None:
    for number, line in enumerate(lines):
        if found := read(line.of(text), number):
            start, stop = found
            return Fact(line.of(text)[start:stop], Span(line.start + start, line.start + stop))
    return None


def _phone_in(line: str, _number: int) -> tuple[int, int] | None:
    if _NUMBERED.search(line):
        return None
    for match in phonenumbers.PhoneNumberMatcher(line[:300], "SE", leniency=phonenumbers.Leniency.VALID):
        return match.start, match.end
    for found in _ODDLY_GROUPED.finditer(line[:300]):
        try:
            number = phonenumbers.parse(found.group(), "SE")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return found.span()
    return None


def _municipality_in(line: str, _number: int) -> tuple[int, int] | None:
    for found in municipality_pattern().finditer(line[:300]):
        before, after = line[: found.start()], line[found.end() :]
        if _POSTAL.search(before) or _REACH.search(before[-60:].rpartition(" ")[2]):
            continue
        if found["kind"] or found["bare"] is None or _stands_alone(before, after, found.group()):
            return found.span()
    return None


def _stands_alone(before: str, after: str, name: str) -> bool:
    """Whether a bare name is an item of its own: "Nässjö", "inspektör i Nässjö", not "Sala" within other words."""
    begins = (
        not before.strip()
        or before.rstrip().endswith((",", "|", "·", "/", "–", "-"))
        or before.endswith((" i ", " på "))
    )
    ends = not after.strip() or bool(re.match(r"\s*[,|·/;(]|\s+[\d+(]|\s+(?:tel|tfn)", after))
    follows_detail = bool(TITLE.search(before) or ORGANISATION.search(before))
    return name[:1].isupper() and ends and (begins or follows_detail)


def _post_in(line: str, _number: int) -> tuple[int, int] | None:
    for segment in _SEGMENT.finditer(line[:300]):
        lead = _LEAD.match(segment.group())
        start = segment.start() + (lead.end() if lead else 0)
        words = line[start : segment.end()]
        if _REACH.search(words):
            continue
        found = TITLE.search(words) or ORGANISATION.search(words)
        if found and not _labels_a_number(words, found.end()):
            return start + found.start(), start + found.end()
    return None


def _labels_a_number(words: str, end: int) -> bool:
    """Whether it says whose number follows ("Växel: 08-…"), and nothing of the sender."""
    return bool(re.match(r"\s*:?\s*[\d+(]{2}", words[end:])) and not words[:end].strip().count(" ")


def _name_in(line: str, number: int) -> tuple[int, int] | None:
    """A name at the beginning of a line, or behind the greeting; only in the first lines, where names stand."""
    at = 0
    if is_greeting(line) and (greeting := GREETING.match(line)):
        at = greeting.end()
        more = re.match(r"\s*/\s*[A-ZÅÄÖ]?[\wåäö ]{0,30}\bregards\b|\s*önskar\b|\s*till\s.*", line[at:], re.IGNORECASE)
        at += more.end() if more else 0
    elif number > 5:
        return None
    if lead := _LEAD.match(line, at):
        at = lead.end()
    at += len(line[at:]) - len(line[at:].lstrip(",.! "))
    segment = _SEGMENT.match(line, at)
    words = _TAIL.sub("", segment.group(), count=1).strip(" -–/*.!") if segment else ""
    words = DEGREE.sub("", words)
    if title := TITLE.match(words):
        words = words[title.end() :].strip()
    place = municipality_pattern().match(words)
    found = None if place and (place["kind"] or place["bare"] is None) else NAME.match(words)
    name = _without_detail(found.group()) if found else ""
    if not name or not _is_person(words, name):
        return None
    start = line.index(name, at)
    return start, start + len(name)


def _without_detail(name: str) -> str:
    """The capitalised words before the first that is a department, title or municipality: "Mia Skolplacering Malmö"."""
    kept: list[str] = []
    for word in name.split(" "):
        if TITLE.fullmatch(word) or ORGANISATION.fullmatch(word) or (kept and is_no_name(word) and len(word) > 2):
            break
        kept.append(word)
    return " ".join(kept)


def _is_person(words: str, name: str) -> bool:
    """Whether the capitalised words that a line begins with are a person's, and not what the rest is about."""
    rest = words[len(name) :].strip()
    if name.endswith("-") or rest.startswith(("&", "och ", "o ")) or is_no_name(name) or _REACH.search(words):
        return False
    return not rest or is_detail(words)
