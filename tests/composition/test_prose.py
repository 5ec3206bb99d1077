from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from string import Formatter

import pytest

from lyhord import composition
from lyhord.composition.material import CompositionError
from lyhord.composition.prose import Prose

KINDS = ("common", "survey", "mystery")
LANGUAGES = ("sv", "en")
BREAKABLE = re.compile(r"\be-(?:post|mail|brev|tjänst)", re.IGNORECASE)  # a line could end in "e-"


def texts(kind: str, language: str) -> dict[str, str]:
    source = resources.files("lyhord.composition.prose").joinpath(f"{kind}.{language}.toml")
    return dict(flat(tomllib.loads(source.read_text("utf-8"))))


def flat(tree: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_have_the_same_keys_in_the_same_order(kind: str) -> None:
    assert list(texts(kind, "sv")) == list(texts(kind, "en"))


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_fill_in_the_same_values(kind: str) -> None:
    english = texts(kind, "en")
    differing = {
        key: (placeholders(text), placeholders(english[key]))
        for key, text in texts(kind, "sv").items()
        if placeholders(text) != placeholders(english[key])
    }
    assert not differing


@pytest.mark.parametrize("kind", KINDS)
def test_bullet_texts_have_as_many_lines_in_both_languages(kind: str) -> None:
    english = texts(kind, "en")
    differing = [key for key, text in texts(kind, "sv").items() if text.count("\n") != english[key].count("\n")]
    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_text_has_double_spaces_or_loose_ends(kind: str, language: str) -> None:
    untidy = [
        key
        for key, text in texts(kind, language).items()
        if any("  " in line or line != line.strip() for line in text.splitlines()) or " ." in text or " ," in text
    ]
    assert not untidy


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_line_can_break_inside_e_post(kind: str, language: str) -> None:
    breakable = {key: text for key, text in texts(kind, language).items() if BREAKABLE.search(text)}
    assert not breakable


@pytest.mark.parametrize("kind", KINDS)
def test_swedish_quotes_open_as_they_close(kind: str) -> None:
    assert not [key for key, text in texts(kind, "sv").items() if set(text) & set('“"') or text.count("”") % 2]


@pytest.mark.parametrize("kind", KINDS)
def test_english_quotes_open_and_close_each_their_way(kind: str) -> None:
    assert not [key for key, text in texts(kind, "en").items() if '"' in text or text.count("“") != text.count("”")]


@pytest.mark.parametrize("kind", KINDS)
def test_english_sets_no_space_before_a_percent_sign_and_swedish_does(kind: str) -> None:
    assert not [key for key, text in texts(kind, "en").items() if re.search(r"\d\s%", text)]
    assert not [key for key, text in texts(kind, "sv").items() if re.search(r"\d%", text)]


def test_a_text_of_the_kind_stands_beside_those_that_all_reports_share() -> None:
    prose = Prose("survey", "en")
    assert prose("words.total") == "Overall mean"
    assert prose("own.previous", year=2022) == "Own municipality 2022"


def test_an_unknown_text_is_named_with_its_file() -> None:
    with pytest.raises(CompositionError, match=r"'own\.nothing' in prose/survey\.sv\.toml"):
        Prose("survey", "sv")("own.nothing")


def test_a_placeholder_without_a_value_is_named() -> None:
    with pytest.raises(CompositionError, match="'year' is missing"):
        Prose("survey", "sv")("own.previous")


def test_a_language_without_texts_is_refused_with_those_there_are() -> None:
    with pytest.raises(CompositionError, match="Languages: sv, en"):
        Prose("survey", "fi")


@pytest.mark.parametrize(
    ("words", "running"), [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")]
)
def test_words_are_joined_as_a_running_list(words: list[str], running: str) -> None:
    assert Prose("survey", "sv").joined(words) == running


def test_lines_leave_out_the_empty_ones() -> None:
    assert len(Prose("survey", "sv").lines("next.steps")) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_survey_speaks_of_its_participants_never_of_the_whole_country(language: str) -> None:
    country = re.compile(r"hela landet|i landet|nationally|in the country", re.IGNORECASE)
    assert not [key for key, text in texts("survey", language).items() if country.search(text)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_is_used_somewhere(kind: str) -> None:
    """A key stands in the code as it is, or is made there from a known beginning (``f"advice.{…}"``)."""
    whole, beginnings = keys_in_code()
    unused = [key for key in texts(kind, "sv") if key not in whole and not key.startswith(beginnings)]
    assert not unused


def keys_in_code() -> tuple[set[str], tuple[str, ...]]:
    whole: set[str] = set()
    beginnings: set[str] = set()
    for module in Path(composition.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return whole, tuple(each for each in beginnings if re.fullmatch(r"[a-z_]+\.\w*", each))
