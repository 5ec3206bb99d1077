"""Setting a machine up: what is missing is installed where it may be, and named where it may not."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from tools import bootstrap
from tools.bootstrap import SetUpError

Commands = list[tuple[str, ...]]


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    ran: Commands = []
    monkeypatch.setattr(bootstrap, "run", lambda *command, **environment: ran.append(command))
    return ran


def machine(monkeypatch: pytest.MonkeyPatch, *present: str, root: bool) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in present else None)
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)


def test_nothing_is_installed_where_all_is_there(monkeypatch: pytest.MonkeyPatch, commands: Commands) -> None:
    machine(monkeypatch, *bootstrap.DEBIAN_PACKAGES, root=True)
    bootstrap.debian_packages()
    assert commands == []


def test_root_installs_what_is_missing_and_only_that(monkeypatch: pytest.MonkeyPatch, commands: Commands) -> None:
    machine(monkeypatch, "apt-get", "chromium", "soffice", root=True)
    monkeypatch.setattr(bootstrap, "missing_packages", iter([["poppler-utils"], []]).__next__)
    bootstrap.debian_packages()
    assert [command[:2] for command in commands] == [("apt-get", "update"), ("apt-get", "install")]
    assert commands[1][-1] == "poppler-utils"


def test_a_user_without_leave_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, commands: Commands) -> None:
    machine(monkeypatch, "apt-get", "chromium", root=False)
    with pytest.raises(SetUpError, match="apt-get install libreoffice-calc libreoffice-impress poppler-utils"):
        bootstrap.debian_packages()
    assert commands == []


def test_a_machine_that_is_not_debian_is_told_as_well(monkeypatch: pytest.MonkeyPatch, commands: Commands) -> None:
    machine(monkeypatch, "chromium", "soffice", root=True)
    with pytest.raises(SetUpError, match="poppler-utils"):
        bootstrap.debian_packages()


def test_what_was_installed_but_is_not_found_is_told(monkeypatch: pytest.MonkeyPatch, commands: Commands) -> None:
    machine(monkeypatch, "apt-get", "chromium", "soffice", root=True)
    with pytest.raises(SetUpError, match="not found on PATH"):
        bootstrap.debian_packages()


def test_uv_is_installed_by_pip_into_a_folder_of_the_projects_own(
    monkeypatch: pytest.MonkeyPatch, commands: Commands, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "UV_FOLDER", tmp_path / ".tools")
    monkeypatch.setattr(bootstrap, "UV", tmp_path / ".tools" / "bin" / "uv")
    monkeypatch.setattr(bootstrap, "has_pip", lambda: True)
    bootstrap.install_uv()
    (command,) = commands
    assert command[:4] == (sys.executable, "-m", "pip", "install")
    assert command[command.index("--target") + 1] == str(tmp_path / ".tools")
    assert command[-1] == f"uv=={bootstrap.UV_VERSION}"


def test_a_python_without_pip_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "UV", bootstrap.ROOT / ".tools" / "none")
    monkeypatch.setattr(bootstrap, "has_pip", lambda: False)
    with pytest.raises(SetUpError, match="apt-get install python3-pip"):
        bootstrap.install_uv()


def test_an_old_python_is_told_which_to_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 0))
    with pytest.raises(SetUpError, match=r"make PYTHON=python99\.0"):
        bootstrap.require_python()


def test_a_command_that_fails_is_named() -> None:
    with pytest.raises(SetUpError, match="failed with exit code 3"):
        bootstrap.run(sys.executable, "-c", "raise SystemExit(3)")


def test_the_pinned_uv_reads_the_lock_file() -> None:
    wanted = re.search(r'required-version = ">=([\d.]+)"', (bootstrap.ROOT / "pyproject.toml").read_text("utf-8"))
    assert wanted is not None
    assert bootstrap.UV_VERSION.split(".") >= wanted.group(1).split(".")
