"""Files made to break things, or broken: each gets a clear error and leaves nothing behind."""

from __future__ import annotations

import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from tests.files.answer_files import HEADER, a_call, csv_text, reading_of, written

from lyhord.files import staging, vocabulary, workbook
from lyhord.files.errors import DamagedFileError, FileError, TooLargeError

SOUND = csv_text([a_call()])
TWO_GIGABYTES = 2 << 30


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go during a test, so that what is left can be seen."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def a_workbook(folder: Path, rows: int = 2) -> Path:
    """A sound workbook of answers."""
    path = folder / "svar.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for row in range(1, rows):
            sheet.write_row(row, 0, [a_call().get(name, "") for name in HEADER])
    return path


def refused(path: Path, error: type[FileError], scratch: Path) -> str:
    """The message with which the file is refused; nothing may be left in the scratch folder."""
    with pytest.raises(error) as caught:
        reading_of(path)
    assert list(scratch.iterdir()) == []
    assert path.name in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", DamagedFileError, "tom"),
        (b"\n\n", DamagedFileError, "tom"),
        (";".join(HEADER).encode() + b"\n", FileError, "inga rader"),
        (";".join(HEADER).encode(), FileError, "inga rader"),
        (SOUND.encode() + b"9901;t\0el;\n", DamagedFileError, "rad 3: raden innehåller NUL"),
        (
            SOUND.encode() + "9901;tel;å\n".encode() + "9901;tel;å\n".encode("cp1252"),
            DamagedFileError,
            "rad 4: filen blandar",
        ),
        (SOUND.encode() + b"9901;tel;\x81\xff\n", DamagedFileError, "rad 3: teckenkodningen"),
        (SOUND.encode() + b"9901;tel;" + b"x" * 3_000_000 + b"\n", TooLargeError, "rad 3: raden är längre"),
        (SOUND.encode() + b'9901;tel;"' + b"x\n" * 2_000, DamagedFileError, "rad 3: ett citattecken"),
        (SOUND.replace(";", "|").encode(), FileError, "semikolon, komma eller tabb"),
        (b"%PDF-1.7 binary \x00\x01", DamagedFileError, "rad 1"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, FileError, "lösenordsskyddad"),
        (b"PK\x03\x04" + b"\0" * 600, DamagedFileError, "avkortad"),
        (b"PAR1" + b"\0" * 600, DamagedFileError, "avkortad"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_file_is_refused(
    tmp_path: Path, scratch: Path, content: bytes, error: type[FileError], said: str
) -> None:
    assert said in refused(written(tmp_path, content), error, scratch)


def test_a_missing_file_is_refused(tmp_path: Path, scratch: Path) -> None:
    assert "finns inte" in refused(tmp_path / "svar.csv", FileError, scratch)


@pytest.mark.parametrize("part", [0.02, 0.5, 0.98])
def test_a_truncated_workbook_is_refused(tmp_path: Path, scratch: Path, part: float) -> None:
    path = a_workbook(tmp_path, rows=50)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    assert "avkortad" in refused(path, DamagedFileError, scratch)


def test_a_workbook_that_is_only_zeros_is_refused(tmp_path: Path, scratch: Path) -> None:
    assert "avkortad" in refused(written(tmp_path, bytes(5_000), "svar.xlsx"), DamagedFileError, scratch)


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "svar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (64 << 20))
    assert "packas upp till mer" in refused(path, TooLargeError, scratch)


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "svar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * (64 << 20))
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 64 << 20), struct.pack("<I", 10)))
    assert "packas upp till mer" in refused(path, TooLargeError, scratch)


def test_a_zip_of_very_many_members_is_refused(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "svar.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(workbook.MOST_MEMBERS + 1):
            archive.writestr(f"{number}.xml", b"")
    assert "zip members" in refused(path, TooLargeError, scratch)


def test_two_cells_far_apart_do_not_fill_the_memory(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "svar.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "kommun")
        sheet.write(1_048_575, 16_383, "kanal")
    assert "16384 × 1048576" in refused(path, TooLargeError, scratch)


@pytest.mark.parametrize("name", ["svar.csv", "svar.xlsx", "svar.parquet"])
def test_two_gigabytes_of_nothing_are_refused_at_once(tmp_path: Path, scratch: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.write(SOUND.encode())
        stream.truncate(TWO_GIGABYTES)
    refused(path, DamagedFileError, scratch)


def test_a_column_of_very_many_values_is_refused(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "MOST_VALUES", 5)
    path = written(tmp_path, csv_text([a_call(bemotande=str(number)) for number in range(20)]))
    assert "bemotande har fler än 5" in refused(path, TooLargeError, scratch)


def test_rows_are_staged_in_batches(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "BATCH", 3)
    text = csv_text([a_call(kommentar=f'"{number}"') for number in range(10)])
    assert reading_of(written(tmp_path, text)).rows_counted == 10
    assert list(scratch.iterdir()) == []


def test_a_stray_quote_is_text(tmp_path: Path) -> None:
    reading = reading_of(written(tmp_path, csv_text([a_call(kommentar='5" rör'), a_call()])))
    assert reading.rows_counted == 2


@pytest.mark.parametrize("answer", [a_call(kommun="=HYPERLINK(1)"), a_call(kanal="'; DROP TABLE svar; --")])
def test_code_in_a_field_is_only_text(tmp_path: Path, answer: dict[str, str]) -> None:
    for engine in ("polars", "duckdb"):
        reading = reading_of(written(tmp_path, csv_text([a_call(), answer])), engine)
        assert (reading.rows_counted, reading.rows_rejected) == (1, 1)
