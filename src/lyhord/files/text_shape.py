"""The shape of a text file: its encoding, delimiter and faults, found in one bounded pass over its bytes."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lyhord.files.errors import DamagedFileError, FileError, TooLargeError

CHUNK = 1 << 19  # bytes; below LONGEST_LINE
LONGEST_LINE = 1_000_000  # characters; a record of answers with a long comment is a few thousand
DELIMITERS = (";", "\t", ",")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SWEDISH_UTF8 = tuple(letter.encode() for letter in "åäöÅÄÖéÉ")


@dataclass(frozen=True, slots=True)
class TextShape:
    """How to read one text file. ``quoted`` is False where no quote occurs; ``blank_lines`` where a line is empty."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    quoted: bool
    blank_lines: bool
    digest: str

    @property
    def plain(self) -> bool:
        """Whether every line is one record and every delimiter a border, so that a fast reader may be used."""
        return self.encoding in ("utf-8", "utf-8-sig") and not self.quoted and not self.blank_lines


class _Survey:
    """What one pass over the bytes has seen so far."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self.digest = hashlib.sha256()
        self.lines = 0
        self.line_length = 0
        self.quoted = self.blank_lines = self.swedish = False
        self.bad_utf8_row: int | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def take(self, chunk: bytes, *, last: bool) -> None:
        self.digest.update(chunk)
        if self.encoding == "utf-16":
            return
        self._refuse_nul(chunk)
        self._check_utf8(chunk, last=last)
        self._measure_lines(chunk)
        self.quoted = self.quoted or b'"' in chunk
        self.blank_lines = self.blank_lines or b"\n\n" in chunk or b"\n\r\n" in chunk or self._lone_returns(chunk)
        self.swedish = self.swedish or any(letter in chunk for letter in _SWEDISH_UTF8)
        self.lines += chunk.count(b"\n")

    @staticmethod
    def _lone_returns(chunk: bytes) -> bool:
        return chunk.count(b"\r") != chunk.count(b"\r\n")

    def _refuse_nul(self, chunk: bytes) -> None:
        at = chunk.find(b"\0")
        if at >= 0:
            row = self.lines + chunk.count(b"\n", 0, at) + 1
            raise DamagedFileError("nul_bytes", file=self.path.name, row=row)

    def _check_utf8(self, chunk: bytes, *, last: bool) -> None:
        if self.bad_utf8_row is not None:
            return
        try:
            self._decoder.decode(chunk, final=last)
        except UnicodeDecodeError as error:
            self.bad_utf8_row = self.lines + chunk.count(b"\n", 0, error.start) + 1

    def _measure_lines(self, chunk: bytes) -> None:
        """Only a line that crosses a chunk's border can be too long: the longest is longer than a chunk."""
        first = chunk.find(b"\n")
        self._limit(self.line_length + (len(chunk) if first < 0 else first), self.lines + 1)
        self.line_length = self.line_length + len(chunk) if first < 0 else len(chunk) - chunk.rfind(b"\n") - 1

    def _limit(self, length: int, row: int) -> None:
        if length > LONGEST_LINE:
            raise TooLargeError("huge_line", file=self.path.name, row=row, limit=LONGEST_LINE)

    def settled_encoding(self) -> str:
        """UTF-8 where it decodes, else Windows-1252 unless the file mixes the two or is neither."""
        if self.bad_utf8_row is None or self.encoding == "utf-16":
            return self.encoding
        if self.swedish or self.encoding == "utf-8-sig":
            raise DamagedFileError("mixed_encoding", file=self.path.name, row=self.bad_utf8_row)
        return "cp1252"


def shape_of(path: Path, *, least_columns: int = 2) -> TextShape:
    """Read the whole file once, a megabyte at a time, and tell how it is to be read.

    Raises DamagedFileError for an empty file, NUL bytes, mixed or unknown encodings and a heading row with fewer than
    ``least_columns`` between known delimiters; TooLargeError for a line beyond ``LONGEST_LINE``.
    """
    survey = _Survey(path, _encoding_by_mark(path))
    for chunk, last in _chunks(path):
        survey.take(chunk, last=last)
    encoding = survey.settled_encoding()
    if encoding == "cp1252":
        _refuse_undefined_bytes(path)
    delimiter, header = _heading(path, encoding, least_columns)
    return TextShape(
        encoding, delimiter, header, survey.quoted, survey.blank_lines or survey.lines < 1, survey.digest.hexdigest()
    )


def _encoding_by_mark(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(4)
    if not start:
        raise DamagedFileError("empty", file=path.name)
    return next((name for mark, name in _BOMS if start.startswith(mark)), "utf-8")


def _chunks(path: Path) -> Iterator[tuple[bytes, bool]]:
    with path.open("rb") as stream:
        chunk = stream.read(CHUNK)
        while chunk:
            following = stream.read(CHUNK)
            yield chunk, not following
            chunk = following


def _refuse_undefined_bytes(path: Path) -> None:
    lines = 0
    for chunk, _ in _chunks(path):
        try:
            chunk.decode("cp1252")
        except UnicodeDecodeError as error:
            row = lines + chunk.count(b"\n", 0, error.start) + 1
            raise DamagedFileError("unknown_encoding", file=path.name, row=row) from None
        lines += chunk.count(b"\n")


def _heading(path: Path, encoding: str, least_columns: int) -> tuple[str, tuple[str, ...]]:
    try:
        with path.open(encoding=encoding, newline="") as stream:
            line = stream.readline(LONGEST_LINE)
    except UnicodeError as error:
        raise DamagedFileError("truncated", file=path.name, detail=str(error)) from None
    if not line.strip():
        raise DamagedFileError("empty", file=path.name)
    delimiter = max(DELIMITERS, key=line.count)
    header = tuple(next(csv.reader([line], delimiter=delimiter)))
    if len(header) < least_columns:
        raise FileError("wrong_delimiter", file=path.name, header=line.strip()[:120])
    return delimiter, header
