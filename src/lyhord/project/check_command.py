"""``lyhord check``: tells whether the settings are right."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from lyhord.project import start

NAME: Final = "check"
HELP: Final = "kontrollera inställningarna"


def add_arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(args: Namespace) -> int:
    """Print what the system checks find; CommandError where any of it is an error."""
    start.start_django()
    found = start.found_by_checks()
    start.refuse_errors(found)
    for message in found:
        print("\n".join(start.lines_of(message)))
    if not found:
        print("Inställningarna är rätt.")
    return 0
