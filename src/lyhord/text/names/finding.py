"""Where people's names stand in a comment: lists of names, capitals within sentences, and the words around.

Rather too much than too little. The time taken grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lyhord.text.names.cues import cues
from lyhord.text.names.judging import Comment, Token, Verdict, verdicts
from lyhord.text.names.lexicon import lexicon

SHOUTED: Final = 0.7  # share of capitals from which they tell nothing
GERMAN: Final = 2  # so many little words of German make a comment German

_TOKEN: Final = re.compile(r"\[[^\[\]\s]{1,20}\]|&(?=\s)|[^\W\d_]+(?:[-'’\u00b4][^\W\d_]+)*")
_ENDS_SENTENCE: Final = re.compile(r"[.!?:;\n\r•*>\"”/)]|\s[-–—]\s")
_SIGNS: Final = re.compile(r"(?:^|[\s.!?])/{1,2}\s?$")
_BETWEEN_NAMES: Final = re.compile(r"[ \t\u00a0]{1,2}|\.[ \t]?|-|, ?(?=$)")
_SURE: Final = frozenset({Verdict.NAME, Verdict.PERHAPS, Verdict.PARTICLE, Verdict.INITIAL})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, end excluded."""

    start: int
    end: int


def names_in(text: str) -> tuple[Span, ...]:
    """Where names stand, from left to right; neighbouring parts of one name are one span."""
    tokens = _tokens(text)
    german = sum(token.lower in cues().german for token in tokens) >= GERMAN
    comment = Comment(tokens, lexicon(), capitals_tell=not _is_shouted(text), capital_nouns=german)
    return tuple(_grown(text, tokens, verdicts(comment)))


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        initial = bool(tokens) and gap.strip(" ") == "." and _is_initial(tokens[-1].text)
        opens = not tokens or (not initial and _ENDS_SENTENCE.search(gap) is not None)
        signs = _SIGNS.search(gap) is not None or (bool(tokens) and tokens[-1].lower in cues().greetings)
        tokens.append(Token(match.group(), match.start(), match.end(), opens, signs))
        end = match.end()
    return tokens


def _is_shouted(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= 15 and sum(sign.isupper() for sign in letters) > SHOUTED * len(letters)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _grown(text: str, tokens: Sequence[Token], found: Sequence[Verdict]) -> Iterator[Span]:
    """Each name with what belongs to it on both sides: doubtful names, particles between names, initials."""
    place = 0
    while place < len(tokens):
        last = place
        while last + 1 < len(tokens) and _joins(text, tokens, found, last):
            last += 1
        kept = _trimmed(found, place, last)
        if kept:
            yield Span(tokens[kept[0]].start, tokens[kept[1]].end)
        place = last + 1


def _joins(text: str, tokens: Sequence[Token], found: Sequence[Verdict], place: int) -> bool:
    gap = text[tokens[place].end : tokens[place + 1].start]
    if _BETWEEN_NAMES.fullmatch(gap) is None or tokens[place + 1].opens:
        return False
    here, following = found[place : place + 2]
    surname = following is Verdict.ORDINARY and here in {Verdict.NAME, Verdict.PERHAPS, Verdict.INITIAL}
    return here in _SURE | {Verdict.ORDINARY} and (following in _SURE or surname)


def _trimmed(found: Sequence[Verdict], first: int, last: int) -> tuple[int, int] | None:
    """The run from its first name to its last, with doubtful names and initials around; None without a sure name."""
    run = found[first : last + 1]
    if Verdict.NAME not in run and run.count(Verdict.PERHAPS) < 2:
        return None
    while found[first] in {Verdict.PARTICLE, Verdict.ORDINARY}:
        first += 1
    while found[last] is Verdict.PARTICLE:
        last -= 1
    return first, last
