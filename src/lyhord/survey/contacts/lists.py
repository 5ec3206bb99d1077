"""Lists of contacts as they lie in a file: the heading row, and the rows below it a batch at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Final

from django.utils.translation import get_language

from lyhord.files.errors import DamagedFileError, FileError
from lyhord.files.text_shape import LONGEST_LINE, TextShape, shape_of
from lyhord.survey.contacts.columns import Field, Mapped
from lyhord.survey.contacts.sheets import Sheet
from lyhord.survey.errors import SurveyError

BATCH: Final = 10_000
ZIP: Final = b"PK\x03\x04"
COMPOUND: Final = b"\xd0\xcf\x11\xe0"
LOOK_EVERY: Final = 64  # rows between looks at how far the file has been read
Record = list[str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows by column, and how much of the list has been read with them, 0-100.

    ``numbers`` count as a spreadsheet does. A field that the list lacks has no column.
    """

    numbers: Sequence[int]
    columns: Mapping[Field, Sequence[str]]
    percent: int


class ContactList:
    """A list in a file, called ``name``. SurveyError, in the language at hand, says what is wrong and what to do."""

    def __init__(self, path: Path, name: str = "") -> None:
        self.path, self.name = path, name or path.name
        self._shape: TextShape | None = None
        self._sheet: Sheet | None = None
        self._read, self._size = 0, 1
        try:
            self.headings = self._opened()
        except FileError as error:
            raise self.fault(error) from None

    def fault(self, error: FileError) -> SurveyError:
        """What is wrong with the file, by the name that its sender knows it by."""
        said = {**error.particulars, "file": self.name}
        return SurveyError(str(FileError(error.fault, language=get_language() or "sv", **said)))

    def _opened(self) -> tuple[str, ...]:
        with self.path.open("rb") as stream:
            start = stream.read(4)
        if start in (ZIP, COMPOUND):
            self._sheet = Sheet(self.path)
            _, headings = next(self._sheet.rows(), (0, []))
            if not headings:
                raise DamagedFileError("empty", file=self.path.name)
            return tuple(heading.strip() for heading in headings)
        self._shape = shape_of(self.path, least_columns=1)
        return tuple(heading.strip() for heading in self._shape.header)

    def batches(self, mapping: Mapped, skip: int = 0) -> Iterator[Batch]:
        """The rows below the heading in batches, without the first ``skip``; empty rows are passed over."""
        places = {field: self.headings.index(mapping[field]) for field in Field if field in mapping}
        remaining = islice(self._records(), skip, None)
        try:
            while batch := list(islice(remaining, BATCH)):
                numbers, records = zip(*batch, strict=True)
                yield Batch(numbers, _columns(records, places), self._percent())
        except FileError as error:
            raise self.fault(error) from None

    def sample(self, count: int = 3) -> tuple[tuple[str, ...], ...]:
        """The first rows as they stand, to choose columns by."""
        return tuple(tuple(record) for _, record in islice(self._records(), count))

    def _records(self) -> Iterator[tuple[int, Record]]:
        if self._sheet is not None:
            return self._from_sheet(self._sheet)
        return self._from_text(self._shape) if self._shape else iter(())

    def _percent(self) -> int:
        return min(100 * self._read // self._size, 100)

    def _from_sheet(self, sheet: Sheet) -> Iterator[tuple[int, Record]]:
        for number, cells in islice(sheet.rows(), 1, None):
            self._read, self._size = sheet.read, sheet.size
            yield number, cells

    def _from_text(self, shape: TextShape) -> Iterator[tuple[int, Record]]:
        csv.field_size_limit(LONGEST_LINE)
        self._size = max(self.path.stat().st_size, 1)
        with self.path.open("rb") as raw, io.TextIOWrapper(raw, encoding=shape.encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=shape.delimiter)
            try:
                next(reader)
                began = reader.line_num + 1
                for record in reader:
                    if any(record):
                        if not began % LOOK_EVERY:
                            self._read = raw.tell()
                        yield began, record
                    began = reader.line_num + 1
            except csv.Error:
                raise DamagedFileError("open_quote", file=self.path.name, row=reader.line_num) from None


def _columns(records: Sequence[Record], places: Mapping[Field, int]) -> dict[Field, list[str]]:
    """The records by field, without blanks around; cells that are lacking at the end of a record are empty."""
    width = max(places.values()) + 1
    if min(map(len, records)) < width:
        records = [record if len(record) >= width else record + [""] * (width - len(record)) for record in records]
    return {field: list(map(str.strip, map(itemgetter(place), records))) for field, place in places.items()}
