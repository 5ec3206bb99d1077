"""Numbers and dates as printed: Swedish decimal comma, no-break spaces, a true minus, English where asked for.

Every function rounds once, last and half away from zero, and says an absent value with an en dash. The strings hold
no ordinary space or hyphen inside a number, so a line never breaks in the middle of one.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from lyhord.method.rounding import round_half_away

NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
NO_BREAK_HYPHEN: Final = "\N{NON-BREAKING HYPHEN}"
MINUS: Final = "\N{MINUS SIGN}"
EN_DASH: Final = "\N{EN DASH}"
ABSENT: Final = EN_DASH

_FAST_BELOW: Final = 1e7
_TIE_MARGIN: Final = 1e-3
_MONTHS: Final = {
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_WEEKDAYS: Final = {
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_HOUR_WORDS: Final = {"sv": ("timme", "timmar"), "en": ("hour", "hours")}
_OF_WORDS: Final = {"sv": "av", "en": "of"}
_KEPT_TOGETHER: Final = ("e-post", "E-post", "e-mail", "E-mail", "e-brev", "E-brev", "e-tjänst", "E-tjänst")


@lru_cache(maxsize=65536)
def decimal(value: float | None, decimals: int, language: str) -> str:
    """The value with a fixed number of decimals: ``82,7`` and ``1 234`` in Swedish, ``82.7`` and ``1,234`` in English.

    None and not-a-number are said with an en dash. A value that rounds to zero never carries a minus sign.
    """
    if value is None or math.isnan(value):
        return ABSENT
    digits = _localised(_rounded(abs(value), decimals), language)
    return f"{MINUS}{digits}" if value < 0 and digits.strip("0,.") else digits


def percent(value: float | None, decimals: int, language: str) -> str:
    """The value (0–100) with a percent sign: ``74 %`` in Swedish, ``74%`` in English."""
    digits = decimal(value, decimals, language)
    return digits if digits == ABSENT else digits + unit_suffix("%", language)


def signed(value: float | None, decimals: int, language: str) -> str:
    """A difference with its sign: ``+1,8``, ``−0,3``; one that rounds to zero stands as ``0,0`` without sign."""
    digits = decimal(value, decimals, language)
    return f"+{digits}" if digits[0] not in (ABSENT, MINUS) and digits.strip("0,.") else digits


def count(value: int | None, language: str) -> str:
    """A whole number with thousands set apart: ``18 396`` in Swedish, ``18,396`` in English."""
    return ABSENT if value is None else _localised(f"{value:,}", language).replace("-", MINUS)


def count_of(part: int, whole: int, language: str) -> str:
    """A part of a whole in counts, held on one line: ``4 av 6``, ``4 of 6``."""
    word = _OF_WORDS["sv" if _is_swedish(language) else "en"]
    return NO_BREAK_SPACE.join((count(part, language), word, count(whole, language)))


def interval(low: float | None, high: float | None, decimals: int, language: str) -> str:
    """An interval's two ends: ``79,7–85,7``; with a negative end ``−1,2 till 0,4``, so that no dash blurs it."""
    if low is None or high is None:
        return ABSENT
    first, last = decimal(low, decimals, language), decimal(high, decimals, language)
    if MINUS in first + last:
        word = "till" if _is_swedish(language) else "to"
        return f"{first}{NO_BREAK_SPACE}{word}{NO_BREAK_SPACE}{last}"
    return f"{first}{EN_DASH}{last}"


def hours(value: float | None, language: str, decimals: int = 0) -> str:
    """Working hours in words: ``7 timmar``, ``1 timme``; with one decimal ``6,8 timmar``."""
    digits = decimal(value, decimals, language)
    if digits == ABSENT:
        return digits
    one, many = _HOUR_WORDS["sv" if _is_swedish(language) else "en"]
    return f"{digits}{NO_BREAK_SPACE}{one if digits == '1' else many}"


def with_unit(value: float | None, decimals: int, unit: str, language: str) -> str:
    """The value followed by its unit as the language sets it: ``74 %``, ``7 timmar``, ``82,7`` for an empty unit."""
    digits = decimal(value, decimals, language)
    return digits if digits == ABSENT else digits + unit_suffix(unit, language)


def unit_suffix(unit: str, language: str) -> str:
    """What follows a number for its unit: a no-break space and the unit; none before an English percent sign."""
    if not unit:
        return ""
    return unit if unit == "%" and not _is_swedish(language) else f"{NO_BREAK_SPACE}{unit}"


def day(value: date, language: str) -> str:
    """A date in words: ``13 mars 2023``, ``13 March 2023``."""
    return f"{_day_and_month(value, language)} {value.year}"


def month(value: date, language: str) -> str:
    """A month in words: ``mars 2023``, ``March 2023``."""
    return f"{_month_word(value, language)} {value.year}"


def period(first: date, last: date, language: str) -> str:
    """A span of days in words, saying each part once: ``13 mars–12 maj 2023``, ``3–14 maj 2023``, ``13 mars 2023``."""
    if first == last:
        return day(first, language)
    if first.year != last.year:
        return f"{day(first, language)}{EN_DASH}{day(last, language)}"
    if first.month != last.month:
        return f"{_day_and_month(first, language)}{EN_DASH}{day(last, language)}"
    return f"{first.day}{EN_DASH}{day(last, language)}"


def moment(value: datetime, language: str) -> str:
    """A day and a clock time: ``sön 22/10 10:35``, ``Sun 22 Oct 10:35``; the year stands with the round."""
    if _is_swedish(language):
        date_text = f"{_WEEKDAYS['sv'][value.weekday()]} {value.day}/{value.month}"
    else:
        date_text = f"{_WEEKDAYS['en'][value.weekday()]} {value.day} {_MONTHS['en'][value.month - 1][:3]}"
    return f"{date_text} {value:%H:%M}".replace(" ", NO_BREAK_SPACE)


def no_break(text: str) -> str:
    """The text with e-post and its like held together by non-breaking hyphens, so that no line ends in ``e-``."""
    for word in _KEPT_TOGETHER:
        text = text.replace(word, word.replace("-", NO_BREAK_HYPHEN))
    return text


def _rounded(value: float, decimals: int) -> str:
    """A value not below zero, rounded half away from zero, in English digits.

    Away from a tie, formatting rounds the same way as ``round_half_away`` at a fortieth of its cost; the margin is a
    thousand times what the thirteen digits it reads can differ by.
    """
    scaled = value * 10**decimals
    if scaled < _FAST_BELOW and abs(scaled % 1.0 - 0.5) > _TIE_MARGIN:
        return f"{value:,.{decimals}f}"
    return f"{round_half_away(value, decimals):,.{decimals}f}"


def _localised(digits: str, language: str) -> str:
    """English digits ``1,234.5`` as the language sets them."""
    return digits.replace(",", NO_BREAK_SPACE).replace(".", ",") if _is_swedish(language) else digits


def _is_swedish(language: str) -> bool:
    return language[:2] == "sv"


def _month_word(value: date, language: str) -> str:
    return _MONTHS["sv" if _is_swedish(language) else "en"][value.month - 1]


def _day_and_month(value: date, language: str) -> str:
    return f"{value.day}{NO_BREAK_SPACE}{_month_word(value, language)}"
