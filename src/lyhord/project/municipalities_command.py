"""``lyhord municipalities``: loads the register of municipalities and their numbers of inhabitants."""

from __future__ import annotations

import csv
from argparse import ArgumentParser, Namespace
from io import StringIO
from pathlib import Path
from typing import Final

from lyhord.project import start
from lyhord.project.command import CommandError

NAME: Final = "municipalities"
HELP: Final = "läs in registret över kommuner, och invånarantal om en fil med dem anges"
COLUMNS: Final = ("code", "population")


def add_arguments(parser: ArgumentParser) -> None:
    """A register and a file of inhabitants, each instead of nothing but what comes with Lyhörd."""
    parser.add_argument("--register", type=Path, metavar="FIL", help="annat register än det medföljande (CSV)")
    parser.add_argument(
        "--population", type=Path, metavar="FIL", help="invånarantal: CSV med kolumnerna code,population"
    )
    parser.add_argument("--source", default="", metavar="TEXT", help="varifrån uppgifterna i filen kommer")


def run(args: Namespace) -> int:
    """Load what was asked for; CommandError for a file that cannot be used."""
    start.start_django()
    start.prepare_records()
    from lyhord.files.register import municipalities_from  # noqa: PLC0415 - as the next
    from lyhord.measurements import register  # noqa: PLC0415 - records load after Django has started
    from lyhord.measurements.errors import MeasurementError  # noqa: PLC0415 - as above

    try:
        if args.register is None:
            number = register.load_register()
        else:
            number = register.load_register(municipalities_from(args.register), args.source or args.register.name)
        print(f"{number} kommuner är inlästa.")
        if args.population is not None:
            inhabitants = inhabitants_in(args.population)
            register.set_populations(inhabitants, args.source)
            print(f"Invånarantal för {len(inhabitants)} kommuner är inlästa.")
    except (MeasurementError, ValueError) as error:
        raise CommandError(str(error)) from error
    return 0


def inhabitants_in(file: Path) -> dict[str, int]:
    """Numbers of inhabitants by code; CommandError names a row that has none."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} kan inte läsas som text: {error}") from error
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(StringIO(text), delimiter=delimiter)
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        raise CommandError(f"{file.name} saknar kolumnen {', '.join(missing)}; filen ska ha {', '.join(COLUMNS)}")
    found = {}
    for number, row in enumerate(rows, start=2):
        written = (row["population"] or "").replace(" ", "").replace("\u00a0", "")
        if not written.isdecimal():
            raise CommandError(
                f"{file.name}, rad {number}: {row['population']!r} är inget invånarantal; skriv ett heltal"
            )
        found[row["code"].zfill(4)] = int(written)
    return found
