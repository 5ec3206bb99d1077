"""``lyhord recount``: counts every answer anew and compares with the counts that figures are made from."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from lyhord.project import start

NAME: Final = "recount"
HELP: Final = "räkna om alla svar och jämför med det som figurerna bygger på"
DIFFERENT: Final = 1


def add_arguments(parser: ArgumentParser) -> None:
    """Comparing is all it does; ``--check`` says so where it is run by a schedule."""
    parser.add_argument("--check", action="store_true", help="jämför och ändra ingenting (det enda som görs)")


def run(args: Namespace) -> int:
    """Compare; exit code 1 and a line per difference where a count is not what the answers give."""
    start.start_django()
    start.prepare_records()
    from lyhord.survey.answers.recounting import differences  # noqa: PLC0415 - records load after Django has started

    found = list(differences())
    for one in found:
        print(f"{one.participation}: {one.what}: {one.kept} lagrade, {one.recounted} omräknade")
    print(f"{len(found)} skillnader." if found else "Inga skillnader: räkneverken stämmer med svaren.")
    return DIFFERENT if found else 0
