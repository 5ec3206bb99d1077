"""What a folder of reports holds: one record per report beside its files, and an index of them all.

The index is the file that the pages read (see ``lyhord.web.produced``); records are what makes production
restartable: a report whose record carries the same stamp and whose files are in place is not made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lyhord.rendering.writing import write_atomically

RECORDS = ".records"
INDEX = "index.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a report: its format, its name relative to the folder, and its size in bytes."""

    format: str
    name: str
    size: int


@dataclass(frozen=True)
class ReportRecord:
    """One report as it stands in the folder."""

    id: str
    stamp: str
    organisation: str
    municipality: str
    instrument: str
    title: str
    round: str
    language: str
    fictitious: bool
    files: tuple[FileRecord, ...]
    withheld: tuple[tuple[str, str], ...] = field(default=())

    def formats(self) -> frozenset[str]:
        """The formats it was made in."""
        return frozenset(file.format for file in self.files)


def read_record(folder: Path, report_id: str) -> ReportRecord | None:
    """The record of one report; None where there is none or it cannot be read, so that the report is made again."""
    try:
        return _record(json.loads(_path(folder, report_id).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_record(folder: Path, record: ReportRecord) -> None:
    """Store the record, whole or not at all."""
    path = _path(folder, record.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps(asdict(record), ensure_ascii=False, indent=1).encode())


def files_in_place(folder: Path, record: ReportRecord, formats: Iterable[str]) -> bool:
    """Whether every wanted format is recorded and lies in the folder with the size it was written with."""
    by_format = {file.format: file for file in record.files}
    return all(
        wanted in by_format and _has_size(folder / by_format[wanted].name, by_format[wanted].size) for wanted in formats
    )


def write_index(folder: Path) -> tuple[ReportRecord, ...]:
    """Write ``index.json`` from all readable records whose files are in place; returns them."""
    paths = sorted((folder / RECORDS).glob("*.json"))
    found = [record for path in paths if (record := read_record(folder, path.stem)) is not None]
    records = tuple(record for record in found if files_in_place(folder, record, record.formats()))
    content = {"version": VERSION, "reports": [_entry(record) for record in records]}
    write_atomically(folder / INDEX, json.dumps(content, ensure_ascii=False, indent=1).encode())
    return records


def _entry(record: ReportRecord) -> dict[str, object]:
    entry = asdict(record)
    del entry["stamp"]
    return entry


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _path(folder: Path, report_id: str) -> Path:
    return folder / RECORDS / f"{report_id}.json"


def _record(content: dict[str, object]) -> ReportRecord:
    files = content.pop("files")
    withheld = content.pop("withheld")
    if not isinstance(files, Sequence) or not isinstance(withheld, Sequence):
        raise TypeError("files and withheld must be lists")
    pairs = tuple((str(what), str(why)) for what, why in withheld)
    texts = {str(key): value for key, value in content.items()}
    return ReportRecord(**texts, files=tuple(FileRecord(**file) for file in files), withheld=pairs)  # type: ignore[arg-type]  # a wrong record raises TypeError and is made again
