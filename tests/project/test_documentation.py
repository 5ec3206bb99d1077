"""What the documentation promises: every setting, term and dependency stands there, and every link leads somewhere."""

from __future__ import annotations

import importlib
import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest

from lyhord.project import cli

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \|", re.MULTILINE)
ARTICLES = 15


def text_of(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def rows_of(page: str) -> list[tuple[str, str]]:
    return [(first, second) for first, second in ROW.findall(page) if not first.startswith(("-", ":"))]


def test_every_setting_has_a_heading_and_every_heading_its_setting() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text_of("src", "lyhord", "project", "settings.py")))
    assert set(re.findall(r"^## ([A-Z_]+)$", text_of("docs", "settings.md"), re.MULTILINE)) == read
    assert len(read) >= 9


def test_every_check_is_described() -> None:
    raised = set(re.findall(r'id="(lyhord\.\w+)"', text_of("src", "lyhord", "project", "checks.py")))
    assert set(re.findall(r"`(lyhord\.[EW]\d+)`", text_of("docs", "settings.md"))) == raised


def test_every_dependency_is_explained_and_none_that_is_gone() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    groups = project["dependency-groups"].values()
    wanted = [*project["project"]["dependencies"], *(entry for group in groups for entry in group)]
    names = {re.split(r"[\[<>=!~ ]", entry)[0] for entry in wanted if isinstance(entry, str)}
    assert {name for name, _ in rows_of(text_of("docs", "dependencies.md"))} - {"package"} == names


def code_names() -> list[str]:
    return [name for _, code in rows_of(text_of("docs", "glossary.md")) for name in re.findall(r"`([\w.]+)`", code)]


def exists(dotted: str) -> bool:
    parts = dotted.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            if name in getattr(found, "__annotations__", {}) or (
                is_dataclass(found) and name in {field.name for field in fields(found)}
            ):
                return True
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


@pytest.mark.parametrize("name", code_names())
def test_a_term_of_the_glossary_exists_in_the_code(name: str) -> None:
    assert exists(name)


@pytest.mark.parametrize("name", ["lyhord.nowhere.Thing", "lyhord.method.tally.Nothing", "nothing.at.all"])
def test_a_term_that_is_gone_would_be_noticed(name: str) -> None:
    assert not exists(name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / unquote(target)).exists()] == []


def test_the_readme_offers_exactly_two_commands_to_start_with() -> None:
    block = re.search(r"```sh\n(.*?)```", text_of("README.md"), re.DOTALL)
    assert block is not None
    assert re.findall(r"^(make \w+)", block.group(1), re.MULTILINE) == ["make demo", "make test"]


def test_every_command_is_told_how_to_use() -> None:
    told = text_of("docs", "running.md") + text_of("README.md")
    assert [command.NAME for command in cli.COMMANDS if f"lyhord {command.NAME}" not in told] == []


def test_the_licence_is_whole() -> None:
    licence = text_of("LICENSE")
    headings = [int(number) for number in re.findall(r"^(\d+)\. [A-Z]", licence, re.MULTILINE)]
    assert headings == list(range(1, ARTICLES + 1))
    assert licence.lstrip().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert licence.rstrip().endswith("require the production of a new\nEUPL version.")


def test_the_changelog_says_whether_a_published_number_changes() -> None:
    versions = re.split(r"^## ", text_of("CHANGELOG.md"), flags=re.MULTILINE)[1:]
    assert versions
    assert all(re.search(r"^Changes a published number: (yes|no)\b", version, re.MULTILINE) for version in versions)
