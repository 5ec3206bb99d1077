"""What a spreadsheet program would run as a formula, and how such a text is kept a text."""

from __future__ import annotations

from typing import Final

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - the full-width signs are the point


def as_plain_text(text: str) -> str:
    """The text such that a spreadsheet shows it and never runs it.

    A text that would start a formula, also after blanks, gets a leading apostrophe, as OWASP advises for CSV. Leading
    control characters are what some programs strip before they look.
    """
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}\ufeff").startswith(_STARTS_A_FORMULA) else text
