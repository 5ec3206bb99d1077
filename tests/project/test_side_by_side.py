"""Server and worker side by side: both stop together, and who ends by itself is named."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from lyhord.project.command import CommandError
from lyhord.project.serving import Address
from lyhord.project.side_by_side import run_both
from project.test_serving import free_port


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LYHORD_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "lyhord.project.cli" in " ".join(child.cmdline())]


def listens(address: Address) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((address.host, address.port)) == 0


@pytest.mark.journey
@pytest.mark.slow
@pytest.mark.parametrize("dies", ["serve", "work"])
def test_when_one_dies_the_other_is_stopped_and_the_error_names_it(dies: str) -> None:
    def kill() -> None:
        next(child for child in children() if dies in child.cmdline()).kill()

    address = Address("127.0.0.1", free_port())
    with pytest.raises(CommandError, match=f"lyhord {dies} slutade av sig själv"):
        run_both(address, kill, lambda: time.sleep(0.1))
    assert children() == []
    assert not listens(address)


@pytest.mark.journey
@pytest.mark.slow
def test_a_signal_stops_both() -> None:
    address = Address("127.0.0.1", free_port())
    assert run_both(address, lambda: os.kill(os.getpid(), signal.SIGTERM), lambda: None) == 0
    assert children() == []


@pytest.mark.slow
def test_the_command_ends_with_its_own_exit_code_where_one_ended_by_itself(tmp_path: Path) -> None:
    code = (
        "from lyhord.project import cli, demo_command\n"
        "from lyhord.project.side_by_side import run_both\n"
        "from lyhord.project.serving import Address\n"
        f"demo_command.run = lambda args: run_both(Address('127.0.0.1', {free_port()}), print, print)\n"
        "raise SystemExit(cli.main(['demo']))\n"
    )
    surroundings = {**os.environ, "LYHORD_DEBUG": "kanske"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=surroundings, check=False)
    assert done.returncode == 2
    assert "LYHORD_DEBUG" in done.stderr
