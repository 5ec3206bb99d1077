"""The watched folder: each municipality puts its lists in a folder named by its code, and they are taken from there."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope
from lyhord.measurements.models import Round
from lyhord.survey.contacts.models import Upload
from lyhord.survey.contacts.uploads import receive, rounds_open_to
from lyhord.survey.errors import SurveyError

SETTLED: Final = 10.0  # seconds without a change: whoever writes the file has finished
REFUSED: Final = "avvisade"
SUFFIXES: Final = frozenset({".csv", ".txt", ".xlsx"})
CHUNK: Final = 1 << 20
log: Final = logging.getLogger(__name__)


def look_into_folder(folder: Path | None = None) -> int:
    """Take every finished list into the only open round of its municipality, or the one named by a folder in between.

    ``1980/lista.csv`` or ``1980/servicematning-2027/lista.csv``. A list that was taken is removed; one that cannot be
    taken is moved to ``avvisade`` with a file beside it that says why. How many were taken.
    """
    watched = folder or settings.CONTACTS_FOLDER
    if not watched.is_dir():
        return 0
    codes = {place.name: place for place in watched.iterdir() if place.is_dir() and not place.is_symlink()}
    known = Organisation.objects.filter(municipality_code__in=list(codes))
    return sum(_taken_from(codes[organisation.municipality_code], organisation) for organisation in known)


def _taken_from(place: Path, organisation: Organisation) -> int:
    taken = 0
    with scope(organisation):
        rounds = rounds_open_to(organisation.pk)
        for path in _finished(place):
            try:
                with path.open("rb") as stream:
                    chunks = iter(lambda: stream.read(CHUNK), b"")
                    receive(
                        _round_for(path, place, rounds), organisation, path.name, chunks, source=Upload.Source.FOLDER
                    )
            except SurveyError as error:
                _refuse(path, place, str(error))
                continue
            path.unlink()
            taken += 1
    return taken


def _finished(place: Path) -> Iterator[Path]:
    """Lists that nobody writes to any more; never what a link leads to."""
    for pattern in ("*", "*/*"):
        for path in sorted(place.glob(pattern)):
            if path.parent.name == REFUSED or path.is_symlink() or path.parent.is_symlink():
                continue
            is_list = path.is_file() and path.suffix.casefold() in SUFFIXES and not path.name.startswith(".")
            if is_list and time.time() - path.stat().st_mtime > SETTLED:
                yield path


def _round_for(path: Path, place: Path, rounds: list[Round]) -> Round:
    if path.parent == place and len(rounds) == 1:
        return rounds[0]
    named = next((one for one in rounds if path.parent != place and one.key == path.parent.name), None)
    if named is None:
        keys = ", ".join(one.key for one in rounds) or "ingen"
        raise SurveyError(f"Lägg listan i en mapp som heter som en öppen omgång. Öppna är: {keys}.")
    return named


def _refuse(path: Path, place: Path, problem: str) -> None:
    refused = place / REFUSED
    refused.mkdir(exist_ok=True)
    target = refused / f"{time.strftime('%Y%m%d-%H%M%S')}-{path.name}"
    path.replace(target)
    target.with_name(f"{target.name}.fel.txt").write_text(f"{problem}\n", encoding="utf-8")
    log.warning("A list in the watched folder of %s was refused; the reason lies beside it", place.name)
