"""What each word of a comment is: a name, perhaps one, or no name; seen by itself and by its neighbours.

A capital within a sentence that neither a list of places nor the way institutions are called explains is taken for a
name; a word that begins a sentence, or has no capital, needs a list or a neighbour that speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from lyhord.text.names.cues import cues
from lyhord.text.names.lexicon import Lexicon

LONGEST_WORD: Final = 40  # letters; longer ones are no names
LONGEST_UNKNOWN: Final = 14  # letters; a longer word in no list is a compound rather than a name
ACRONYM: Final = 5  # letters; so many capitals or fewer are an abbreviation unless the lists know them

_CASE_LINE: Final = re.compile(r"[-'’\u00b4]")
_TITLE: Final = re.compile(
    r"(?:.*(?:handläggare|sekreterare|inspektör|chef|kurator|rektor|lärare|pedagog|sköterska|läkare|vaktmästare|assistent|"
    r"koordinator|samordnare|vägledare|arkitekt|ingenjör|kommunikatör|registrator|receptionist|vikarie|kollega|kille|"
    r"tjej|dam|kvinna|herre|man|granne|tolk|personal|bror|syster|dotter|son|mor|far|personen)(?:n|en|an|na|s|e)?|herr|fru|"
    r"fröken|doktor|dr|mr|mrs|ms|officer|manager|colleague|farmor|farfar|mormor|morfar|mamma|pappa|vår|familjen)"
)
_JOINS_PEOPLE: Final = frozenset({"och", "o", "å", "&", "and", "samt", "plus"})


class Verdict(Enum):
    """What a word is, seen by itself and its neighbours."""

    NAME = "name"
    PERHAPS = "perhaps"  # a name if a name stands beside it
    ORDINARY = "ordinary"  # an ordinary word with a capital within a sentence: a surname if a name stands before it
    PARTICLE = "particle"
    INITIAL = "initial"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, where it stands, whether a sentence begins with it, and whether it signs the comment."""

    text: str
    start: int
    end: int
    opens: bool
    signs: bool = False

    @property
    def lower(self) -> str:
        """The word without capitals."""
        return self.text.lower().replace("\u0307", "")  # the dot that a Turkish capital I leaves


@dataclass(frozen=True, slots=True)
class Comment:
    """The words of a comment, and what its writer's capitals tell."""

    tokens: Sequence[Token]
    known: Lexicon
    capitals_tell: bool  # no: all of it is in capitals
    capital_nouns: bool  # yes: it is in German

    def before(self, place: int, steps: int = 1) -> str:
        """The word so many steps before, "" outside the comment."""
        return self.tokens[place - steps].lower if place >= steps else ""

    def after(self, place: int, steps: int = 1) -> str:
        """The word so many steps after, "" beyond the sentence."""
        following = self.tokens[place + 1 : place + steps + 1]
        return following[-1].lower if len(following) == steps and not any(one.opens for one in following) else ""

    def is_person_here(self, place: int) -> bool:
        """Whether the words around speak of a person."""
        return (
            self.after(place) in cues().done_by_people
            or self.before(place) in cues().introduces
            or self.works_here(place)
        )

    def works_here(self, place: int) -> bool:
        """Whether a place of work follows: "på gatukontoret"."""
        if self.after(place) not in cues().before_work:
            return False
        where = self.after(place, 2)
        return where in cues().work or self.known.is_institution(where)

    def names_a_place(self, place: int) -> bool:
        """Whether it is a genitive with a street, a square or a school after it: "Karl Johans gata"."""
        here = self.tokens[place : place + 1]
        return bool(here) and here[0].lower.endswith("s") and self.after(place) in cues().named_after

    def is_introduced(self, place: int) -> bool:
        """Whether a title, a greeting or a conversation stands before."""
        before = self.before(place)
        if before in cues().introduces or (_TITLE.fullmatch(before) is not None and not self.tokens[place].opens):
            return True
        return before in {"med", "m"} and self.before(place, 2) in cues().talking


def verdicts(comment: Comment) -> list[Verdict]:
    """What each word is, with names beside names made sure."""
    found = [_verdict(comment, place) for place in range(len(comment.tokens))]
    for place in range(1, len(found) - 1):
        if comment.tokens[place].lower in _JOINS_PEOPLE:
            pair = {found[place - 1], found[place + 1]}
            if pair == {Verdict.NAME, Verdict.PERHAPS}:
                found[place - 1] = found[place + 1] = Verdict.NAME
    return found


def _verdict(comment: Comment, place: int) -> Verdict:
    token, known = comment.tokens[place], comment.known
    if token.text.startswith("[") or len(token.text) > LONGEST_WORD:
        return Verdict.NO
    if len(token.text) == 1 and not _is_syllable(token.text):
        return Verdict.INITIAL if token.text.isupper() and comment.capitals_tell else Verdict.NO
    capital = comment.capitals_tell and token.text[0].isupper()
    if token.lower in cues().particles and not (capital and known.is_only_a_name(token.lower)):
        return Verdict.PARTICLE
    if capital and token.text.isupper() and "-" not in token.text:
        return _of_capitals(token, known)
    return _capitalised(comment, place) if capital else _uncapitalised(comment, place)


def _is_syllable(sign: str) -> bool:
    return ord(sign) > 0x2E80  # Chinese and Korean need no more than one sign for a name


def _of_capitals(token: Token, known: Lexicon) -> Verdict:
    if known.is_familiar(token.lower) and known.is_only_a_name(token.lower) and not known.is_kept(token.lower):
        return Verdict.NAME
    return Verdict.PERHAPS if len(token.text) > ACRONYM and known.is_name(token.lower) else Verdict.NO


def _capitalised(comment: Comment, place: int) -> Verdict:
    known, word = comment.known, comment.tokens[place].lower
    if comment.names_a_place(place) or (comment.after(place) and comment.names_a_place(place + 1)):
        return Verdict.NO
    if known.is_place(word) and known.is_name(word):
        return _of_place(comment, place)
    if known.is_kept(word):
        return Verdict.PERHAPS if known.is_name(word) else Verdict.NO
    if every_part(word, known):
        return Verdict.NAME
    ordinary = known.is_word(_first_part(word)) or len(word) > LONGEST_UNKNOWN
    if comment.tokens[place].opens:
        return _opening(comment, place, ordinary)
    return _within(comment, place, ordinary)


def _opening(comment: Comment, place: int, ordinary: bool) -> Verdict:
    """Of a capital that the sentence explains already."""
    listed = comment.known.is_name(comment.tokens[place].lower)
    if ordinary and not listed:
        return Verdict.NO
    if comment.is_person_here(place) or comment.tokens[place].signs:
        return Verdict.NAME
    unknown_before_people = not ordinary and comment.after(place) in cues().after_people
    return Verdict.NAME if unknown_before_people else Verdict.PERHAPS


def _within(comment: Comment, place: int, ordinary: bool) -> Verdict:
    """Of a capital that only a name explains, or emphasis, or German."""
    known, word, before = comment.known, comment.tokens[place].lower, comment.before(place)
    listed = known.is_name(word)
    if not listed and (comment.capital_nouns or before in cues().before_proper or known.is_institution(before)):
        return Verdict.NO
    if ordinary:
        return Verdict.NAME if listed or comment.is_introduced(place) else Verdict.ORDINARY
    return Verdict.NO if before in cues().before_places and not listed else Verdict.NAME


def _of_place(comment: Comment, place: int) -> Verdict:
    """Of Nora, Berg and Lund, which are people and municipalities both."""
    if comment.is_person_here(place) or comment.is_introduced(place):
        return Verdict.NAME
    doubtful = comment.tokens[place].opens or comment.before(place) in cues().before_places | cues().before_both
    return Verdict.PERHAPS if doubtful or comment.after(place) in cues().after_places else Verdict.NAME


def _uncapitalised(comment: Comment, place: int) -> Verdict:
    known, word = comment.known, comment.tokens[place].lower
    if known.is_kept(word) and word not in known.familiar:
        return Verdict.NO
    familiar = known.is_familiar(word) or ("-" in word and every_part(word, known))
    if familiar and known.is_only_a_name(_first_part(word)):
        return Verdict.NAME
    if familiar:
        return Verdict.NAME if _is_meant(comment, place) else Verdict.NO
    ordinary = known.is_word(word) and not known.is_only_a_name(word)
    if ordinary or len(word) > LONGEST_UNKNOWN - 2 or len(word) < 3:
        return Verdict.NO
    if comment.before(place) in cues().introduces or comment.before(place, 2) in cues().talking:
        return Verdict.NAME
    return _of_listed(comment, place) if known.is_name(word) else Verdict.NO


def _is_meant(comment: Comment, place: int) -> bool:
    """Whether a word of every day is meant as a name though it has no capital."""
    doing = comment.after(place) in cues().done_by_people
    return comment.is_introduced(place) or (doing and comment.before(place) in cues().before_people)


def _of_listed(comment: Comment, place: int) -> Verdict:
    near = comment.before(place) in cues().before_people or comment.is_introduced(place)
    shouted = not comment.capitals_tell  # then nothing else would speak for it
    return Verdict.NAME if near or shouted or comment.is_person_here(place) else Verdict.PERHAPS


def every_part(word: str, known: Lexicon) -> bool:
    """Whether it is a name and nothing else, also one of several names with hyphens between."""
    parts = _CASE_LINE.split(word)
    if len(parts) > 1 and all(known.is_name(part) or len(part) < 3 for part in parts):
        return any(len(part) > 2 for part in parts)
    return known.is_only_a_name(word)


def _first_part(word: str) -> str:
    return _CASE_LINE.split(word)[0] if "-" in word else word
