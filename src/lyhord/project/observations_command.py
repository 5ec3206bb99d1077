"""``lyhord observations``: takes a file of graded calls and letters into a mystery round."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from lyhord.project import start
from lyhord.project.command import CommandError

NAME: Final = "observations"
HELP: Final = "läs in bedömda samtal och brev i en omgång med provkontakter"
PARTLY: Final = 1


def add_arguments(parser: ArgumentParser) -> None:
    """A file, the round that it belongs to, and whose gradings they are."""
    parser.add_argument("file", type=Path, metavar="FIL", help="CSV, XLSX eller Parquet, en rad för varje kontakt")
    parser.add_argument("--round", required=True, metavar="NAMN", help="omgången i databasen")
    parser.add_argument("--grader", required=True, metavar="ADRESS", help="e-postadress för den som bedömde")


def run(args: Namespace) -> int:
    """Take what can be taken; 1 with the reasons where some rows were refused. CommandError for a wrong name."""
    start.start_django()
    start.prepare_records()
    from lyhord.accounts.models import User  # noqa: PLC0415 - records load after Django has started
    from lyhord.accounts.scope import scope  # noqa: PLC0415 - as above
    from lyhord.measurements.models import Round  # noqa: PLC0415 - as above
    from lyhord.mystery.errors import MysteryError  # noqa: PLC0415 - as above
    from lyhord.mystery.quality.importing import import_observations  # noqa: PLC0415 - as above

    round_ = Round.objects.filter(key=args.round).first()
    grader = User.objects.filter(email__iexact=args.grader).first()
    if round_ is None or grader is None:
        what = f"omgång {args.round}" if round_ is None else f"person med adressen {args.grader}"
        raise CommandError(f"Det finns ingen {what}.")
    try:
        with scope(round_.organisation_id):
            done = import_observations(round_, args.file, grader)
    except MysteryError as error:
        raise CommandError(str(error)) from error
    print(f"{done.taken} rader lästes in, {done.unchanged} fanns redan.")
    for one in done.refused:
        print(f"Rad {one.row}: {one.reason}")
    return PARTLY if done.refused else 0
