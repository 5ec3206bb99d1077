"""A text is shown and never run by a spreadsheet."""

from __future__ import annotations

import pytest

from lyhord.rendering.formula_safety import as_plain_text


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.org")',
        "+46 21 39 00 00",
        "-1+1",
        "@SUM(1)",
        " =1+1",
        "\N{NO-BREAK SPACE}=1+1",
        "\t=1",
        "\r=1",
        "\n=1",
        "\N{FULLWIDTH EQUALS SIGN}1+1",
        "\ufeff=1+1",
    ],
)
def test_a_text_that_would_start_a_formula_is_marked_as_text(text: str) -> None:
    assert as_plain_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Bemötande", "82,7", "–", "\N{MINUS SIGN}1,2", "a=b", "e-post", "'=1"])
def test_other_texts_stand_as_they_are(text: str) -> None:
    assert as_plain_text(text) == text
