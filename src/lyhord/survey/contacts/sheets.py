"""The first sheet of a workbook (XLSX) row by row, in memory that does not grow with its rows."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final
from xml.parsers import expat

from lyhord.files.errors import DamagedFileError
from lyhord.files.workbook import guard

CHUNK: Final = 1 << 16
BOOK, LINKS, STYLES, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml"
DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})  # ECMA-376, 18.8.30
NOT_SHOWN: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # of a number format: words, single signs, colours and regions
DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's dates have no zone
DAY_ZERO_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
MILLISECONDS: Final = 24 * 60 * 60 * 1000
COLUMN: Final = re.compile(r"[A-Z]{1,3}")
Row = tuple[int, list[str]]
Started = Callable[[str, Mapping[str, str]], None]


class Sheet:
    """The rows of the first sheet that has any. ``read`` of ``size`` bytes have been gone through.

    DamagedFileError or TooLargeError, on opening or on the way, for what is no whole workbook.
    """

    def __init__(self, path: Path) -> None:
        guard(path)
        self.path = path
        self.read, self.size = 0, 1

    def rows(self) -> Iterator[Row]:
        """Number and cells of each row that holds anything; a cell's text is what a person would have typed."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                yield from self._rows(archive)
        except (zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, EOFError, OSError, ValueError) as error:
            raise DamagedFileError("truncated", file=self.path.name, detail=str(error)) from None

    def _rows(self, archive: zipfile.ZipFile) -> Iterator[Row]:
        book = _Book(archive)
        for name in book.sheets:
            reader = _Reader(book)
            self.read, self.size = 0, max(archive.getinfo(name).file_size, 1)
            found = False
            for size in _parsed(archive, name, reader.start, reader.end, reader.text):
                self.read = size
                found = found or bool(reader.rows)
                yield from reader.rows
                reader.rows.clear()
            if found:
                return


class _Book:
    """What the cells of a workbook refer to: its sheets in their order, its texts, and which styles are dates."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.day_zero = DAY_ZERO
        links: dict[str, str] = {}
        shown: list[str] = []

        def link(kind: str, given: Mapping[str, str]) -> None:
            if kind == "Relationship":
                links[given.get("Id", "")] = given.get("Target", "")

        def sheet(kind: str, given: Mapping[str, str]) -> None:
            if kind == "sheet":
                shown.extend(value for name, value in given.items() if name.rpartition(" ")[2] == "id")
            elif kind == "workbookPr" and given.get("date1904") in ("1", "true"):
                self.day_zero = DAY_ZERO_1904

        _read(archive, LINKS, link)
        _read(archive, BOOK, sheet)
        inside = set(archive.namelist())
        paths = [posixpath.normpath(posixpath.join("/xl", links.get(one, ""))).lstrip("/") for one in shown]
        self.sheets = [path for path in paths if path in inside and "worksheets/" in path]
        self.dates = _dates(archive) if STYLES in inside else frozenset()
        self.texts = _Texts(archive, STRINGS in inside)

    def moment(self, days: float) -> str:
        """A number in a cell whose style is a date: as a date, a date and a time, or a time of the day."""
        span = timedelta(milliseconds=round(days * MILLISECONDS))
        if 0 <= days < 1:
            return str((DAY_ZERO + span).time())
        found = self.day_zero + span
        return found.date().isoformat() if found.time() == time() else found.isoformat(sep=" ")


class _Texts:
    """The texts that cells share, end to end in one buffer: a million take a fifth of what a list would."""

    def __init__(self, archive: zipfile.ZipFile, there: bool) -> None:
        self._all, self._ends, self._own = bytearray(), array("Q", [0]), _Spelled()
        if there:
            for _ in _parsed(archive, STRINGS, self._own.start, self._end, self._own.text):
                pass

    def _end(self, kind: str) -> None:
        self._own.end(kind)
        if kind == "si":
            self._all += self._own.taken().encode()
            self._ends.append(len(self._all))

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < len(self._ends) - 1:
            raise ValueError(f"a cell refers to text {place} of {len(self._ends) - 1}")
        return self._all[self._ends[place] : self._ends[place + 1]].decode()


class _Spelled:
    """Collects the text of ``t`` elements, without the reading aids of Japanese."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._in_text = self._in_aid = False

    def start(self, kind: str, _: Mapping[str, str]) -> None:
        if kind == "t":
            self._in_text = not self._in_aid
        elif kind == "rPh":
            self._in_aid = True

    def end(self, kind: str) -> None:
        if kind == "t":
            self._in_text = False
        elif kind == "rPh":
            self._in_aid = False

    def text(self, piece: str) -> None:
        if self._in_text:
            self._pieces.append(piece)

    def taken(self) -> str:
        """The text until now; the next begins."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text


class _Reader:
    """Takes the parts of a sheet as they are parsed and puts whole rows in ``rows``."""

    def __init__(self, book: _Book) -> None:
        self.rows: list[Row] = []
        self._book, self._spelled = book, _Spelled()
        self._cells: list[str] = []
        self._number = self._column = 0
        self._value: list[str] | None = None
        self._style = self._type = ""

    def start(self, kind: str, given: Mapping[str, str]) -> None:
        if kind == "c":
            place = COLUMN.match(given.get("r", ""))
            self._column = _column_number(place[0]) if place else len(self._cells) + 1
            self._style, self._type, self._value = given.get("s", "0"), given.get("t", "n"), None
        elif kind == "v":
            self._value = []
        elif kind == "row":
            self._number = int(given.get("r", self._number + 1))
            self._cells = []
        else:
            self._spelled.start(kind, given)

    def text(self, piece: str) -> None:
        if self._value is not None:
            self._value.append(piece)
        else:
            self._spelled.text(piece)

    def end(self, kind: str) -> None:
        if kind == "c":
            text = self._text()
            if text:
                self._cells += [""] * (self._column - 1 - len(self._cells))
                self._cells[self._column - 1 :] = [text]
        elif kind == "row":
            if self._cells:
                self.rows.append((self._number, self._cells))
        else:
            self._spelled.end(kind)

    def _text(self) -> str:
        given, self._value = "".join(self._value or ()), None
        if self._type == "inlineStr":
            given = self._spelled.taken()
        elif self._type == "s" and given:
            given = self._book.texts[int(given)]
        elif self._type == "b":
            given = "ja" if given == "1" else "nej"
        elif self._type == "n" and given:
            given = self._number_text(given)
        return given if given.strip() else ""

    def _number_text(self, given: str) -> str:
        if self._style in self._book.dates:
            return self._book.moment(float(given))
        if given.isdigit():
            return given
        number = float(given)
        return str(int(number)) if number.is_integer() else str(number)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _dates(archive: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the cell styles that show a number as a date or time."""
    formats: dict[str, bool] = {str(number): True for number in DATE_FORMATS}
    styles: list[str] = []
    inside = [False]

    def style(kind: str, given: Mapping[str, str]) -> None:
        if kind == "numFmt":
            shown = NOT_SHOWN.sub("", given.get("formatCode", "")).lower()
            formats[given.get("numFmtId", "")] = bool(set(shown) & set("dmyhs"))
        elif kind in ("cellXfs", "cellStyleXfs", "cellStyles"):
            inside[0] = kind == "cellXfs"
        elif kind == "xf" and inside[0]:
            styles.append(given.get("numFmtId", "0"))

    _read(archive, STYLES, style)
    return frozenset(str(place) for place, number in enumerate(styles) if formats.get(number))


def _read(archive: zipfile.ZipFile, name: str, start: Started) -> None:
    for _ in _parsed(archive, name, start, lambda _: None, lambda _: None):
        pass


def _parsed(
    archive: zipfile.ZipFile, name: str, start: Started, end: Callable[[str], None], text: Callable[[str], None]
) -> Iterator[int]:
    """Parse a part of the workbook a piece at a time; how many bytes have been taken, after each piece.

    Elements are named without their namespace; a document type, which no workbook has, is refused.
    """
    known: dict[str, str] = {}

    def local(full: str) -> str:
        return known.get(full) or known.setdefault(full, full.rpartition(" ")[2])

    def refuse(*_: object) -> None:
        raise ValueError(f"{name} has a document type")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda full, given: start(local(full), given)
    parser.EndElementHandler = lambda full: end(local(full))
    parser.CharacterDataHandler = text
    size = 0
    with archive.open(name) as stream:
        while piece := stream.read(CHUNK):
            parser.Parse(piece, False)
            size += len(piece)
            yield size
    parser.Parse(b"", True)
    yield size
