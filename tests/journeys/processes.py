"""Lyhörd's own commands as processes, with their settings, their clock and what they wrote."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from django.db import connection

from delivery.conftest import KEYS
from delivery.servers import free_port
from lyhord.survey.sending.hours import Hours

COMMAND = Path(__file__).with_name("clocked.py")
SWEDEN = ZoneInfo("Europe/Stockholm")
PATIENCE = 120.0
Process = subprocess.Popen[bytes]


def working_days() -> tuple[date, date]:
    """The next two days in a row on which messages may leave."""
    hours, day = Hours(clock_time(9), clock_time(19)), date.today()  # noqa: DTZ011 - any day will do
    while not (hours.is_sending_day(day) and hours.is_sending_day(day + timedelta(days=1))):
        day += timedelta(days=1)
    return day, day + timedelta(days=1)


def morning(day: date) -> datetime:
    """Half past nine in Sweden."""
    return datetime.combine(day, clock_time(9, 30), tzinfo=SWEDEN)


@dataclass
class Machine:
    """Where commands run: a data folder, the tests' database, a clock, and the settings that a test adds.

    ``pace`` is how many seconds the clock shows for each that passes.
    """

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    pace: int = 1
    port: int = field(default_factory=free_port)
    clock: str = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "processes.log"

    def set_clock(self, moment: datetime) -> None:
        """Let commands that are started from now on begin at that moment."""
        self.clock = f"{time.time()} {moment.timestamp()} {self.pace}"

    def start(self, *command: str) -> Process:
        """A command in a process group of its own."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, str(COMMAND), *command],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def serve(self) -> Process:
        """The web server, answering."""
        server = self.start("serve", "--port", str(self.port))
        self.wait_until_it_answers(server)
        return server

    def wait_until_it_answers(self, server: Process) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert server.poll() is None, self.written()
            try:
                if httpx.get(f"{self.address}/akta", timeout=5).status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise AssertionError(self.written())

    def run(self, *command: str) -> str:
        """A command to its end, which must be good; what it printed."""
        done = subprocess.run(
            [sys.executable, str(COMMAND), *command], env=self.environment(), capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
        return done.stdout.decode()

    def written(self) -> str:
        """What the processes wrote."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LYHORD_")}
        return {
            **kept,
            "DATABASE_URL": database_url(),
            "LYHORD_DATA": str(self.folder),
            "LYHORD_SECRET_KEY": "a key that lasts as long as a test does, and no longer than that",
            "LYHORD_DELIVERY_KEYS": KEYS,
            "LYHORD_DOMAIN_RATE": "0",
            "LYHORD_ADDRESS": self.address,
            "LYHORD_TEST_CLOCK": self.clock,
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }


@contextmanager
def serving(machine: Machine) -> Generator[None]:
    """The web server, answering until the block ends; it must then end by itself when asked to."""
    with _ending(machine, machine.serve()):
        yield


@contextmanager
def working(machine: Machine) -> Generator[None]:
    """The worker, as ``serving``."""
    with _ending(machine, machine.start("work")):
        yield


@contextmanager
def _ending(machine: Machine, process: Process) -> Generator[None]:
    try:
        yield
    except BaseException:
        kill(process)
        raise
    assert stopped(process) == 0, machine.written()


def stopped(process: Process) -> int:
    """Ask the process to end, as a person's Ctrl+C or systemd does; its exit code. Killed where it does not."""
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(20)
    except subprocess.TimeoutExpired:
        kill(process)
        return -signal.SIGKILL


def kill(process: Process) -> None:
    """Kill the process and everything that it started, at once, as a power failure of the machine would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def database_url() -> str:
    """The address of the database that this test writes to."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    head, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"
