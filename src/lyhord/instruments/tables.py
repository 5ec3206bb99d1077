"""Typed reading of one TOML table: each value is checked, every key must be known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from types import MappingProxyType

from lyhord.instruments.definition import LocalText
from lyhord.instruments.faults import Faults

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
PLACEHOLDER = LocalText(MappingProxyType({"sv": ""}))


@dataclass(slots=True)
class Table:
    """One table of the file with its key. A faulty value is noted in ``faults`` and replaced by a harmless one."""

    values: Mapping[str, object]
    key: str
    faults: Faults
    languages: tuple[str, ...] = ("sv",)
    known: set[str] = field(default_factory=set)

    def path(self, key: str) -> str:
        """The key as written in messages, from the top of the file."""
        return f"{self.key}.{key}" if self.key else key

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        self.known.add(key)
        return key in self.values

    def _take(self, key: str, required: bool) -> object | None:
        if self.has(key):
            return self.values[key]
        if required:
            self.faults.add(self.path(key), "is missing.", "Add it.")
        return None

    def text(self, key: str, required: bool = True) -> str:
        """A non-empty string; empty where it is absent or wrong."""
        value = self._take(key, required)
        if value is None:
            return ""
        if not isinstance(value, str) or (required and not value.strip()):
            self.faults.add(self.path(key), f"is {value!r}.", "Write a text in quotation marks.")
            return ""
        return value

    def name(self, key: str, pattern: re.Pattern[str], required: bool = True) -> str:
        """A text that is used as an id and must match ``pattern`` wholly."""
        value = self.text(key, required)
        if value and not pattern.fullmatch(value):
            self.faults.add(
                self.path(key),
                f"is {value!r}.",
                f"Use only a–z, 0–9 and the signs of the pattern {pattern.pattern} (no å, ä, ö, spaces or capitals).",
            )
        return value

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """One of a few words; the first of them where it is wrong."""
        value = self.text(key)
        if value in allowed:
            return value
        if value:
            self.faults.add(self.path(key), f"is {value!r}.", f"Choose one of {', '.join(allowed)}.")
        return allowed[0]

    def integer(self, key: str, default: int | None = None, least: int = 0, most: int = 1_000_000) -> int:
        """A whole number in [least, most]; ``default`` where it is absent, required if there is no default."""
        value = self._take(key, required=default is None)
        fallback = least if default is None else default
        if value is None:
            return fallback
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            wanted = str(least) if least == most else f"a whole number from {least} to {most}"
            self.faults.add(self.path(key), f"is {value!r}.", f"Write {wanted}.")
            return fallback
        return value

    def flag(self, key: str, default: bool) -> bool:
        """``true`` or ``false``."""
        value = self._take(key, required=False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.faults.add(self.path(key), f"is {value!r}.", "Write true or false without quotation marks.")
            return default
        return value

    def number(self, key: str) -> Fraction | None:
        """An exact number: 25, 12.5 or "200/3"; None where it is absent."""
        value = self._take(key, required=False)
        return None if value is None else exact(value, self.path(key), self.faults)

    def numbers(self, key: str) -> tuple[Fraction, ...]:
        """A required list of exact numbers."""
        value = self._take(key, required=True)
        if not isinstance(value, list):
            if value is not None:
                self.faults.add(self.path(key), f"is {value!r}.", "Write a list, as in [60, 120].")
            return ()
        read = [exact(each, f"{self.path(key)}[{place}]", self.faults) for place, each in enumerate(value)]
        return tuple(number for number in read if number is not None)

    def strings(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of texts; empty where it is absent."""
        value = self._take(key, required)
        if value is None:
            return ()
        return as_strings(value, self.path(key), self.faults)

    def couples(self, key: str) -> tuple[tuple[str, str], ...]:
        """A list of lists of exactly two texts."""
        value = self._take(key, required=False)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.faults.add(self.path(key), f"is {value!r}.", 'Write a list of pairs, as in [["a", "b"]].')
            return ()
        read = []
        for place, each in enumerate(value):
            both = as_strings(each, f"{self.path(key)}[{place}]", self.faults)
            if len(both) == 2:
                read.append((both[0], both[1]))
            else:
                self.faults.add(f"{self.path(key)}[{place}]", f"names {len(both)}.", "Name exactly two.")
        return tuple(read)

    def local(self, key: str) -> LocalText:
        """A text in every language of the instrument."""
        return self.local_or_none(key, required=True) or PLACEHOLDER

    def local_or_none(self, key: str, required: bool = False) -> LocalText | None:
        """A text in every language of the instrument, or None where it is absent."""
        value = self._take(key, required)
        if value is None:
            return None
        if isinstance(value, str):
            value = self._written_once(value)
        if not isinstance(value, dict):
            self.faults.add(self.path(key), f"is {value!r}.", 'Write texts by language: { sv = "…", en = "…" }.')
            return None
        return self._languages(key, value)

    def _written_once(self, value: str) -> dict[str, object]:
        """A text without a language is Swedish; one without letters ("4") is the same in every language."""
        same = not any(sign.isalpha() for sign in value)
        return dict.fromkeys(self.languages, value) if same else {"sv": value}

    def _languages(self, key: str, value: Mapping[str, object]) -> LocalText:
        texts: dict[str, str] = {}
        for language, text in value.items():
            place = f"{self.path(key)}.{language}"
            if not LANGUAGE.fullmatch(language):
                self.faults.add(place, "is not a language code.", "Use a code such as sv, en or fi.")
            elif not isinstance(text, str) or not text.strip():
                self.faults.add(place, f"is {text!r}.", "Write a text in quotation marks.")
            else:
                texts[language] = text
        for language in self.languages:
            if language not in value:
                self.faults.add(
                    f"{self.path(key)}.{language}",
                    "is missing.",
                    f"Add the text in {language}, or take {language} out of languages.",
                )
        return LocalText(MappingProxyType({"sv": "", **texts}))

    def child(self, key: str, required: bool = False) -> Table | None:
        """A table inside this one."""
        value = self._take(key, required)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.faults.add(self.path(key), f"is {value!r}.", f"Write it as a table, [{self.path(key)}].")
            return None
        return Table(value, self.path(key), self.faults, self.languages)

    def children(self, key: str, required: bool = False) -> tuple[Table, ...]:
        """The tables of an array; each is called by its ``id`` where it has one, else by its place from 0."""
        value = self._take(key, required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.faults.add(self.path(key), "is not a list of tables.", f"Write one [[{self.path(key)}]] for each.")
            return ()
        return tuple(
            Table(each, self._call(key, place, each), self.faults, self.languages) for place, each in enumerate(value)
        )

    def _call(self, key: str, place: int, values: Mapping[str, object]) -> str:
        name = values.get("id")
        return f"{self.path(key)}.{name}" if isinstance(name, str) and name else f"{self.path(key)}[{place}]"

    def named(self) -> tuple[tuple[str, Table], ...]:
        """Every value of this table as a table of its own, with its name."""
        pairs = ((name, self.child(name)) for name in self.values)
        return tuple((name, table) for name, table in pairs if table is not None)

    def finish(self) -> None:
        """Note every key that nothing asked for; call when the table has been read."""
        for key in self.values:
            if key not in self.known:
                near = get_close_matches(key, sorted(self.known), n=1)
                remedy = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(sorted(self.known))}."
                self.faults.add(self.path(key), "is not a key of the format.", remedy)


def exact(value: object, key: str, faults: Faults) -> Fraction | None:
    """An exact number from an integer, a decimal (already a Fraction) or a fraction as text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,9}(/[1-9]\d{0,8})?", value):
        return Fraction(value)
    faults.add(key, f"is {value!r}.", 'Write a number, as in 25, 12.5 or "200/3".')
    return None


def as_strings(value: object, key: str, faults: Faults) -> tuple[str, ...]:
    """A list of non-empty texts; what is not one is noted and left out."""
    if not isinstance(value, list):
        faults.add(key, f"is {value!r}.", 'Write a list of texts, as in ["ja", "nej"].')
        return ()
    for place, each in enumerate(value):
        if not isinstance(each, str) or not each:
            faults.add(f"{key}[{place}]", f"is {each!r}.", "Write a text in quotation marks.")
    return tuple(each for each in value if isinstance(each, str) and each)
