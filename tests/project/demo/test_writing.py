"""The demonstration's files: the same bytes every time, and nothing left behind."""

from __future__ import annotations

from pathlib import Path

from lyhord.project.demo.writing import SEED, write_demo


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_runs_give_identical_bytes_and_another_seed_is_overwritten(tmp_path: Path) -> None:
    write_demo(tmp_path / "one")
    write_demo(tmp_path / "two", SEED + 1)
    other = written(tmp_path / "two")
    write_demo(tmp_path / "two")
    assert written(tmp_path / "one") == written(tmp_path / "two")
    assert other.keys() == written(tmp_path / "two").keys()
    assert other != written(tmp_path / "two")


def test_both_rounds_say_that_they_are_made_up_and_where_their_files_lie(tmp_path: Path) -> None:
    rounds = write_demo(tmp_path).rounds
    assert [each.instrument for each in rounds] == ["skr-servicematning-2023", "kkik-mystery-2017"]
    for each in rounds:
        assert each.fictitious
        assert all(path.is_file() for path in (*each.answers, *each.external))
        assert all(path.is_dir() for path in each.counts)
