"""A demonstration's settings: its own records, a mailbox, this machine alone; and what is refused by name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lyhord.project import demo_settings
from lyhord.project.command import CommandError

OURS = ("DATABASE_URL", "PORT", "SERVE")


def run(folder: Path, **wrong: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("LYHORD_")}
    command = [sys.executable, "-m", "lyhord.project.cli", "demo", "--few", "-o", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, env={**kept, **wrong}, check=False, timeout=120)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "många"),
        ("PORT", "70000"),
        ("SERVE", "kanske"),
        ("LYHORD_DEBUG", "kanske"),
        ("LYHORD_SMS_PRICE", "gratis"),
    ],
)
def test_a_wrong_setting_is_refused_by_name_before_anything_is_made(tmp_path: Path, name: str, value: str) -> None:
    done = run(tmp_path, **{name: value})
    assert done.returncode == 2
    assert name in done.stderr
    assert not (tmp_path / "svar").exists()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "viktigt.txt").write_text("kvar", encoding="utf-8")
    with pytest.raises(CommandError, match="något annat än en demo"):
        demo_settings.use(tmp_path, 8000)
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["viktigt.txt"]


def test_the_users_own_database_and_gateways_are_never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*demo_settings.OVERRULED, "LYHORD_DATA", "LYHORD_DEMO", "LYHORD_REPORTS", "LYHORD_ADDRESS"):
        monkeypatch.setenv(name, "mine")
    monkeypatch.setenv("LYHORD_SECRET_KEY_FILE", "mine")
    data = demo_settings.use(tmp_path, 8123)
    assert data == tmp_path / "data"
    assert os.environ["LYHORD_ADDRESS"] == "http://localhost:8123"
    assert [
        value for name, value in os.environ.items() if name.startswith(("LYHORD_", "DATABASE_")) and value == "mine"
    ] == []


def test_the_secret_key_is_kept_from_start_to_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LYHORD_DATA", "LYHORD_DEMO", "LYHORD_REPORTS", "LYHORD_ADDRESS", "LYHORD_SECRET_KEY_FILE"):
        monkeypatch.setenv(name, "")
    demo_settings.use(tmp_path, 8000)
    first = (tmp_path / "data" / demo_settings.SECRET).read_text(encoding="utf-8")
    demo_settings.use(tmp_path, 8000)
    assert (tmp_path / "data" / demo_settings.SECRET).read_text(encoding="utf-8") == first
