"""A logo is SVG or PNG, known by its content."""

from __future__ import annotations

import pytest

from lyhord.rendering.errors import RenderingError
from lyhord.rendering.logos import LARGEST, logo_format


@pytest.mark.parametrize(
    ("logo", "known_as"),
    [
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- drawn --><!DOCTYPE svg PUBLIC 'x'>\n<svg>", "svg"),
    ],
)
def test_a_logo_is_known_by_its_content(logo: bytes, known_as: str) -> None:
    assert logo_format(logo) == known_as


@pytest.mark.parametrize(
    "logo", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 JFIF", b"<html><svg>", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>"]
)
def test_anything_else_is_refused(logo: bytes) -> None:
    with pytest.raises(RenderingError, match="neither SVG nor PNG"):
        logo_format(logo)


def test_a_logo_that_would_swell_every_report_is_refused() -> None:
    with pytest.raises(RenderingError, match="use one of at most 1 MB"):
        logo_format(b"<svg>" + b" " * LARGEST)
