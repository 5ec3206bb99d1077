"""Files appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lyhord.rendering.errors import RenderingError
from lyhord.rendering.writing import content_digest, write_atomically


def test_the_content_is_written_whole(tmp_path: Path) -> None:
    write_atomically(tmp_path / "rapport.pdf", b"abc")
    assert (tmp_path / "rapport.pdf").read_bytes() == b"abc"
    assert [entry.name for entry in tmp_path.iterdir()] == ["rapport.pdf"]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_missing_folder_is_named_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(RenderingError, match=r"saknas.*Check that the folder exists"):
        write_atomically(tmp_path / "saknas" / "rapport.pdf", b"abc")


def test_a_name_taken_by_a_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "rapport.pdf").mkdir()
    with pytest.raises(RenderingError):
        write_atomically(tmp_path / "rapport.pdf", b"abc")
    assert [entry.name for entry in tmp_path.iterdir()] == ["rapport.pdf"]


@pytest.mark.parametrize("failing", ["fsync", "fdopen"])
def test_a_failure_while_writing_leaves_the_old_file_and_nothing_half_written(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(b"old")

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(RenderingError, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["rapport.pdf"]


def test_an_interrupt_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "rapport.pdf", b"abc")
    assert list(tmp_path.iterdir()) == []


def test_equal_content_has_an_equal_digest() -> None:
    assert content_digest(b"a") == content_digest(b"a") != content_digest(b"b")
    assert content_digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
