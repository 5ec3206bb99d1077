"""Where the server listens, and that it really does."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lyhord.project.command import CommandError
from lyhord.project.serving import Address, require_free
from web.produced_folder import report_entry, write_folder

START_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (Address("127.0.0.1", 8000), "http://localhost:8000/"),
        (Address("0.0.0.0", 80), "http://localhost:80/"),  # noqa: S104 - only read, nothing listens
        (Address("svar.exempel.se", 80), "http://svar.exempel.se:80/"),
        (Address("2001:db8::1", 80), "http://[2001:db8::1]:80/"),
    ],
)
def test_the_address_is_one_to_open_in_a_browser(address: Address, url: str) -> None:
    assert address.url == url


def test_a_taken_port_is_told_with_the_remedy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="Välj en annan port"):
            require_free(Address("127.0.0.1", taken.getsockname()[1]))


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_that_does_not_exist_is_told(port: int) -> None:
    with pytest.raises(CommandError, match=f"port {port} finns inte"):
        require_free(Address("127.0.0.1", port))


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "lyhord.project.cli", "serve", "--reports", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=START_SECONDS)


def page_at(url: str) -> str:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - the address is this machine's own
                return str(response.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@pytest.mark.journey
def test_serve_shows_the_folder_until_it_is_interrupted(tmp_path: Path) -> None:
    port = free_port()
    with served(write_folder(tmp_path, report_entry("Provstads kommun")), port) as server:
        page = page_at(f"http://127.0.0.1:{port}/")
        font = page_at(f"http://127.0.0.1:{port}/static/web/lyhord.css")
    assert "Provstads kommun" in page
    assert "@font-face" in font
    assert server.returncode == 0
    assert server.stdout is not None
