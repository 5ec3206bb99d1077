"""Settings are read from the environment; what cannot be read names variable, value and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from lyhord.project import env
from lyhord.project.env import SettingError

NAME = "LYHORD_TESTED"


@pytest.mark.parametrize(
    ("word", "meaning"), [("true", True), ("YES", True), ("1", True), ("off", False), ("0", False)]
)
def test_a_boolean_is_one_of_eight_words(monkeypatch: pytest.MonkeyPatch, word: str, meaning: bool) -> None:
    monkeypatch.setenv(NAME, word)
    assert env.boolean(NAME, not meaning) is meaning


@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize("word", [None, "", "  "])
def test_an_unset_or_empty_variable_is_the_default(
    monkeypatch: pytest.MonkeyPatch, word: str | None, default: bool
) -> None:
    monkeypatch.delenv(NAME, raising=False) if word is None else monkeypatch.setenv(NAME, word)
    assert env.boolean(NAME, default) is default


def test_a_boolean_that_is_neither_says_what_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "maybe")
    with pytest.raises(SettingError, match=r"LYHORD_TESTED is 'maybe'; it must be one of true, yes"):
        env.boolean(NAME, False)


@pytest.mark.parametrize("word", ["many", "1.5", "0", "11"])
def test_a_whole_number_stays_within_its_bounds(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv(NAME, word)
    with pytest.raises(SettingError, match=r"LYHORD_TESTED is .*; it must be a whole number from 1 to 10"):
        env.integer(NAME, 5, least=1, most=10)


@pytest.mark.parametrize(("word", "number"), [("1", 1), ("10", 10), ("", 5)])
def test_a_whole_number_is_read(monkeypatch: pytest.MonkeyPatch, word: str, number: int) -> None:
    monkeypatch.setenv(NAME, word)
    assert env.integer(NAME, 5, least=1, most=10) == number


def test_a_choice_may_be_written_in_small_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "debug")
    assert env.choice(NAME, "INFO", ("DEBUG", "INFO")) == "DEBUG"


def test_a_choice_names_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "loud")
    with pytest.raises(SettingError, match="must be one of DEBUG, INFO"):
        env.choice(NAME, "INFO", ("DEBUG", "INFO"))


def test_a_secret_is_read_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hemligt\n", encoding="utf-8")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert env.secret(NAME) == "hemligt"


def test_a_secret_that_is_given_nowhere_is_empty() -> None:
    assert env.secret(NAME) == ""


def test_a_secret_is_given_once_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "a")
    monkeypatch.setenv(f"{NAME}_FILE", "b")
    with pytest.raises(SettingError, match="both set; keep one"):
        env.secret(NAME)


def test_an_empty_secret_file_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(" \n", encoding="utf-8")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    with pytest.raises(SettingError, match="which is empty"):
        env.secret(NAME)


def test_a_secret_file_that_is_gone_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "gone"))
    with pytest.raises(SettingError, match="cannot be read as text"):
        env.secret(NAME)


def test_a_relative_path_counts_from_the_working_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(NAME, "var")
    assert env.path(NAME, Path("elsewhere")) == tmp_path / "var"


@pytest.mark.parametrize(
    ("word", "words"), [("a.se, b.se ,", ("a.se", "b.se")), ("", ("localhost",)), (",", ("localhost",))]
)
def test_listed_words_lose_their_spaces(monkeypatch: pytest.MonkeyPatch, word: str, words: tuple[str, ...]) -> None:
    monkeypatch.setenv(NAME, word)
    assert env.listed(NAME, ("localhost",)) == words
