"""``lyhord begin`` makes the first organisation and person, once, in a folder where nothing was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TYPED = "en lång mening om väder"


def _begin(data: Path, *arguments: str, typed: str = TYPED) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LYHORD_", "DATABASE_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "lyhord.project.cli", "begin", "vera@exempel.se", "--name", "Vera Lind", *arguments],
        input=f"{typed}\n",
        env={**kept, "LYHORD_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_first_person_is_made_once_and_nothing_is_left_of_what_was_refused(tmp_path: Path) -> None:
    weak = _begin(tmp_path, typed="kort")
    assert weak.returncode == 2
    unknown = _begin(tmp_path, "--municipality", "9999")
    assert "ingen kommun har koden 9999" in unknown.stderr
    first = _begin(tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    assert "Vera Lind kan logga in för Samordnaren" in first.stdout
    second = _begin(tmp_path)
    assert second.returncode == 2
    assert "någon har redan börjat" in second.stderr


def test_a_municipality_can_measure_by_itself(tmp_path: Path) -> None:
    begun = _begin(tmp_path, "--municipality", "0685")
    assert "för Vetlanda kommun" in begun.stdout
