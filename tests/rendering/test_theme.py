"""Whatever colour a municipality has, the report can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.rendering.contrast import contrast
from lyhord.rendering.errors import RenderingError
from lyhord.rendering.report import Brand
from lyhord.rendering.theme import theme
from lyhord.rendering.tokens import COLOURS

COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(COLOUR)
def test_every_text_is_readable_whatever_the_colour(colour: str) -> None:
    made = theme(Brand(accent=colour))
    assert contrast(made.on_brand, made.brand) >= 4.5
    for background in (COLOURS.paper, made.tint):
        assert contrast(made.accent, background) >= 4.5
        assert contrast(made.ink, background) >= 4.5
        assert contrast(made.muted, background) >= 4.5
    assert contrast(made.ink, made.warning) >= 7


@pytest.mark.parametrize(
    ("given", "brand", "on_brand", "accent"),
    [
        ("#0b5c63", "#0b5c63", "#ffffff", "#0b5c63"),  # dark: as it is
        ("#ffcd00", "#ffcd00", COLOURS.ink, COLOURS.ink),  # light: kept, with dark text
        ("ffcd00", "#ffcd00", COLOURS.ink, COLOURS.ink),
        ("#fc0", "#ffcc00", COLOURS.ink, COLOURS.ink),
    ],
)
def test_a_brand_becomes(given: str, brand: str, on_brand: str, accent: str) -> None:
    made = theme(Brand(accent=given))
    assert (made.brand, made.on_brand, made.accent) == (brand, on_brand, accent)


def test_a_colour_between_light_and_dark_is_darkened() -> None:
    made = theme(Brand(accent="#8a8a8a"))
    assert contrast(made.brand, "#8a8a8a") > 1
    assert made.on_brand == COLOURS.on_accent


@pytest.mark.parametrize("wrong", ["red", "", "#12345", "#0b5c63;}body{display:none"])
def test_what_is_no_hex_colour_is_refused(wrong: str) -> None:
    with pytest.raises(RenderingError, match="is not a hex colour"):
        theme(Brand(accent=wrong))
