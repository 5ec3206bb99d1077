"""The distinct words of a column and what each means, so that millions of rows are translated in one stroke."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

import narwhals as nw

from lyhord.files.columns import folded
from lyhord.files.engines import Frame, fetched
from lyhord.files.errors import TooLargeError
from lyhord.instruments.cuts import option_for
from lyhord.instruments.definition import Cut, Instrument, Option
from lyhord.method.groups import Municipality

MOST_VALUES = 100_000
SECONDS_PER_HOUR = 3600
Meaning = Callable[[str], str | None]

_CHANNEL_ALIASES = {
    "telefon": "tel", "telefoni": "tel", "sms": "tel", "phone": "tel", "samtal": "tel",
    "e_post": "epost", "email": "epost", "e_mail": "epost", "mejl": "epost", "mail": "epost", "brev": "epost",
}  # fmt: skip
_TRUTHS = {"true": "ja", "false": "nej", "yes": "ja", "no": "nej"}


def words_of(
    frame: Frame, columns: Sequence[str], headings: Mapping[str, str], file: str
) -> dict[str, tuple[str | None, ...]]:
    """Every distinct value of each column, None among them where a row is empty.

    Raises TooLargeError where a column has more than ``MOST_VALUES``. One column at a time, which bounds the memory.
    """
    words: dict[str, tuple[str | None, ...]] = {}
    for name in columns:
        distinct = frame.group_by(name).agg(n=nw.len().cast(nw.Int64)).head(MOST_VALUES + 1).select(name)
        found = [word for (word,) in fetched(distinct)]
        if len(found) > MOST_VALUES:
            raise TooLargeError("too_many_values", file=file, column=headings.get(name, name), limit=MOST_VALUES)
        words[name] = tuple(sorted(found, key=lambda word: word or ""))
    return words


@dataclass(frozen=True)
class Translation:
    """What a column's words mean: ``good`` maps to codes, ``bad`` mean nothing, ``blank`` are as good as empty."""

    column: str
    good: Mapping[str, str]
    bad: tuple[str, ...]
    blank: tuple[str, ...]
    sometimes_empty: bool = False

    @property
    def complete(self) -> bool:
        """Whether every row has a word and every word a meaning."""
        return not self.bad and not self.blank and not self.sometimes_empty

    @cached_property
    def unchanged(self) -> bool:
        """Whether every word already is its own code."""
        return not self.bad and not self.blank and all(word == code for word, code in self.good.items())

    def code(self) -> nw.Expr:
        """The code of each row, null where empty or meaningless."""
        column = nw.col(self.column)
        if self.unchanged:
            return column
        if not self.good:
            return nw.lit(None, dtype=nw.String)
        return column.replace_strict(list(self.good), list(self.good.values()), default=None, return_dtype=nw.String)

    def is_bad(self) -> nw.Expr:
        """Whether the row's word means nothing; never null."""
        return _among(self.column, self.bad)

    def is_given(self) -> nw.Expr:
        """Whether the row has a word at all, meaningful or not; never null."""
        given = ~nw.col(self.column).is_null()
        return given & ~_among(self.column, self.blank) if self.blank else given


def _among(column: str, words: Sequence[str]) -> nw.Expr:
    if not words:
        return nw.lit(False)
    return nw.col(column).is_in(list(words)).fill_null(False)


def translation(column: str, words: Sequence[str | None], meaning: Meaning) -> Translation:
    """Ask ``meaning`` for each word's code; None makes the word bad."""
    good: dict[str, str] = {}
    bad: list[str] = []
    blank: list[str] = []
    for word in (word for word in words if word is not None):
        text = word.strip()
        code = meaning(text) if text else None
        if not text:
            blank.append(word)
        elif code is None:
            bad.append(word)
        else:
            good[word] = code
    return Translation(column, good, tuple(bad), tuple(blank), sometimes_empty=None in words)


def municipality_meaning(municipalities: Iterable[Municipality]) -> Meaning:
    """Codes with or without their leading zero, and names with or without "kommun", to codes."""
    codes: dict[str, str] = {}
    for place in municipalities:
        for name in (place.code, place.name, place.formal_name):
            codes[name.casefold()] = place.code

    def meaning(text: str) -> str | None:
        digits = text.removesuffix(".0")
        return codes.get(digits.zfill(4) if digits.isdigit() else " ".join(text.casefold().split()))

    return meaning


def channel_meaning(instrument: Instrument) -> Meaning:
    """Channel ids, names and usual aliases (telefon, sms, e-post) to channel ids."""
    ids = {channel.id for channel in instrument.channels}
    names = {folded(text): channel.id for channel in instrument.channels for text in channel.name.texts.values()}

    def meaning(text: str) -> str | None:
        name = folded(text)
        known = name if name in ids else names.get(name) or _CHANNEL_ALIASES.get(name)
        return known if known in ids else None

    return meaning


def option_meaning(options: Sequence[Option]) -> Meaning:
    """Option codes, their labels in any language, and whole numbers written as 5.0 or 5,0, to codes."""
    codes = {folded(text): option.code for option in options for text in option.label.texts.values()}
    codes |= {folded(option.code): option.code for option in options}

    def meaning(text: str) -> str | None:
        name = folded(text)
        return codes.get(name) or codes.get(_TRUTHS.get(name, "")) or codes.get(_whole(text))

    return meaning


def _whole(text: str) -> str:
    number, point, decimals = text.replace(",", ".").partition(".")
    return number if point and decimals and not decimals.strip("0") else ""


def any_meaning(text: str) -> str | None:
    """Every word is its own code: an open division."""
    return text


def seconds_of(text: str) -> Fraction | None:
    """A non-negative number of seconds, with decimal point or comma; None where it is not one."""
    plain = text.replace(",", ".")
    if not plain.replace(".", "", 1).isdecimal():
        return None
    return Fraction(plain)


def cut_meaning(cut: Cut) -> Meaning:
    """Raw seconds (of working time where the cut says so) to the option they fall in."""
    unit = SECONDS_PER_HOUR if cut.unit == "working_hours" else 1

    def meaning(text: str) -> str | None:
        value = seconds_of(text)
        return None if value is None else option_for(cut, value / unit)

    return meaning


def week_meaning(text: str) -> str | None:
    """An ISO date, with or without a time after it, to its ISO week: 2023-03-13 to 2023-W11."""
    day, _, clock = text.replace("T", " ").partition(" ")
    if clock and not clock[:2].isdecimal():
        return None
    try:
        year, week, _ = date.fromisoformat(day).isocalendar()
    except ValueError:
        return None
    return f"{year}-W{week:02d}" if len(day) == len("2023-03-13") else None
