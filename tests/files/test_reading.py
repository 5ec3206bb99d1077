"""One entry for every kind of file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from tests.builders import EXEMPELKOPING
from tests.files.answer_files import (
    HEADER,
    PLACES,
    a_call,
    a_letter,
    csv_text,
    flat,
    one_call,
    read,
    reading_of,
    survey,
    written,
)

from lyhord.files.engines import LARGE, Engine, engine_for
from lyhord.files.errors import FileError, WrongFileError
from lyhord.files.reading import read_answers

ANSWERS = [a_call(kommentar="Tack"), a_call(bemotande="1", arendekategori="bygglov"), a_letter()]


def as_workbook(path: Path) -> Path:
    """The answers as a spreadsheet program writes them: grades and codes as numbers, under an empty row."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(1, 0, HEADER)
        for row, answer in enumerate(ANSWERS, start=2):
            for column, name in enumerate(HEADER):
                text = answer.get(name, "")
                if text:
                    sheet.write(row, column, int(text) if text.isdigit() else text)
    return path


def as_parquet(path: Path) -> Path:
    """The answers with typed columns: grades as integers, dates as dates, categories as a dictionary."""
    frame = pl.DataFrame({name: [answer.get(name) for answer in ANSWERS] for name in HEADER})
    frame.with_columns(
        pl.col("bemotande", "enkelhet", "tydlighet").cast(pl.Int8()),
        pl.col("datum").str.to_date(),
        pl.col("arendekategori").cast(pl.Categorical()),
    ).write_parquet(path)
    return path


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: as_workbook(folder / "svar.xlsx"),
        lambda folder: as_parquet(folder / "svar.parquet"),
        lambda folder: written(folder, csv_text(ANSWERS, delimiter=",")),
        lambda folder: written(folder, csv_text(ANSWERS, delimiter="\t")),
        lambda folder: written(folder, csv_text(ANSWERS).replace("\n", "\r\n"), encoding="utf-8-sig"),
        lambda folder: written(folder, csv_text(ANSWERS).replace("Tack", '"Tack"')),
        lambda folder: written(folder, csv_text(ANSWERS), encoding="utf-16"),
    ],
    ids=["xlsx", "parquet", "comma", "tab", "bom and crlf", "quoted", "utf-16"],
)
def test_every_format_gives_the_same_counts(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    plain = read(tmp_path, ANSWERS)
    reading = reading_of(make(tmp_path))
    assert reading.rejects == ()
    assert reading.counts == plain.counts


def test_duckdb_reads_a_parquet_file_where_it_lies(tmp_path: Path) -> None:
    assert reading_of(as_parquet(tmp_path / "svar.parquet"), "duckdb").counts == read(tmp_path, ANSWERS).counts


def test_windows_1252_is_detected(tmp_path: Path) -> None:
    text = csv_text([a_call(kommun="Exempelköping", kommentar="på")])
    reading = reading_of(written(tmp_path, text, encoding="cp1252"))
    assert (reading.rows_counted, reading.rows_rejected) == (1, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"kommun": "exempelköpings kommun"},
        {"kommun": " Exempelköping "},
        {"kommun": "9901.0"},
        {"kanal": "Telefon"},
        {"kanal": "SMS"},
        {"bemotande": "5.0"},
        {"bemotande": "5 – bäst"},
        {"datum": "2023-03-13 14:55"},
        {"datum": "2023-03-13T14:55:01"},
    ],
)
def test_other_spellings_are_understood(tmp_path: Path, changes: dict[str, str]) -> None:
    assert flat(read(tmp_path, [a_call(**changes)])) == one_call()


def test_headings_may_be_swedish_words_or_full_ids(tmp_path: Path) -> None:
    header = ["Kommun", "Kanal", "Datum", "Tel.Bemötande", "tel_enkelhet"]
    text = ";".join(header) + f"\n{EXEMPELKOPING};e-post;2023-03-13;;\n{EXEMPELKOPING};tel;2023-03-13;5;4\n"
    reading = reading_of(written(tmp_path, text))
    assert flat(reading) == one_call()
    assert [reject.fault for reject in reading.rejects] == ["no_answer"]


def test_the_only_municipality_needs_no_column(tmp_path: Path) -> None:
    header = [name for name in HEADER if name != "kommun"]
    path = written(tmp_path, csv_text([a_call()], header))
    reading = read_answers(path, survey(), round_id="2023", municipalities=PLACES[:1])
    assert flat(reading) == one_call()


def test_unknown_columns_are_named_and_passed_over(tmp_path: Path) -> None:
    reading = reading_of(written(tmp_path, csv_text([a_call(Handläggare="X")], [*HEADER, "Handläggare"])))
    assert reading.ignored_columns == ("Handläggare",)


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    once = written(tmp_path, csv_text(ANSWERS), "a.csv")
    again = written(tmp_path, csv_text(ANSWERS), "b.csv")
    assert reading_of([once, again]) == reading_of(once)


def test_an_answer_id_counts_once_over_several_files(tmp_path: Path) -> None:
    first = written(tmp_path, csv_text([a_call(svar_id="1"), a_call(svar_id="2")]), "a.csv")
    second = written(tmp_path, csv_text([a_call(svar_id="2"), a_call(svar_id="3", bemotande="1")]), "b.csv")
    reading = reading_of([first, second])
    assert reading.rows_counted == 3
    assert [(reject.file, reject.row, reject.fault) for reject in reading.rejects] == [("b.csv", 2, "duplicate_id")]


def test_the_digest_tells_content_not_name(tmp_path: Path) -> None:
    one, other = (written(tmp_path, csv_text(ANSWERS), name) for name in ("a.csv", "b.csv"))
    third = written(tmp_path, csv_text(ANSWERS[:1]), "c.csv")
    assert reading_of(one).digest == reading_of(other).digest != reading_of(third).digest


@pytest.mark.parametrize(
    ("header", "error", "named"),
    [
        ("PhoneNumberOrEmail;AgentRefCode;SurveyRefCode;LanguageCode", WrongFileError, "kontaktfil"),
        ("round;instrument;municipality;channel;breakdown;value;item;option;count", WrongFileError, "antal"),
        ("kommun;kanal;bemotande;bemötande", FileError, "bemotande / bemötande"),
        ("kanal;bemotande", FileError, "kommun"),
        ("kommun;kanal;väder", FileError, "skr-servicematning-2023"),
        ("kommun|kanal|bemotande", FileError, "semikolon"),
    ],
)
def test_a_heading_row_that_cannot_be_used_is_explained(
    tmp_path: Path, header: str, error: type[FileError], named: str
) -> None:
    with pytest.raises(error, match="(?s)svar.csv.*" + named.replace("|", r"\|")):
        reading_of(written(tmp_path, header + "\n1;2;3;4;5;6;7;8;9\n"))


def test_messages_come_in_english_too(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="the column kommun is missing"):
        read_answers(
            written(tmp_path, "kanal;bemotande\ntel;5\n"),
            survey(),
            round_id="2023",
            municipalities=PLACES,
            language="en",
        )


def test_an_unknown_engine_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="polars eller duckdb"):
        reading_of(written(tmp_path, csv_text(ANSWERS)), "excel")


def test_large_files_go_to_the_engine_with_bounded_memory(tmp_path: Path) -> None:
    small, large = written(tmp_path, csv_text(ANSWERS)), tmp_path / "stor.csv"
    with large.open("wb") as stream:
        stream.truncate(LARGE + 1)
    assert engine_for("auto", [small]) is Engine.POLARS
    assert engine_for("auto", [small, large]) is Engine.DUCKDB
    assert engine_for("polars", [large]) is Engine.POLARS
