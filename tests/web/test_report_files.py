"""Sizes, formats and languages as a page names them."""

from __future__ import annotations

import pytest
from django.utils import translation

from lyhord.web.produced import ProducedFile
from lyhord.web.templatetags.report_files import language_name, shown_files, size_text


@pytest.mark.parametrize(
    ("size", "language", "text"),
    [
        (0, "sv", "1\u00a0kB"),
        (181_234, "sv", "181\u00a0kB"),
        (999_499, "sv", "999\u00a0kB"),
        (999_500, "sv", "1,0\u00a0MB"),
        (1_240_000, "sv", "1,2\u00a0MB"),
        (1_240_000, "en", "1.2\u00a0MB"),
    ],
)
def test_a_size_is_whole_kilobytes_or_megabytes_with_a_decimal(size: int, language: str, text: str) -> None:
    with translation.override(language):
        assert size_text(size) == text


def test_files_are_named_and_ordered_by_format_and_unknown_ones_left_out() -> None:
    files = tuple(ProducedFile(kind, f"a.{kind}", 1) for kind in ("xlsx", "pdf", "exe"))
    assert [(name, file.format) for name, file in shown_files(files)] == [("PDF", "pdf"), ("Excel", "xlsx")]


@pytest.mark.parametrize(("code", "word"), [("sv", "svenska"), ("en", "engelska"), ("fi", "fi")])
def test_a_language_has_a_word(code: str, word: str) -> None:
    with translation.override("sv"):
        assert language_name(code) == word
