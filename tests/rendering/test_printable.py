"""Whatever a comment holds, what is printed can be drawn by the shipped fonts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.rendering.printable import PLACEHOLDER, printable


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Räksmörgås – 82,7 % (n = 388)", "Räksmörgås – 82,7\N{NO-BREAK SPACE}% (n = 388)"),
        ("ČčĐđŊŋŠšŦŧŽž", "ČčĐđŊŋŠšŦŧŽž"),  # Northern Sami
        ("svar per e-post", "svar per e\N{NON-BREAKING HYPHEN}post"),
        ("Tack 😊!", f"Tack {PLACEHOLDER}!"),
        ("Tack 👍🏽", f"Tack {PLACEHOLDER}"),  # the skin tone goes with the thumb
        ("Tack ❤️", f"Tack {PLACEHOLDER}"),
        ("o\N{COMBINING DIAERESIS}l", "öl"),
        ("a\x00b\x07c\ud800d", "abcd"),
        ("rad\ttabb", "rad tabb"),
    ],
)
def test_a_text_is_printed_as(written: str, printed: str) -> None:
    assert printable(written) == printed


@given(st.text())
def test_printing_twice_changes_nothing_more(text: str) -> None:
    once = printable(text)
    assert printable(once) == once


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    assert not {character for character in printable(text) if ord(character) < 32} - {"\n"}
