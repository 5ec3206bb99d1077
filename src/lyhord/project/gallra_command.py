"""``lyhord gallra``: removes what has had its time, by each organisation's terms, and logs it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from lyhord.project import start

NAME: Final = "gallra"
HELP: Final = "ta bort det vars tid är ute och skriv det i gallringsloggen"


def add_arguments(parser: ArgumentParser) -> None:
    """Whether to tell only."""
    parser.add_argument("--visa", action="store_true", help="visa vad som skulle tas bort, utan att göra det")


def run(args: Namespace) -> int:
    """Remove, or tell; a line for each kind and participation."""
    start.start_django()
    start.prepare_records()
    from lyhord.mystery.letters.retention import dispose_of_mails  # noqa: PLC0415 - records load after Django has started
    from lyhord.survey.answers.retention import dispose  # noqa: PLC0415 - as above

    found = dispose(dry=args.visa)
    mails = dispose_of_mails(dry=args.visa)
    for organisation, due in found:
        about = f", {due.participation}" if due.participation else ""
        print(f"{organisation}{about}: {due.rows} {due.kind.label} ({due.rule})")
    for owner, rows, rule in mails:
        print(f"{owner}: {rows} mejl i original ({rule})")
    if not found and not mails:
        print("Inget att gallra.")
    return 0
