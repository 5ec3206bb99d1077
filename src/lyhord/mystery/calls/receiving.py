"""Reading what a telephone sends: entries as JSON, refused as a whole where they are not what the page would send."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from lyhord.mystery.calls.models import Entry
from lyhord.mystery.calls.taking import Sent, Taken
from lyhord.mystery.errors import MysteryError

MOST: Final = 200  # entries at once; a telephone sends fewer
MOST_ANSWERS: Final = 50
LONGEST_ANSWER: Final = 10_000
KEY: Final = re.compile(r"[A-Za-z0-9]{8,40}")
LARGEST: Final = 2**53 - 1  # the largest whole number that JavaScript counts with
MALFORMED: Final = "Det som kom går inte att läsa. Ladda om sidan; det som väntar finns kvar."


def entries_in(body: bytes) -> list[Sent]:
    """The entries of a request's body. MysteryError where anything is not as it should be."""
    try:
        told = json.loads(body)
        rows = told["entries"]
        if not isinstance(rows, list) or len(rows) > MOST:
            raise MysteryError(MALFORMED)
        return [_entry(row) for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise MysteryError(MALFORMED) from error


def told_back(taken: Iterable[Taken], language: str) -> list[Mapping[str, object]]:
    """What became of the entries, for the page."""
    return [
        {
            "key": one.key,
            "kept": one.kept,
            "message": one.message,
            "problems": [
                {"item": problem.field, "text": f"{problem.message(language)} {problem.remedy(language)}"}
                for problem in one.problems
            ],
        }
        for one in taken
    ]


def _entry(row: Mapping[str, object]) -> Sent:
    key, device, kind = (str(row[name]) for name in ("key", "device", "kind"))
    if not (KEY.fullmatch(key) and KEY.fullmatch(device) and kind in Entry.Kind.values):
        raise ValueError(key)
    clock = row.get("clock")
    return Sent(
        _whole(row["probe"]),
        key,
        kind,
        _whole(row["sequence"]),
        device,
        None if clock is None else _whole(clock),
        _answers(row.get("answers", {})),
    )


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        raise ValueError(value)
    return value


def _answers(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > MOST_ANSWERS:
        raise ValueError(value)
    texts = {str(item)[:80]: text for item, text in value.items()}
    if not all(isinstance(text, str) and len(text) <= LONGEST_ANSWER for text in texts.values()):
        raise ValueError(value)
    # Half a character, as JavaScript may send one, cannot be stored.
    return {item: text.encode("utf-8", "replace").decode() for item, text in texts.items()}
