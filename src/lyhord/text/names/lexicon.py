"""What is known of a word: whether it is a name, an ordinary word, a place, or capitalised for another reason.

The lists are read once, when a name is first looked for. ``data/SOURCES.md`` tells where they come from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from lyhord.text.names.bloom import Bloom

SHORTEST_PART: Final = 4  # letters in each part of a compound; shorter ones make names out of words
_SURNAME_END: Final = re.compile(
    r".{2,}(?:sson|sdotter|[qk]vist|ström|strand|lund|gren|berg|blom|stedt|dahl|löf|holm|(?<!i)[aouyä]nen|inen|i[cć]|ović|"
    r"ovic|ova|ska|ski|czyk|enko|chuk|shvili|poulos|oglu|oğlu|zadeh|pour|ian|yan)"
)
_INSTITUTION_END: Final = re.compile(
    r".*(?:kontoret|kontor|nämnden|nämnd|förvaltningen|förvaltning|skolan|skola|gården|gård|vägen|gatan|verket|hemmet|"
    r"boendet|huset|enheten|avdelningen|centrum|center|centret|bolaget|biblioteket|hallen|badet|kyrkan|kommun|kommunen|"
    r"stan|staden|parken|torget|stationen|köping|hamn|sund|fors|ås|krona|tuna|borg|stad|landet|regionen|län|dalen|linjen|"
    r"eriet|mottagningen|centralen|köket|växeln|receptionen|kassan|salen|gymnasiet|sjukhuset|torg|"
    r"rådet|styrelsen|tjänsten|tjänst|appen|sidan|portalen|kortet|föreningen|museet|teatern|arenan)s?"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of lower-case words."""

    familiar: frozenset[str]  # names that are looked for without a capital too
    listed: frozenset[str]  # all names
    words_too: frozenset[str]  # familiar names that are also words of every day
    not_names: frozenset[str]
    places: frozenset[str]
    swedish: Bloom
    english: Bloom

    def is_name(self, word: str) -> bool:
        """Whether it is in some list of names, also in the genitive."""
        return self._either(word, self.listed) or bool(_SURNAME_END.fullmatch(word.removesuffix("s")) and len(word) > 6)

    def is_familiar(self, word: str) -> bool:
        """Whether it is a name common enough in Sweden to be looked for without a capital, also in the genitive."""
        return self._either(word, self.familiar)

    def is_only_a_name(self, word: str) -> bool:
        """Whether it is a name and nothing else; a compound of words that is listed as a surname is."""
        if self._either(word, self.familiar):
            return not {word, word.removesuffix("s")} & self.words_too
        return self.is_name(word) and word not in self.swedish and word not in self.english

    def is_word(self, word: str) -> bool:
        """Whether it is an ordinary word of Swedish or English, or a compound of Swedish ones."""
        return word in self.swedish or word in self.english or self._is_compound(word)

    def is_kept(self, word: str) -> bool:
        """Whether a capital has another reason: places, institutions, emphasis."""
        bare = word.removesuffix("s")
        return bool({word, bare} & self.not_names) or self.is_place(word) or self.is_institution(word)

    def is_place(self, word: str) -> bool:
        """Whether it is part of the name of a municipality or another place, also in the genitive."""
        return word in self.places or word.removesuffix("s") in self.places

    def is_institution(self, word: str) -> bool:
        """Whether it ends as institutions, streets and places do."""
        return _INSTITUTION_END.fullmatch(word) is not None

    def _either(self, word: str, names: frozenset[str]) -> bool:
        return word in names or (word.endswith("s") and word[:-1] in names and word not in self.swedish)

    def _is_compound(self, word: str) -> bool:
        for end in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            if word[end:] in self.swedish and (
                word[:end] in self.swedish or word[:end].removesuffix("s") in self.swedish
            ):
                return True
        return False


@cache
def lexicon() -> Lexicon:
    """The lexicon of the package."""
    home = _words("given_home.txt") | _words("written_names.txt") | _words("added_names.txt")
    return Lexicon(
        familiar=home,
        listed=home | _words("added_doubtful_names.txt") | _words("given_abroad.txt") | _words("surnames.txt"),
        words_too=_words("names_that_are_words.txt"),
        not_names=_words("not_names.txt"),
        places=_words("places.txt"),
        swedish=_bloom("words_sv.bloom"),
        english=_bloom("words_en.bloom"),
    )


def _words(name: str) -> frozenset[str]:
    return frozenset((files("lyhord.text.names") / "data" / name).read_text("utf-8").split())


def _bloom(name: str) -> Bloom:
    return Bloom.from_bytes((files("lyhord.text.names") / "data" / name).read_bytes())
