"""The shipped fonts hold what Swedish reports need, and their widths are true."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from lyhord.rendering.fonts import DIRECTORY, LICENCE, Weight, text_width

NEEDED = "ÅÄÖåäöéüÆØæøçńőșțŽ 0123456789–—−×·•…“”’»«€§%‰½→←↑↓≥≤≈±\u00a0\u202f\u2011"


@pytest.mark.parametrize("weight", Weight)
def test_each_style_holds_the_letters_and_signs_of_a_report(weight: Weight) -> None:
    with TTFont(weight.path, lazy=True) as font:
        assert not [sign for sign in NEEDED if ord(sign) not in font.getBestCmap()]
        assert font["name"].getBestFamilyName() == "Inter"
        assert font["OS/2"].usWeightClass == weight.css


def test_the_fonts_are_small_and_carry_their_licence() -> None:
    assert sum(weight.path.stat().st_size for weight in Weight) < 2_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in LICENCE.read_text(encoding="utf-8")
    assert {path.name for path in DIRECTORY.glob("*.ttf")} == {weight.path.name for weight in Weight}


def test_a_width_grows_with_text_size_and_weight() -> None:
    assert text_width("", 12) == 0
    assert text_width("Väst", 24) == pytest.approx(2 * text_width("Väst", 12))
    assert text_width("Väst", 12) < text_width("Väst", 12, Weight.SEMIBOLD) < text_width("Väst", 12, Weight.BOLD)
    assert text_width("Väst", 12) == pytest.approx(sum(text_width(letter, 12) for letter in "Väst"))


def test_a_sign_that_the_font_lacks_counts_as_a_full_em() -> None:
    assert text_width("漢", 12) == 12
