"""Lists of contacts as they lie in a file: the heading row, and the rows below it a batch at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from lyhord.files.errors import DamagedFileError, FileError
from lyhord.files.text_shape import LONGEST_LINE, TextShape, shape_of
from lyhord.files.workbook import rows_of
from lyhord.survey.contacts.columns import Field, Mapped
from lyhord.survey.errors import SurveyError

BATCH: Final = 5_000
ZIP: Final = b"PK\x03\x04"
COMPOUND: Final = b"\xd0\xcf\x11\xe0"
FIELDS: Final = tuple(Field)
Record = Sequence[str | None]


class Row(NamedTuple):
    """One row by field; ``number`` counts as a spreadsheet does. A field that the list lacks is empty."""

    number: int
    address: str
    phone: str
    email: str
    language: str
    key: str
    method: str
    contacted: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows, and how much of the list has been read with them, 0-100."""

    rows: tuple[Row, ...]
    percent: int


class ContactList:
    """A list in a file. SurveyError, in Swedish, says what is wrong with it and what to do."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._shape: TextShape | None = None
        self._cells: list[list[str | None]] = []
        try:
            self.headings = self._opened()
        except FileError as error:
            raise SurveyError(str(error)) from None

    def _opened(self) -> tuple[str, ...]:
        with self.path.open("rb") as stream:
            start = stream.read(4)
        if start in (ZIP, COMPOUND):
            self._cells = rows_of(self.path)
            return tuple((heading or "").strip() for heading in self._cells[0])
        self._shape = shape_of(self.path)
        return tuple(heading.strip() for heading in self._shape.header)

    def batches(self, mapping: Mapped, skip: int = 0) -> Iterator[Batch]:
        """The rows below the heading in batches, without the first ``skip``; empty rows are passed over."""
        places = [self.headings.index(mapping[field]) if field in mapping else None for field in FIELDS]
        records = self._from_text() if self._shape else self._from_cells()
        remaining = islice(records, skip, None)
        try:
            while batch := list(islice(remaining, BATCH)):
                yield Batch(tuple(_row(number, record, places) for number, record, _ in batch), batch[-1][2])
        except FileError as error:
            raise SurveyError(str(error)) from None

    def sample(self, count: int = 3) -> tuple[tuple[str, ...], ...]:
        """The first rows as they stand, to choose columns by."""
        records = self._from_text() if self._shape else self._from_cells()
        return tuple(tuple(cell or "" for cell in record) for _, record, _ in islice(records, count))

    def _from_cells(self) -> Iterator[tuple[int, Record, int]]:
        last = max(len(self._cells) - 1, 1)
        for place in range(1, len(self._cells)):
            record = self._cells[place]
            if any(record):
                yield place + 1, record, 100 * place // last

    def _from_text(self) -> Iterator[tuple[int, Record, int]]:
        shape = self._shape
        if shape is None:
            raise SurveyError("The list is a workbook and has no text. Read its cells.")
        csv.field_size_limit(LONGEST_LINE)
        size = max(self.path.stat().st_size, 1)
        with self.path.open("rb") as raw, io.TextIOWrapper(raw, encoding=shape.encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=shape.delimiter)
            try:
                next(reader)
                began = reader.line_num + 1
                for record in reader:
                    if any(record):
                        yield began, record, min(100 * raw.tell() // size, 100)
                    began = reader.line_num + 1
            except csv.Error:
                raise DamagedFileError("open_quote", file=self.path.name, row=reader.line_num) from None


def _row(number: int, record: Record, places: Sequence[int | None]) -> Row:
    width = len(record)
    return Row(number, *[(record[at] or "").strip() if at is not None and at < width else "" for at in places])
