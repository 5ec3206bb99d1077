"""Starts Django inside a command, and refuses where a check finds an error."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import django
from django.conf import settings
from django.core.checks import CheckMessage, run_checks
from django.core.management import call_command
from django.db import connection

from lyhord.project.command import CommandError

LOCK: Final = 7_596_841_102_334_590  # any number that nothing else in the database locks
LOCK_FILE: Final = "prepare.lock"


def start_django() -> None:
    """Load the settings and applications, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lyhord.project.settings")
    django.setup()


def prepare_records() -> None:
    """Make the folder and the tables that records are kept in, or bring the tables up to date.

    Server and workers that start at the same moment do it one after the other.
    """
    settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait for others that prepare the same records: by a lock in PostgreSQL, else by one on a file."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    with (settings.DATA_FOLDER / LOCK_FILE).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go of when the file is closed, also by a process that dies
        yield


def found_by_checks() -> list[CheckMessage]:
    """Everything that the system checks find, errors first."""
    return sorted(run_checks(), key=lambda message: -message.level)


def lines_of(message: CheckMessage) -> list[str]:
    """A finding as lines for the terminal: id and what is wrong, then the remedy."""
    remedy = [f"  {message.hint}"] if message.hint else []
    return [f"{message.id}: {message.msg}", *remedy]


def refuse_errors(found: list[CheckMessage]) -> None:
    """CommandError naming every error among the findings; nothing where there is none."""
    errors = [line for message in found if message.is_serious() for line in lines_of(message)]
    if errors:
        raise CommandError("\n".join(["inställningarna har fel:", *errors]))
