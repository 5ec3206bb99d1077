"""A text as a reader takes it in, with the place of each sign in what was written.

Signs that show nothing are gone; full-width, mathematical and circled letters are the plain ones; digits of other
scripts are 0 to 9; marks laid over letters are gone unless they make another letter; Cyrillic and Greek letters that
look Latin are Latin within words that hold Latin letters. (Unicode Standard Annex 15, NFKC; Technical Standard 39.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LONGEST_READING: Final = (
    6  # signs; a single sign that stands for a whole phrase is left as it is, so that nothing swells
)
MOST_MARKS: Final = 4  # laid over one letter; more are only there to hide it, and are left out

_CYRILLIC_AND_GREEK: Final = (
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423"
    "\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u0391"
    "\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
    "\u03b1\u03bd"
)
_LOOK_LATIN: Final = str.maketrans(_CYRILLIC_AND_GREEK, "ABESIJKMHOPCTYXaeopcyxijsdhABEZHIKMNOPTYXoav")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile(r"[A-Za-zÅÄÖåäö]")
_OTHER: Final = re.compile("[\u0370-\u052f]")
_PLAIN: Final = re.compile(
    "[\\t\\n\\r -~\xa1-\xac\xae-\u017f\u2010-\u2022\u20ac]*"
)  # nothing in it is hidden, composed, or from another script
_NOT_SHOWN: Final = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_NOT_READ: Final = _NOT_SHOWN | {"Mn", "Me"}
_COMPATIBLE_AS_IS: Final = frozenset(
    "\xa8\xaf\xb4\xb8\xa0\xaa\xba\xb2\xb3\xb9\xbc\xbd\xbe\u2026"
)  # folding them would only put spaces and digits in


@dataclass(frozen=True, slots=True)
class Folded:
    """The text to look for things in, and for each of its signs the written ones it stands for."""

    text: str
    written: Sequence[str]

    def shown(self, start: int, end: int) -> str:
        """What was written between two places of the text."""
        return "".join(self.written[start:end])


def folded(text: str) -> Folded:
    """The text as a reader takes it in; as long as it takes to read it once."""
    if _PLAIN.fullmatch(text):
        return Folded(text, text)
    signs: list[str] = []
    written: list[str] = []
    for cluster in _clusters(text):
        read = _read(cluster)
        for place, sign in enumerate(read):
            signs.append(sign)
            written.append(cluster if place == 0 else "")
        if not read and written:
            written[-1] += cluster  # a mark that belongs to the sign before
    return Folded(_in_one_script("".join(signs)), written)


def _clusters(text: str) -> list[str]:
    """Each sign with the marks laid over it; what shows nothing is left out."""
    clusters: list[str] = []
    for sign in text:
        if sign in "\n\r\t":
            clusters.append(sign)
        elif unicodedata.category(sign) in _NOT_SHOWN:
            continue
        elif unicodedata.combining(sign) and clusters and len(clusters[-1]) <= MOST_MARKS:
            clusters[-1] += sign
        elif not unicodedata.combining(sign):
            clusters.append(sign)
    return clusters


def _read(cluster: str) -> str:
    if cluster in _COMPATIBLE_AS_IS:
        return cluster
    composed = unicodedata.normalize("NFKC", cluster)
    if len(composed) > LONGEST_READING:
        return cluster
    return "".join(_plain_digit(sign) for sign in composed if unicodedata.category(sign) not in _NOT_READ)


def _plain_digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def _in_one_script(text: str) -> str:
    """The text of the same length with look-alikes within Latin words made Latin."""
    if not _OTHER.search(text):
        return text
    return _WORD.sub(lambda word: word[0].translate(_LOOK_LATIN) if _LATIN.search(word[0]) else word[0], text)
