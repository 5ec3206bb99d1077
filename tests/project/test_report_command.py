"""``lyhord report`` as a person at a terminal meets it: answers in, reports out, and every bad file told plainly."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from lyhord.project.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
SURVEY = "skr-servicematning-2023"


def report(answers: Path, folder: Path, *more: str, instrument: str = SURVEY, also: Path | None = None) -> int:
    """Run the command with the examples' municipalities, one process and a quick format."""
    places = ("--municipalities", str(EXAMPLES / "kommuner.csv"))
    quick = () if "--format" in more else ("--format", "csv")
    return main(
        [
            "report",
            str(answers),
            "--instrument",
            instrument,
            *places,
            *quick,
            "--workers",
            "1",
            "-o",
            str(folder),
            *more,
        ]
    )


def names(folder: Path) -> list[str]:
    """The report files below a folder, without what the production keeps for itself."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if not name.startswith(".records") and name != "index.json")


def answers_file(folder: Path, *rows: str, heading: str = "svar_id;kommun;kanal;datum;bemotande;enkelhet") -> Path:
    """A small answers file."""
    path = folder / "svar.csv"
    path.write_text("\n".join((heading, *rows)) + "\n", encoding="utf-8")
    return path


def good_rows(count: int, start: int = 0) -> list[str]:
    """Sound answers from one municipality."""
    return [f"{start + number};9901;tel;2023-03-14;5;4" for number in range(count)]


def test_all_makes_a_report_for_every_municipality_in_the_file(tmp_path: Path) -> None:
    assert report(EXAMPLES / "svar-2023.csv", tmp_path, "--all") == 0
    assert [name.split("/")[1][:4] for name in names(tmp_path)] == ["9901", "9902", "9903"]


@pytest.mark.parametrize("name", ["svar-2023.xlsx", "svar-2023.parquet"])
def test_every_input_format_gives_the_same_reports(tmp_path: Path, name: str) -> None:
    report(EXAMPLES / "svar-2023.csv", tmp_path / "csv", "--all")
    report(EXAMPLES / name, tmp_path / "other", "--all")
    for file in names(tmp_path / "csv"):
        assert (tmp_path / "other" / file).read_bytes() == (tmp_path / "csv" / file).read_bytes()


def test_the_mystery_example_becomes_its_report(tmp_path: Path) -> None:
    arguments = ("--all", "--format", "html")
    assert report(EXAMPLES / "mystery-2017.csv", tmp_path, *arguments, instrument="kkik-mystery-2017") == 0
    assert len(names(tmp_path)) == 1


def test_an_instrument_of_ones_own_is_given_as_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "eget.toml"
    broken.write_text('id = "eget"\n', encoding="utf-8")
    assert report(EXAMPLES / "svar-2023.csv", tmp_path / "ut", instrument=str(broken)) == 2
    assert "eget.toml" in capsys.readouterr().err


def test_several_municipalities_ask_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(EXAMPLES / "svar-2023.csv", tmp_path) == 2
    message = capsys.readouterr().err
    assert "--all" in message
    assert "9901, 9902, 9903" in message


def test_a_municipality_without_answers_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(EXAMPLES / "svar-2023.csv", tmp_path, "--municipality", "1980") == 2
    assert "1980" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "docx"), "docx"),
        (("--language", "no"), "no"),
        (("--period", "2023"), "2023-03-13..2023-05-12"),
        (("--period", "2023-05-12..2023-03-13"), "slutar innan den börjar"),
    ],
)
def test_a_wrong_option_is_told_with_what_would_be_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert report(EXAMPLES / "svar-2023.csv", tmp_path / "ut", "--all", *arguments) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "ut").exists()


def test_bad_rows_are_told_and_written_while_the_good_ones_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*good_rows(40), "40;9901;tel;2023-03-14;6;4", "41;7777;tel;2023-03-14;5;4", "0;9901;tel;2023-03-14;5;4"]
    rejects = tmp_path / "fel.csv"
    assert report(answers_file(tmp_path, *rows), tmp_path / "ut", "--rejects", str(rejects)) == 0
    printed = capsys.readouterr().out
    assert "40 av 43 rader räknade" in printed
    assert "rad 42" in printed
    with rejects.open(encoding="utf-8-sig", newline="") as stream:
        told = list(csv.reader(stream, delimiter=";"))
    assert len(told) == 4
    assert names(tmp_path / "ut")


def test_a_file_with_only_bad_rows_says_what_was_wrong_and_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(answers_file(tmp_path, "1;7777;tel;2023-03-14;5;4"), tmp_path / "ut", "--all") == 2
    captured = capsys.readouterr()
    assert "7777" in captured.out
    assert "Rätta filen" in captured.err
    assert not (tmp_path / "ut").exists()


def test_the_same_file_given_twice_counts_once(tmp_path: Path) -> None:
    answers = answers_file(tmp_path, *good_rows(50))
    copy = tmp_path / "kopia.csv"
    copy.write_bytes(answers.read_bytes())
    report(answers, tmp_path / "once")
    report(answers, tmp_path / "twice", also=copy)
    (first,), (second,) = names(tmp_path / "once"), names(tmp_path / "twice")
    assert (tmp_path / "once" / first).read_bytes() == (tmp_path / "twice" / second).read_bytes()


def _cut_workbook(path: Path) -> None:
    path.write_bytes((EXAMPLES / "svar-2023.xlsx").read_bytes()[:2000])


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b" " * 1_000_000)


def _wrong_delimiter(path: Path) -> None:
    path.write_text("svar_id|kommun|kanal|bemotande\n1|9901|tel|5\n", encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _only_a_heading(path: Path) -> None:
    path.write_text("svar_id;kommun;kanal;bemotande\n", encoding="utf-8")


def _two_gigabytes_of_nothing(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(2 * 1024**3)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("kapad.xlsx", _cut_workbook),
        ("bomb.xlsx", _bomb),
        ("streck.csv", _wrong_delimiter),
        ("tom.csv", _empty),
        ("rubrik.csv", _only_a_heading),
        ("enorm.xlsx", _two_gigabytes_of_nothing),
        ("saknas.csv", lambda path: None),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, make: object
) -> None:
    path = tmp_path / name
    assert callable(make)
    make(path)
    assert report(path, tmp_path / "ut", "--all") == 2
    captured = capsys.readouterr()
    assert name in captured.err
    assert "Traceback" not in captured.err
    assert not (tmp_path / "ut").exists()


def test_contacts_given_as_answers_are_recognised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(EXAMPLES / "kontakter-brilliant.csv", tmp_path / "ut", "--all") == 2
    assert "kontaktfil" in capsys.readouterr().err


def test_a_formula_in_a_comment_reaches_no_report(tmp_path: Path) -> None:
    heading = "svar_id;kommun;kanal;datum;bemotande;enkelhet;kommentar"
    rows = [f"{row};=cmd|' /C calc'!A0" for row in good_rows(30)]
    answers = answers_file(tmp_path, *rows, heading=heading)
    assert report(answers, tmp_path / "ut", "--format", "csv,html") == 0
    assert all(b"cmd|" not in (tmp_path / "ut" / name).read_bytes() for name in names(tmp_path / "ut"))


def test_a_second_run_says_that_everything_stood_already(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(EXAMPLES / "svar-2023.csv", tmp_path, "--all")
    capsys.readouterr()
    report(EXAMPLES / "svar-2023.csv", tmp_path, "--all")
    assert "0 rapporter gjorda, 3 fanns redan" in capsys.readouterr().out
    index = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert len(index["reports"]) == 3
