"""Rows that could not be counted: what was wrong, where, and the file that tells it."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from lyhord.files.messages import ROW_FAULTS
from lyhord.files.whole import written_whole

_HEADINGS = {
    "sv": ("fil", "rad", "fält", "värde", "fel", "åtgärd"),
    "en": ("file", "row", "field", "value", "fault", "remedy"),
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Reject:
    """One fault in one row. ``row`` counts as a text editor or spreadsheet does: the heading row is 1."""

    file: str
    row: int
    field: str
    value: str
    fault: str
    particulars: Mapping[str, str] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    def reason(self, language: str = "sv") -> str:
        """What is wrong."""
        return ROW_FAULTS[self.fault].reason.said(language, self.particulars)

    def remedy(self, language: str = "sv") -> str:
        """What to do about it."""
        return ROW_FAULTS[self.fault].remedy.said(language, self.particulars)


def harmless(text: str) -> str:
    """``text`` as a spreadsheet shows it rather than runs it: a leading = + - @, tab or return gets an apostrophe."""
    clean = text[:_LONGEST_VALUE].replace("\0", "")
    return f"'{clean}" if clean.lstrip(" ").startswith(_FORMULA_STARTS) else clean


def write_rejects(rejects: Iterable[Reject], path: Path, language: str = "sv") -> int:
    """Write the rejects as CSV (UTF-8 with BOM, semicolons) and return how many; the file appears whole or not at all.

    Raises OSError where the folder cannot be written.
    """
    with written_whole(path) as unfinished, unfinished.open("w", encoding="utf-8-sig", newline="") as stream:
        return _write_rows(stream, rejects, language)


def _write_rows(stream: TextIO, rejects: Iterable[Reject], language: str) -> int:
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADINGS["en" if language == "en" else "sv"])
    written = 0
    for reject in rejects:
        fields = (reject.field, reject.value, reject.reason(language), reject.remedy(language))
        writer.writerow([harmless(reject.file), reject.row, *map(harmless, fields)])
        written += 1
    return written
