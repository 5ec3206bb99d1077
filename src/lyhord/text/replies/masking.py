"""A letter's own words with the officials' names and numbers hidden, for what is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lyhord.text.redaction import redacted
from lyhord.text.replies.details import NAME_WORD, is_no_name
from lyhord.text.replies.findings import Division, Role, SenderFacts
from lyhord.text.replies.letter import Letter
from lyhord.text.replies.unwrapping import unwrapped

NAME: Final = "[namn]"
MOST_NAMES: Final = 50
_SHORTEST: Final = 3  # letters of a part of a name that is hidden wherever it stands
_PART: Final = re.compile(r"[^\W\d_][\w'’-]{1,40}")
_FULL: Final = re.compile(
    rf"(?<![\w@.]){NAME_WORD}(?:[ ]{{1,2}}(?:von|van|de|la|af|av|al|el|der|den|{NAME_WORD})){{1,3}}(?![\w@])"
)
_INTRODUCED: Final = re.compile(
    r"(?:\b(?i:kontakta|ring|mejla|maila|hälsar|hälsningar|mvh|heter|kollega|chefen|rektor|handläggaren?|från|av|till|hej|tack)"
    rf"\b[ :,]{{1,3}}|(?<!\S)/{{1,2}}[ ]?)({NAME_WORD}(?:[ ]{NAME_WORD}){{0,3}})"
)
_CHAIN: Final = re.compile(
    r"(?m)^[ \t*>]{0,6}(?:från|from|till|to|kopia|cc)[ ]?:[ ]{0,3}([^\n<,;\[(]{2,80})", re.IGNORECASE
)
_REST: Final = re.compile(rf"\[namn\]((?:[ ]{NAME_WORD}){{1,3}})(?![\w@])")  # a surname behind a hidden first name
_WEB: Final = re.compile(r"(https?://[^\s<>\"]{3,3000}|www\.[^\s<>\"]{3,500})")


def masked(division: Division, letter: Letter, facts: SenderFacts) -> str:
    """The answer and signature with names as ``[namn]`` and addresses and numbers as in ``redaction``.

    Hidden are the sender's name wherever a part of it stands, names behind words such as "kontakta", names in the heads
    of a forwarded chain, and two capitalised words in a row that are no municipality, department or title. That hides
    rather too much; a first name alone in running text may remain, so a person reads before publishing.
    """
    text = division.of(Role.ANSWER, Role.SIGNATURE)
    names = sorted(_known(letter, facts, text), key=len, reverse=True)[:MOST_NAMES]
    either = "|".join(map(re.escape, (*names, *map(str.upper, names))))
    known = re.compile(rf"(?<!\w)(?:{either})s?(?!\w)") if names else None
    # A link stays readable: its wrapping holds the recipient's address, its path may look like a name or a number.
    pieces = (unwrapped(each) if row % 2 else _hidden(each, known) for row, each in enumerate(_WEB.split(text)))
    return re.sub(r"\[namn\](?:[ ]{1,2}\[namn\])+", NAME, "".join(pieces))


def _hidden(words: str, known: re.Pattern[str] | None) -> str:
    words = redacted(words).text
    words = known.sub(NAME, words) if known else words
    words = _INTRODUCED.sub(_hide_introduced, words)
    words = _FULL.sub(lambda found: found.group() if is_no_name(found.group()) else NAME, words)
    return _REST.sub(lambda found: found.group() if is_no_name(found[1].strip()) else NAME, words)


def _hide_introduced(found: re.Match[str]) -> str:
    name = found[1]
    if is_no_name(name):
        return found.group()
    return found.group()[: found.start(1) - found.start()] + NAME


def _known(letter: Letter, facts: SenderFacts, text: str) -> set[str]:
    """The names that are known to be persons', and those of their parts that cannot be ordinary words."""
    names = {name for name in _named(letter, facts, text) if not is_no_name(name)}
    parts = {part for name in names for part in _PART.findall(name) if len(part) >= _SHORTEST and part[0].isupper()}
    return names | {part for part in parts if not is_no_name(part)}


def _named(letter: Letter, facts: SenderFacts, text: str) -> Iterator[str]:
    if letter.sender.name:
        yield letter.sender.name[:80].replace(",", " ").strip()
    if facts.name:
        yield facts.name.words
    for found in _CHAIN.finditer(text):
        yield found[1].strip(" *")
