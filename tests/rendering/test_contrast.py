"""Contrast as WCAG counts it, and a municipality's colour made safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.rendering.contrast import TEXT_MINIMUM, accent_safe, contrast, readable_on
from lyhord.rendering.errors import RenderingError


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#fff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_is_the_ratio_that_wcag_defines(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)


@given(st.integers(0, 0xFFFFFF))
def test_any_accent_becomes_readable(number: int) -> None:
    assert contrast(accent_safe(f"#{number:06x}"), "#ffffff") >= TEXT_MINIMUM


def test_an_accent_that_passes_is_left_alone() -> None:
    assert accent_safe("#0b5c63") == "#0b5c63"
    assert accent_safe("#04a") == "#0044aa"


def test_a_darkened_accent_keeps_its_hue() -> None:
    red, green, blue = (int(accent_safe("#ffcc00")[at : at + 2], 16) for at in (1, 3, 5))
    assert blue == 0
    assert green / red == pytest.approx(0xCC / 0xFF, abs=0.02)


@pytest.mark.parametrize("colour", ["red", "#12", "#gggggg", "url(#a)", "#0b5c63;fill:red"])
def test_what_is_no_hex_colour_is_refused_by_name(colour: str) -> None:
    with pytest.raises(RenderingError, match="write it as #0b5c63"):
        accent_safe(colour)


def test_a_background_too_dark_for_dark_text_is_refused() -> None:
    with pytest.raises(RenderingError, match="lighter background"):
        accent_safe("#ffffff", background="#202020")


def test_the_more_readable_text_colour_is_chosen() -> None:
    assert readable_on("#f6dda0", "#16262b", "#ffffff") == "#16262b"
    assert readable_on("#0b5c63", "#16262b", "#ffffff") == "#ffffff"
