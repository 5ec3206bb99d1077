"""The words around names that tell a name from another word."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Cues:
    """Sets of lower-case words; ``data/cues.toml`` says of each what it is."""

    introduces: frozenset[str]
    before_people: frozenset[str]
    before_places: frozenset[str]
    before_both: frozenset[str]
    after_places: frozenset[str]
    done_by_people: frozenset[str]
    particles: frozenset[str]
    before_work: frozenset[str]
    work: frozenset[str]
    after_people: frozenset[str]
    before_proper: frozenset[str]
    named_after: frozenset[str]
    greetings: frozenset[str]
    german: frozenset[str]
    talking: frozenset[str]


@cache
def cues() -> Cues:
    """The cues of the package, read once."""
    text = (files("lyhord.text.names") / "data" / "cues.toml").read_text("utf-8")
    return Cues(**{name: frozenset(words.split()) for name, words in tomllib.loads(text).items()})
