"""The fixed words exist in both languages."""

from __future__ import annotations

import pytest

from lyhord.rendering.errors import RenderingError
from lyhord.rendering.labels import LABELS, labels


def test_both_languages_have_the_same_keys() -> None:
    assert set(LABELS["sv"]) == set(LABELS["en"])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_label_is_empty(language: str) -> None:
    assert all(text.strip() == text and text for text in labels(language).values())


def test_swedish_words_are_swedish() -> None:
    assert (labels("sv")["contents"], labels("sv")["too_few"]) == ("Innehåll", "för få svar")


def test_an_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(RenderingError, match="Use one of: en, sv"):
        labels("fi")


def test_labels_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        labels("sv")["page"] = "Blad"  # type: ignore[index]  # the point of the test is that the type holds at runtime
