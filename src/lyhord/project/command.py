"""What a subcommand of ``lyhord`` is: a module with a name, a line of help, its arguments and a function to run."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Protocol


class CommandError(Exception):
    """A command cannot go on; the message tells the person at the terminal what and the remedy. Exit code 2."""


class Command(Protocol):
    """A module that ``cli.COMMANDS`` lists."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the subcommand's own arguments."""

    def run(self, args: Namespace) -> int:
        """Do it; the exit code. Raises CommandError, or an error of a room, with a message for the person."""
