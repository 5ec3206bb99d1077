"""Where people's names stand in a comment: lists of names, capitals within sentences, and the words around.

Rather too much than too little: a capital within a sentence that neither a list of places nor the way institutions are
called explains is taken for a name. The time taken grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from lyhord.text.names.cues import cues
from lyhord.text.names.lexicon import Lexicon, lexicon

LONGEST_WORD: Final = 40  # letters; longer ones are no names
SHOUTED: Final = 0.7  # share of capitals from which they tell nothing
ACRONYM: Final = 5  # letters; so many capitals or fewer are an abbreviation unless the lists know them

_TOKEN: Final = re.compile(r"\[[^\[\]\s]{1,20}\]|[^\W\d_]+(?:[-'’\u00b4][^\W\d_]+)*")
_ENDS_SENTENCE: Final = re.compile(r"[.!?:;\n\r•*>\"”/)]|\s[-–—]\s")
_BETWEEN_NAMES: Final = re.compile(r"[ \t\u00a0]{1,2}|\.[ \t]?|-")
_CASE_LINE: Final = re.compile(r"[-'’\u00b4]")
_TITLE: Final = re.compile(
    r"(?:.*(?:handläggare|sekreterare|inspektör|chef|kurator|rektor|lärare|pedagog|sköterska|läkare|vaktmästare|assistent|"
    r"koordinator|samordnare|vägledare|arkitekt|ingenjör|kommunikatör|registrator|receptionist|vikarie|kollega|kille|"
    r"tjej|dam|kvinna|herre|man)(?:n|en|an|na|s)?|herr|fru|fröken|doktor|dr|mr|mrs|ms|officer|manager|colleague)"
)


class Verdict(Enum):
    """What a word is, seen by itself and its neighbours."""

    NAME = "name"
    PERHAPS = "perhaps"  # a name if a name stands beside it
    PARTICLE = "particle"
    INITIAL = "initial"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, where it stands, and whether a sentence begins with it."""

    text: str
    start: int
    end: int
    opens: bool

    @property
    def lower(self) -> str:
        """The word without capitals."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, end excluded."""

    start: int
    end: int


def names_in(text: str) -> tuple[Span, ...]:
    """Where names stand, from left to right; neighbouring parts of one name are one span."""
    tokens = _tokens(text)
    capitals_tell = not _is_shouted(text)
    known = lexicon()
    verdicts = [_verdict(tokens, place, known, capitals_tell) for place in range(len(tokens))]
    return tuple(_grown(text, tokens, verdicts))


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        initial = bool(tokens) and gap.strip(" ") == "." and _is_initial(tokens[-1].text)
        opens = not tokens or (not initial and _ENDS_SENTENCE.search(gap) is not None)
        tokens.append(Token(match.group(), match.start(), match.end(), opens))
        end = match.end()
    return tokens


def _is_shouted(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= 15 and sum(sign.isupper() for sign in letters) > SHOUTED * len(letters)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _verdict(tokens: Sequence[Token], place: int, known: Lexicon, capitals_tell: bool) -> Verdict:
    token = tokens[place]
    if token.text.startswith("[") or len(token.text) > LONGEST_WORD:
        return Verdict.NO
    if len(token.text) == 1:
        return Verdict.INITIAL if token.text.isupper() and capitals_tell else Verdict.NO
    capital = capitals_tell and token.text[0].isupper()
    if token.lower in cues().particles and not (capital and known.is_only_a_name(token.lower)):
        return Verdict.PARTICLE
    if capital and token.text.isupper():
        return _of_capitals(token, known)
    return _capitalised(tokens, place, known) if capital else _uncapitalised(tokens, place, known)


def _of_capitals(token: Token, known: Lexicon) -> Verdict:
    if known.is_familiar(token.lower) and known.is_only_a_name(token.lower) and not known.is_kept(token.lower):
        return Verdict.NAME
    return Verdict.PERHAPS if len(token.text) > ACRONYM and known.is_name(token.lower) else Verdict.NO


def _capitalised(tokens: Sequence[Token], place: int, known: Lexicon) -> Verdict:
    token = tokens[place]
    word = token.lower
    if known.is_place(word) and known.is_name(word):
        return _of_place(tokens, place)
    if known.is_kept(word):
        return Verdict.PERHAPS if known.is_name(word) else Verdict.NO
    if _every_part(word, known):
        return Verdict.NAME
    ordinary, listed = known.is_word(_first_part(word)), known.is_name(word)
    if token.opens:
        if ordinary and not listed:
            return Verdict.NO
        return Verdict.NAME if _is_person_here(tokens, place) else Verdict.PERHAPS
    if ordinary:
        return Verdict.NAME if listed else Verdict.NO
    return Verdict.NO if _before(tokens, place) in cues().before_places and not listed else Verdict.NAME


def _of_place(tokens: Sequence[Token], place: int) -> Verdict:
    """Of Nora, Berg and Lund, which are people and municipalities both."""
    if _is_person_here(tokens, place):
        return Verdict.NAME
    doubtful = tokens[place].opens or _before(tokens, place) in cues().before_places | cues().before_both
    return Verdict.PERHAPS if doubtful or _after(tokens, place) in cues().after_places else Verdict.NAME


def _uncapitalised(tokens: Sequence[Token], place: int, known: Lexicon) -> Verdict:
    word = tokens[place].lower
    if known.is_kept(word) and word not in known.familiar:
        return Verdict.NO
    familiar = known.is_familiar(word) or ("-" in word and _every_part(word, known))
    if familiar and known.is_only_a_name(_first_part(word)):
        return Verdict.NAME
    before = _before(tokens, place)
    introduced = before in cues().introduces or (_TITLE.fullmatch(before) is not None and not tokens[place].opens)
    if familiar:
        meant = introduced or (before in cues().before_people and _after(tokens, place) in cues().done_by_people)
        return Verdict.NAME if meant else Verdict.NO
    if before in cues().introduces and not known.is_word(word):
        return Verdict.NAME
    return Verdict.PERHAPS if known.is_name(word) and not known.is_word(word) else Verdict.NO


def _every_part(word: str, known: Lexicon) -> bool:
    parts = _CASE_LINE.split(word)
    if len(parts) > 1 and all(known.is_name(part) or len(part) < 3 for part in parts):
        return any(len(part) > 2 for part in parts)
    return known.is_only_a_name(word)


def _first_part(word: str) -> str:
    return _CASE_LINE.split(word)[0] if "-" in word else word


def _is_person_here(tokens: Sequence[Token], place: int) -> bool:
    return _after(tokens, place) in cues().done_by_people or (_before(tokens, place) in cues().introduces and place > 0)


def _before(tokens: Sequence[Token], place: int) -> str:
    return tokens[place - 1].lower if place else ""


def _after(tokens: Sequence[Token], place: int) -> str:
    following = place + 1
    return tokens[following].lower if following < len(tokens) and not tokens[following].opens else ""


def _grown(text: str, tokens: Sequence[Token], verdicts: Sequence[Verdict]) -> Iterator[Span]:
    """Each name with what belongs to it on both sides: doubtful names, particles between names, initials."""
    place = 0
    while place < len(tokens):
        last = place
        while last + 1 < len(tokens) and _joins(text, tokens, verdicts, last):
            last += 1
        kept = _trimmed(verdicts, place, last)
        if kept:
            yield Span(tokens[kept[0]].start, tokens[kept[1]].end)
        place = last + 1


def _joins(text: str, tokens: Sequence[Token], verdicts: Sequence[Verdict], place: int) -> bool:
    gap = text[tokens[place].end : tokens[place + 1].start]
    beside = _BETWEEN_NAMES.fullmatch(gap) is not None
    return beside and Verdict.NO not in verdicts[place : place + 2] and not tokens[place + 1].opens


def _trimmed(verdicts: Sequence[Verdict], first: int, last: int) -> tuple[int, int] | None:
    """The run from its first name to its last, with doubtful names and initials around; None without a sure name."""
    run = verdicts[first : last + 1]
    if Verdict.NAME not in run and run.count(Verdict.PERHAPS) < 2:
        return None
    while verdicts[first] is Verdict.PARTICLE:
        first += 1
    while verdicts[last] is Verdict.PARTICLE:
        last -= 1
    return first, last
