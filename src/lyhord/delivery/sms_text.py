"""What a text becomes as an SMS: its alphabet, its parts, its cost, and the names it may be sent under.

Source: 3GPP TS 23.038 (the GSM 7-bit alphabet) and TS 23.040 (concatenation). A part holds 160 septets or 70 UTF-16
units alone, 153 or 67 as one of several.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

# In the order of the standard's table: the index is the septet, 0x1B is the escape to the second table.
GSM_ALPHABET: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPE: Final = 0x1B
EXTENDED: Final = MappingProxyType(
    {
        "\f": 0x0A,
        "^": 0x14,
        "{": 0x28,
        "}": 0x29,
        "\\": 0x2F,
        "[": 0x3C,
        "~": 0x3D,
        "]": 0x3E,
        "|": 0x40,
        "€": 0x65,
    }
)
_SEPTETS: Final = MappingProxyType(
    {
        **{letter: bytes([code]) for code, letter in enumerate(GSM_ALPHABET) if code != ESCAPE},
        **{letter: bytes([ESCAPE, code]) for letter, code in EXTENDED.items()},
    }
)
# What word processors write instead of plain signs; each would turn the whole message into UCS-2.
PLAIN_SIGNS: Final = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2032": "'", "`": "'", "\u00b4": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"', "«": '"', "»": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u00ad": None,
        "\u2026": "...", "\u2022": "-", "\t": " ",
        "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ",
        "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip
MOST_PARTS: Final = 6
SENDER_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{2,10}")
SENDER_NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{4,6}")


class Encoding(StrEnum):
    """How an SMS is written: seven bits a letter, or sixteen."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


_SINGLE: Final = MappingProxyType({Encoding.GSM7: 160, Encoding.UCS2: 70})
_JOINED: Final = MappingProxyType({Encoding.GSM7: 153, Encoding.UCS2: 67})


@dataclass(frozen=True, slots=True)
class SmsText:
    """A text as it will be sent: ``units`` are septets in GSM-7 and UTF-16 units in UCS-2."""

    text: str
    encoding: Encoding
    units: int
    parts: tuple[str, ...]
    awkward: tuple[str, ...]

    @property
    def room_left(self) -> int:
        """Units that still fit without another part."""
        per_part = _SINGLE if len(self.parts) == 1 else _JOINED
        return per_part[self.encoding] - sum(_units(letter, self.encoding) for letter in self.parts[-1])


def plain(text: str) -> str:
    """The text in composed letters (å as one) with typographic quotes, dashes and spaces written plainly."""
    return unicodedata.normalize("NFC", text).translate(PLAIN_SIGNS)


def sms_text(text: str) -> SmsText:
    """How ``text`` is sent as it stands. ``awkward`` are the letters outside GSM-7, each once, in order."""
    awkward = tuple(dict.fromkeys(letter for letter in text if letter not in _SEPTETS))
    encoding = Encoding.UCS2 if awkward else Encoding.GSM7
    units = sum(_units(letter, encoding) for letter in text)
    parts = (text,) if units <= _SINGLE[encoding] else tuple(_split(text, encoding))
    return SmsText(text, encoding, units, parts, awkward)


def encoded(part: str, encoding: Encoding) -> bytes:
    """A part as an SMS centre takes it: unpacked septets, or big-endian UTF-16."""
    if encoding is Encoding.UCS2:
        return part.encode("utf-16-be")
    return b"".join(_SEPTETS[letter] for letter in part)


def cost(texts: Iterable[SmsText], price_per_part: Decimal) -> Decimal:
    """What sending the texts costs, in the currency of ``price_per_part``; unrounded."""
    return price_per_part * sum(len(text.parts) for text in texts)


def sender_problem(sender: str) -> str:
    """Why nothing can be sent under this name, in English; empty where it can.

    The strictest common rule of Swedish gateways: a name of 3-11 letters A-Z and digits that starts with a letter, or
    a number. A name takes no replies, so the text must offer another way out than answering STOP.
    """
    if SENDER_NAME.fullmatch(sender) or SENDER_NUMBER.fullmatch(sender):
        return ""
    return (
        f"The SMS sender {sender!r} is neither a name of 3-11 letters A-Z or digits that starts with a letter (write a "
        "or o for å, ä, ö) nor a number such as +46701234567; other names are changed or dropped on the way."
    )


def _units(letter: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM7:
        return len(_SEPTETS[letter])
    return 2 if ord(letter) > 0xFFFF else 1


def _split(text: str, encoding: Encoding) -> Iterable[str]:
    """Parts as full as they go; neither an escape pair nor a surrogate pair is torn apart."""
    start = used = 0
    for place, letter in enumerate(text):
        units = _units(letter, encoding)
        if used + units > _JOINED[encoding]:
            yield text[start:place]
            start, used = place, 0
        used += units
    yield text[start:]
