"""Where the files of one round lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class RoundFiles:
    """Where a round's material lies; everything but the answers is optional."""

    answers: tuple[Path, ...]
    instrument: str
    round_id: str = ""
    municipalities: Path | None = None
    counts: tuple[Path, ...] = ()
    external: tuple[Path, ...] = ()
    period: tuple[date, date] | None = None
    issued: date | None = None
    previous: tuple[str, ...] = ()
    new_participants: frozenset[str] = frozenset()
    fictitious: bool = False
