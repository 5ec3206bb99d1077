"""Sheet names are what Excel allows, and each occurs once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.rendering.xlsx.sheet_names import LONGEST, sheet_name


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Diagram 1", "Diagram 1"),
        ("A/B: [c]*?", "A B   c"),
        ("'apostrof'", "apostrof"),
        ("", "Blad"),
        ("History", "History 1"),
        ("x" * 40, "x" * 31),
    ],
)
def test_names_are_made_valid(wanted: str, name: str) -> None:
    assert sheet_name(wanted, set()) == name


def test_a_taken_name_gets_a_number_whatever_its_case() -> None:
    taken: set[str] = set()
    names = [sheet_name(wanted, taken) for wanted in ("Tabell 1", "TABELL 1", "x" * 40, "x" * 41)]
    assert names == ["Tabell 1", "TABELL 1 (2)", "x" * 31, "x" * 27 + " (2)"]


@given(st.lists(st.text(max_size=50), max_size=12))
def test_any_names_become_valid_and_unique(wanted: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(one, taken) for one in wanted]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= LONGEST
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
