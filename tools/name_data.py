"""Makes the word lists that names are found with.

Run it by ``uv run --with faker==40.54.0 --with simplemma==2.0.0 tools/name_data.py``.

Given names and surnames come from Faker's lists (MIT), ordinary Swedish and English words from simplemma's (MIT). What
is written: names in two text files, and the ordinary words as a Bloom filter, which answers "is this a word?" from
half a megabyte instead of a hundred.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lyhord.text.names.bloom import Bloom

FOLDER = Path(__file__).parent.parent / "src/lyhord/text/names/data"
HOME = ("sv_SE",)  # also found when written without a capital
ABROAD = """
fi_FI no_NO da_DK en_GB de_DE pl_PL tr_TR hr_HR es_ES fr_FR nl_NL ro_RO az_AZ en_PK en_IN ha_NG yo_NG sw et_EE
lt_LT lv_LV hu_HU cs_CZ sk_SK sl_SI it_IT pt_PT vi_VN uz_UZ
"""
NAME = re.compile(r"[^\W\d_]{2,}(?:[-'][^\W\d_]{2,})*")
WORD = re.compile(r"[a-zåäöéèüà]{2,12}")
WRONG_ONE_IN = 100


def main() -> None:
    """Write the files and tell how much they hold."""
    swedish, english = _words("sv"), _words("en")
    home, abroad = _names(HOME, "first_name"), _names(tuple(ABROAD.split()), "first_name")
    surnames = _names((*HOME, *ABROAD.split()), "last_name")
    _write("given_home.txt", home)
    _write("given_abroad.txt", abroad - home)
    _write("surnames.txt", surnames)
    for language, words in (("sv", swedish), ("en", english)):
        bloom = Bloom.of(sorted(words), WRONG_ONE_IN)
        (FOLDER / f"words_{language}.bloom").write_bytes(bloom.to_bytes())
        print(language, len(words), "words,", len(bloom.bits), "bytes")
    print(len(home), len(abroad - home), len(surnames))


def _names(locales: tuple[str, ...], prefix: str) -> set[str]:
    found: set[str] = set()
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            if attribute.startswith(prefix) and not callable(value):
                found.update(word.lower() for text in _texts(value) for word in NAME.findall(text) if len(word) > 1)
    return found


def _texts(value: Any) -> Iterator[str]:  # Faker nests lists, tuples and weighted dictionaries
    if isinstance(value, str):
        yield value
    elif value:
        for one in value:
            yield from _texts(one)


def _words(language: str) -> set[str]:
    factory = importlib.import_module("simplemma.strategies.dictionaries.dictionary_factory").DefaultDictionaryFactory
    pairs = ((_text(form), _text(lemma)) for form, lemma in factory().get_dictionary(language).items())
    return {form for form, lemma in pairs if WORD.fullmatch(form) and lemma[:1].islower()}


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _write(name: str, words: set[str]) -> None:
    (FOLDER / name).write_text("\n".join(sorted(words)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
