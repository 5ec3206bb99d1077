"""What a demonstration tells its visitors: who may sign in. Read from a file beside its records.

The file is there in a demonstration only, and read only where ``LYHORD_DEMO`` is on: its people and their password are
invented, and it is shown to this machine alone (check ``lyhord.E020``).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from lyhord.files.whole import written_whole

FILE: Final = "demo.json"


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can sign in, and what the person does."""

    email: str
    name: str
    organisation: str
    role: str
    duty: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A finished demonstration: its people, all with one password, and its open round."""

    password: str
    people: tuple[Login, ...]
    round_key: str
    municipality: str


def demonstration() -> Demonstration | None:
    """The demonstration that is shown; None where none is."""
    return read(Path(settings.DATA_FOLDER)) if settings.DEMO else None


def read(folder: Path) -> Demonstration | None:
    """The demonstration in the folder; None where there is none, or one of another version."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        people = tuple(Login(**each) for each in found.pop("people"))
        return Demonstration(people=people, **found)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(folder: Path, told: Demonstration) -> None:
    """Keep what the demonstration tells, readable by its owner alone."""
    with written_whole(folder / FILE) as unfinished:
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(asdict(told), ensure_ascii=False), encoding="utf-8")
