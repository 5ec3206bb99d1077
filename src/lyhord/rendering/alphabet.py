"""Swedish alphabetical order, whatever the machine's locale."""

from __future__ import annotations

from typing import Final

_AFTER_Z: Final = str.maketrans("åäö", "{|}")  # the three characters that follow z


def in_swedish_order(name: str) -> str:
    """A sort key that puts å, ä and ö last, in that order; case does not matter."""
    return name.casefold().translate(_AFTER_Z)
