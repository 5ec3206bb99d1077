"""What respondents read: the pages' own texts and the instrument's, in every language that has both."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from lyhord.instruments.definition import Instrument, Item, Option

LANGUAGES: Final = ("sv", "latt", "en", "fi", "ar")  # in the order that the switch shows them
SOURCE: Final = "sv"


@dataclass(frozen=True, eq=False)  # there is one of each
class Language:
    """A language's texts. ``code`` stands in addresses, ``lang`` and ``direction`` in HTML."""

    code: str
    lang: str
    direction: str
    name: str
    reviewed: bool
    texts: Mapping[str, Any]

    def text(self, key: str, **values: object) -> str:
        """One text with its values put in; KeyError for a text that does not exist."""
        return str(self.texts[key]).format(**values)


@cache
def language(code: str) -> Language:
    """The language with this code; Swedish where there is none."""
    known = code if code in LANGUAGES else SOURCE
    texts = tomllib.loads((files(__package__) / "texts" / f"{known}.toml").read_text("utf-8"))
    return Language(known, texts["lang"], texts["direction"], texts["name"], texts["reviewed"], texts)


@cache
def _additions(instrument_id: str) -> Mapping[str, Any]:
    """Languages that an instrument has been given besides its own."""
    file = files(__package__) / "texts" / "instruments" / f"{instrument_id}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def languages_of(instrument: Instrument) -> tuple[Language, ...]:
    """The languages that an instrument can be answered in."""
    there = {*instrument.languages, *_additions(instrument.id)}
    return tuple(language(code) for code in LANGUAGES if code in there)


def wording_of(instrument: Instrument, item: Item, code: str) -> str:
    """A question as it is put in the language."""
    added = _additions(instrument.id).get(code, {}).get("wording", {})
    return str(added.get(item.id) or item.wording.in_language(code))


def label_of(instrument: Instrument, option: Option, code: str) -> str:
    """An answer option as it is shown in the language."""
    added = _additions(instrument.id).get(code, {}).get("label", {})
    return str(added.get(option.code) or option.label.in_language(code))
