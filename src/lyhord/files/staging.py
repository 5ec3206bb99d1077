"""Every kind of answer file on one path: staged as Parquet of text columns, in bounded memory, gone afterwards."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import narwhals as nw
import polars as pl

from lyhord.files.columns import Columns, understood
from lyhord.files.engines import ROW, Frame, Session
from lyhord.files.errors import DamagedFileError, FileError
from lyhord.files.text_shape import CHUNK, LONGEST_LINE, TextShape, shape_of
from lyhord.files.workbook import rows_of
from lyhord.instruments.definition import Instrument

SURPLUS = "_surplus"  # what stands in a row beyond its last heading
BATCH = 100_000
MOST_LINES_IN_A_RECORD = 1_000  # a comment may hold line breaks; a thousand means a quote was never closed
_PARQUET_MARK = b"PAR1"
_ZIP_MARK = b"PK\x03\x04"
_COMPOUND_MARK = b"\xd0\xcf\x11\xe0"

Row = tuple[int, Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Staged:
    """One answer file, ready to be opened by an engine. ``direct`` is True for a Parquet file read where it lies."""

    name: str
    parts: tuple[Path, ...]
    columns: Columns
    digest: str
    direct: bool

    def frame(self, session: Session) -> Frame:
        """The understood columns as text, canonically named, with ``_row`` and, for text files, ``_surplus``."""
        frame = session.opened(self.parts, numbered=self.direct)
        if not self.direct:
            return frame
        texts = [nw.col(heading).cast(nw.String).alias(name) for name, heading in self.columns.headings.items()]
        return frame.select(nw.col(ROW).cast(nw.Int64), *texts)


def staged(path: Path, instrument: Instrument, folder: Path) -> Staged:
    """Recognise a file by its first bytes and stage it in ``folder``.

    Raises FileError or one of its kind; the message names the file, the row where there is one, and the remedy.
    """
    start = _first_bytes(path)
    if start.startswith(_PARQUET_MARK):
        return _parquet(path, instrument)
    if start.startswith((_ZIP_MARK, _COMPOUND_MARK)):
        return _workbook(path, instrument, folder)
    if path.suffix.casefold() in (".parquet", ".xlsx"):
        raise DamagedFileError("truncated", file=path.name, detail=path.suffix)
    return _text(path, instrument, folder)


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError:
        raise FileError("not_found", file=path.name) from None
    if not start:
        raise DamagedFileError("empty", file=path.name)
    return start


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _parquet(path: Path, instrument: Instrument) -> Staged:
    try:
        schema = pl.scan_parquet(path, glob=False).collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DamagedFileError("truncated", file=path.name, detail=str(error).splitlines()[0][:120]) from None
    columns = understood(path.name, schema.names(), instrument)
    for heading in columns.headings.values():
        if schema[heading].is_nested() or schema[heading] in (pl.Binary, pl.Object):
            raise FileError("unreadable_column", file=path.name, column=heading, detail=schema[heading])
    return Staged(path.name, (path,), columns, _digest(path), direct=True)


def _workbook(path: Path, instrument: Instrument, folder: Path) -> Staged:
    rows = rows_of(path)
    heading_at = next((index for index, row in enumerate(rows) if any(row)), 0)
    header = [heading or "" for heading in rows[heading_at]]
    columns = understood(path.name, header, instrument)
    below = enumerate(rows[heading_at + 1 :], start=heading_at + 2)
    numbered = ((number, row) for number, row in below if any(row))
    parts = _written(numbered, header, columns, folder)
    return Staged(path.name, parts, columns, _digest(path), direct=False)


def _text(path: Path, instrument: Instrument, folder: Path) -> Staged:
    shape = shape_of(path)
    columns = understood(path.name, shape.header, instrument)
    if shape.plain:
        parts = _fast_written(path, shape, columns, folder)
    else:
        parts = _written(_records(path, shape), shape.header, columns, folder)
    return Staged(path.name, parts, columns, shape.digest, direct=False)


def _fast_written(path: Path, shape: TextShape, columns: Columns, folder: Path) -> tuple[Path, ...]:
    """A file without quotes or blank lines: one line is one record, and Polars streams it."""
    places = [f"c{place}" for place in range(len(shape.header))]
    target = folder / "part-0.parquet"
    frame = pl.scan_csv(
        path,
        glob=False,
        separator=shape.delimiter,
        quote_char=None,
        has_header=False,
        skip_lines=1,
        schema=dict.fromkeys([*places, SURPLUS], pl.String()),
        extra_columns="ignore",
        missing_columns="insert",
        row_index_name=ROW,
        row_index_offset=2,
    )
    wanted = [pl.col(places[place]).alias(name) for name, place in _places(columns, shape.header).items()]
    rows = frame.select(pl.col(ROW).cast(pl.Int64), *wanted, SURPLUS)
    filled = rows.filter(pl.any_horizontal(pl.exclude(ROW).is_not_null()))
    try:
        filled.sink_parquet(target, compression="lz4")
    except pl.exceptions.PolarsError as error:
        raise DamagedFileError("truncated", file=path.name, detail=str(error).splitlines()[0][:120]) from None
    return (target,)


def _records(path: Path, shape: TextShape) -> Iterator[Row]:
    """Records with the number of the line each begins on, through Python's forgiving CSV reader."""
    csv.field_size_limit(LONGEST_LINE)
    began = 1
    with path.open(encoding=shape.encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=shape.delimiter)
        try:
            for record in reader:
                if reader.line_num - began > MOST_LINES_IN_A_RECORD:
                    raise DamagedFileError("open_quote", file=path.name, row=began)
                if began > 1 and any(record):
                    yield began, [text or None for text in record]
                began = reader.line_num + 1
        except csv.Error:
            raise DamagedFileError("open_quote", file=path.name, row=began) from None


def _places(columns: Columns, header: Sequence[str]) -> dict[str, int]:
    return {name: list(header).index(heading) for name, heading in columns.headings.items()}


def _written(rows: Iterable[Row], header: Sequence[str], columns: Columns, folder: Path) -> tuple[Path, ...]:
    places = _places(columns, header)
    parts: list[Path] = []
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        part = folder / f"part-{len(parts)}.parquet"
        _as_frame(batch, places, len(header)).write_parquet(part, compression="lz4")
        parts.append(part)
    if not parts:
        part = folder / "part-0.parquet"
        _as_frame([], places, len(header)).write_parquet(part)
        parts.append(part)
    return tuple(parts)


def _as_frame(batch: Sequence[Row], places: dict[str, int], width: int) -> pl.DataFrame:
    def at(place: int) -> list[str | None]:
        return [row[place] if place < len(row) else None for _, row in batch]

    def beyond(row: Sequence[str | None]) -> str | None:
        return " ".join(text for text in row[width:] if text) or None

    data: dict[str, list[int] | list[str | None]] = {ROW: [number for number, _ in batch]}
    data |= {name: at(place) for name, place in places.items()}
    data[SURPLUS] = [beyond(row) for _, row in batch]
    texts = dict.fromkeys([*places, SURPLUS], pl.String())
    return pl.DataFrame(data, schema={ROW: pl.Int64(), **texts})
