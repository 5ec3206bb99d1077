"""The command line: ``lyhord COMMAND …``. Each command is a module of its own, listed once in ``COMMANDS``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Final

from lyhord import __version__
from lyhord.project import (
    begin_command,
    check_command,
    demo_command,
    gallra_command,
    municipalities_command,
    observations_command,
    recount_command,
    report_command,
    reread_command,
    serve_command,
    work_command,
)
from lyhord.project.command import Command, CommandError
from lyhord.project.env import SettingError

COMMANDS: Final[tuple[Command, ...]] = (
    demo_command,
    begin_command,
    report_command,
    serve_command,
    work_command,
    recount_command,
    reread_command,
    gallra_command,
    municipalities_command,
    observations_command,
    check_command,
)
KNOWN_ERRORS: Final = (CommandError, SettingError)
FAILED: Final = 2
INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. A known error becomes its message on standard error and exit code 2."""
    parser = _parser()
    args = parser.parse_args(argv)
    try:
        code: int = args.run(args)
    except KNOWN_ERRORS as error:
        print(f"lyhord: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="lyhord", description="Öppen servicemätning för Sveriges kommuner.")
    parser.add_argument("--version", action="version", version=f"lyhord {__version__}")
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)
    for command in COMMANDS:
        subparser = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
