"""Runs the web server and the worker side by side, until they are told to stop or one of them ends by itself."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from lyhord.project.command import CommandError
from lyhord.project.serving import Address

PATIENCE: Final = 20.0  # seconds that each may take to stop before it is killed
START: Final = 180.0  # seconds that the server may take before it listens
LOOK: Final = 0.2
STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Process = subprocess.Popen[bytes]


def run_both(address: Address, listening: Callable[[], None], meanwhile: Callable[[], None]) -> int:
    """Run ``lyhord serve`` and ``lyhord work`` until Ctrl+C, SIGTERM or SIGHUP stops both; then 0.

    ``listening`` is called once the server listens, ``meanwhile`` over and over. CommandError names the one that ended
    by itself, after the other has been stopped.
    """
    commands = {"serve": ["serve", "--host", address.host, "--port", str(address.port)], "work": ["work"]}
    with _told_to_stop() as stop, _started(commands) as processes:
        if _wait_until_it_listens(address, processes, stop):
            listening()
        while not stop.is_set():
            _require_alive(processes)
            meanwhile()
            stop.wait(LOOK)
    return 0


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    stop = threading.Event()

    def heard(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, heard) for number in STOPPING}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _started(commands: dict[str, list[str]]) -> Iterator[dict[str, Process]]:
    """Start each in a session of its own, so that a Ctrl+C reaches them once, by way of us; stop them at the end."""
    processes: dict[str, Process] = {}
    try:
        for name, arguments in commands.items():
            command = [sys.executable, "-m", "lyhord.project.cli", *arguments]
            processes[name] = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own command
        yield processes
    finally:
        _stop(list(processes.values()))


def _stop(processes: list[Process]) -> None:
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        with contextlib.suppress(ProcessLookupError):  # what a server that was killed left behind, holding the port
            os.killpg(process.pid, signal.SIGKILL)


def _wait_until_it_listens(address: Address, processes: dict[str, Process], stop: threading.Event) -> bool:
    until = time.monotonic() + START
    while not stop.is_set():
        _require_alive(processes)
        with contextlib.suppress(OSError), socket.create_connection((address.host, address.port), timeout=1):
            return True
        if time.monotonic() > until:
            raise CommandError(f"servern svarar inte på {address.url} efter {START:.0f} sekunder.")
        stop.wait(LOOK)
    return False


def _require_alive(processes: dict[str, Process]) -> None:
    for name, process in processes.items():
        code = process.poll()
        if code is not None:
            others = ", ".join(f"lyhord {other}" for other in processes if other != name)
            raise CommandError(
                f"lyhord {name} slutade av sig själv (kod {code}), och {others} stoppas. Felet står här ovanför."
            )
