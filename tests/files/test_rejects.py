"""The rejects file is safe to open, whole, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lyhord.files.rejects import Reject, harmless, write_rejects

A_REJECT = Reject("svar.csv", 3, "bemotande", "6", "unknown_option", {"allowed": "1, 2, 3, 4, 5"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+46", "'+46"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("5 = bäst", "5 = bäst"),
        ("", ""),
        ("a\0b", "ab"),
    ],
)
def test_a_formula_is_shown_and_not_run(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_a_long_value_is_cut() -> None:
    assert len(harmless("x" * 1_000)) == 200


def test_the_file_opens_in_a_spreadsheet_with_swedish_letters(tmp_path: Path) -> None:
    path = tmp_path / "fel.csv"
    assert write_rejects([A_REJECT], path) == 1
    assert path.read_bytes().decode("utf-8-sig").split("\r\n")[:2] == [
        "fil;rad;fält;värde;fel;åtgärd",
        "svar.csv;3;bemotande;6;värdet är inget svarsalternativ;Använd någon av: 1, 2, 3, 4, 5.",
    ]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_file_may_be_in_english(tmp_path: Path) -> None:
    write_rejects([A_REJECT], tmp_path / "faults.csv", "en")
    assert "the value is not an answer option" in (tmp_path / "faults.csv").read_text(encoding="utf-8-sig")


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    def broken() -> Iterator[Reject]:
        yield A_REJECT
        raise RuntimeError("power cut")

    (tmp_path / "fel.csv").write_text("before")
    with pytest.raises(RuntimeError):
        write_rejects(broken(), tmp_path / "fel.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["fel.csv"]
    assert (tmp_path / "fel.csv").read_text() == "before"
