"""A Bloom filter: a set of words in few bytes, which never forgets one and seldom takes a stranger for one of its own.

Bloom (1970), "Space/time trade-offs in hash coding with allowable errors", Communications of the ACM 13(7).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

_HEAD = 1  # the first byte tells how many bits a word sets


@dataclass(frozen=True, slots=True)
class Bloom:
    """The bits, and how many of them each word sets."""

    bits: bytes
    hashes: int

    @classmethod
    def of(cls, words: Collection[str], wrong_one_in: int) -> Self:
        """The filter of the words, wrong about one stranger in ``wrong_one_in``."""
        size = math.ceil(len(words) * math.log2(wrong_one_in) / math.log(2) / 8)
        bits = bytearray(size)
        hashes = max(1, round(math.log2(wrong_one_in)))
        for word in words:
            for place in _places(word, hashes, size * 8):
                bits[place >> 3] |= 1 << (place & 7)
        return cls(bytes(bits), hashes)

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """The filter that ``to_bytes`` wrote."""
        return cls(content[_HEAD:], content[0])

    def to_bytes(self) -> bytes:
        """The filter as it is kept in a file."""
        return bytes([self.hashes]) + self.bits

    def __contains__(self, word: str) -> bool:
        return all(self.bits[place >> 3] & 1 << (place & 7) for place in _places(word, self.hashes, len(self.bits) * 8))


def _places(word: str, hashes: int, size: int) -> Iterator[int]:
    """Two hashes give all the others (Kirsch and Mitzenmacher 2006)."""
    digest = blake2b(word.encode(), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1
    for number in range(hashes):
        yield (first + number * step) % size
