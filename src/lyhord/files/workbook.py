"""XLSX answer files: guarded against bombs and damage before a library opens them."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, ZipError

from lyhord.files.errors import DamagedFileError, FileError, TooLargeError

MOST_MEMBERS = 2_000
MOST_UNPACKED = 1 << 30  # bytes: a million rows of answers unpack to about 300 MB
MOST_TIMES_LARGER = 250  # a sheet of equal rows reaches about 100
RATIO_MATTERS_ABOVE = 20 << 20
MOST_CELLS = 20_000_000  # the reader lays the used rectangle out densely
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_CELL_PLACE = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_CHUNK = 1 << 18
_LOCAL_HEADER = 30

Value = int | float | str | bool | time | date | datetime | timedelta


@dataclass
class _Rectangle:
    """The far corner of the cells seen in a sheet."""

    columns: int = 0
    rows: int = 0

    def take(self, piece: bytes) -> None:
        for letters, row in _CELL_PLACE.findall(piece):
            self.rows = max(self.rows, int(row))
            self.columns = max(self.columns, _column_number(letters))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def guard(path: Path) -> None:
    """Refuse a workbook that is damaged, locked or would unpack beyond the limits.

    Every member is unpacked once in pieces and thrown away, since the sizes a zip file declares may be false.
    Raises DamagedFileError or TooLargeError.
    """
    with path.open("rb") as stream:
        if stream.read(4) == _COMPOUND_FILE:
            raise FileError("old_or_locked_workbook", file=path.name)
        try:
            with zipfile.ZipFile(stream) as archive:
                _guard_members(path, stream, archive.infolist())
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise DamagedFileError("truncated", file=path.name, detail=str(error)) from None


def _guard_members(path: Path, stream: BinaryIO, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise TooLargeError("too_large_inside", file=path.name, detail=f"{len(members)} > {MOST_MEMBERS} zip members")
    most = min(MOST_UNPACKED, max(RATIO_MATTERS_ABOVE, path.stat().st_size * MOST_TIMES_LARGER))
    unpacked = 0
    for member in members:
        corner = _Rectangle()
        sheet = member.filename.startswith("xl/worksheets/")
        for piece in _unpacked_pieces(stream, member):
            unpacked += len(piece)
            if unpacked > most:
                raise TooLargeError("too_large_inside", file=path.name, detail=f"> {most >> 20} MB")
            if sheet:
                corner.take(piece)
        if corner.columns * corner.rows > MOST_CELLS:
            detail = f"{corner.columns} × {corner.rows} > {MOST_CELLS} celler/cells"
            raise TooLargeError("too_large_inside", file=path.name, detail=detail)


def _unpacked_pieces(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's true bytes, whatever sizes its headers declare."""
    if member.flag_bits & 1:
        raise zipfile.BadZipFile(f"{member.filename} is encrypted")
    stream.seek(member.header_offset)
    local = stream.read(_LOCAL_HEADER)
    if len(local) < _LOCAL_HEADER or local[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(f"{member.filename} has no header")
    stream.seek(int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little"), 1)
    if member.compress_type == zipfile.ZIP_STORED:
        yield from _stored(stream, member.compress_size)
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(stream)
    else:
        raise zipfile.BadZipFile(f"{member.filename}: compression {member.compress_type}")


def _stored(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0:
        piece = stream.read(min(size, _CHUNK))
        if not piece:
            raise EOFError("the file ends in the middle of a member")
        size -= len(piece)
        yield piece


def _inflated(stream: BinaryIO) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    packed = b""
    while not inflater.eof:
        packed = packed or stream.read(_CHUNK)
        if not packed:
            raise EOFError("the file ends in the middle of a member")
        yield inflater.decompress(packed, _CHUNK)
        packed = inflater.unconsumed_tail


def rows_of(path: Path) -> list[list[str | None]]:
    """The rows of the first sheet that has any, as text; the first is the heading row and empty cells are None."""
    guard(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows:
                return [[_as_text(value) for value in row] for row in rows]
    except (CalamineError, ZipError, OSError) as error:
        raise DamagedFileError("truncated", file=path.name, detail=str(error)) from None
    raise DamagedFileError("empty", file=path.name)


def _as_text(value: Value) -> str | None:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    text = str(value)
    return text if text.strip() else None
