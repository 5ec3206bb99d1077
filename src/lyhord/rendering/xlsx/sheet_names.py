"""Names of sheets: what Excel allows, and each used once."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED: Final = "history"


def sheet_name(wanted: str, taken: set[str]) -> str:
    r"""A name like the wanted one that Excel allows and that is not in ``taken``; the name is added to ``taken``.

    At most 31 characters, none of ``[ ] : * ? / \``, no apostrophe at either end, not empty, not "History"; case does
    not tell two names apart.
    """
    stem = _FORBIDDEN.sub(" ", wanted).strip().strip("'").strip() or "Blad"
    if stem.casefold() == _RESERVED:
        stem = f"{stem} 1"
    name = stem[:LONGEST].rstrip(" '")
    copy = 2
    while name.casefold() in taken:
        tail = f" ({copy})"
        name = stem[: LONGEST - len(tail)].rstrip() + tail
        copy += 1
    taken.add(name.casefold())
    return name
