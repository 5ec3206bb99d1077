"""The fixed texts of reports, one TOML file per report kind and language, filled in by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from lyhord.composition.material import CompositionError


class Prose:
    """Texts of one report kind in one language; ``prose("key", name=…)`` gives a finished text."""

    def __init__(self, kind: str, language: str) -> None:
        self.kind = kind
        self.language = language
        self._texts = _read(kind, language)

    def __call__(self, key: str, **values: object) -> str:
        """The text ``key`` with its placeholders filled; CompositionError names an unknown key or placeholder."""
        try:
            return self._texts[key].format(**values)
        except KeyError as missing:
            raise CompositionError(
                f"Text {key!r} in prose/{self.kind}.{self.language}.toml: {missing} is missing. "
                "Add the text, or give the placeholder a value."
            ) from None

    def lines(self, key: str, **values: object) -> tuple[str, ...]:
        """The non-empty lines of a text, for bullet lists."""
        return tuple(line.strip() for line in self(key, **values).splitlines() if line.strip())

    def joined(self, words: Sequence[str]) -> str:
        """Words as a running list: ``a, b och c``."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self('words.and')} {words[-1]}"

    def quoted(self, text: str) -> str:
        """The text in the quotation marks of the language: ``”text”``, ``“text”``."""
        return self("words.quoted", text=text)

    def has(self, key: str) -> bool:
        """Whether the text exists; used for texts that only some items have."""
        return key in self._texts


@cache
def _read(kind: str, language: str) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for name in ("common", kind):
        source = resources.files(__package__).joinpath(f"{name}.{language}.toml")
        if not source.is_file():
            raise CompositionError(f"There is no report text in {language!r} for {name}. Languages: sv, en.")
        texts.update(_flat(tomllib.loads(source.read_text("utf-8")), ""))
    return texts


def _flat(tree: Mapping[str, object], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat.update(_flat(value, f"{prefix}{key}."))
        else:
            flat[prefix + key] = str(value).strip()
    return flat
