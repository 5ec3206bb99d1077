"""``lyhord serve``: shows the pages in a browser until it is stopped."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from lyhord.project import serving, start

NAME: Final = "serve"
HELP: Final = "visa sidorna i webbläsaren: rapporter, resultat, utskick och enkäten"


def add_arguments(parser: ArgumentParser) -> None:
    """The folder of reports, and where to listen."""
    parser.add_argument("--reports", type=Path, metavar="MAPP", help="mapp med rapporter (annars LYHORD_REPORTS)")
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESS", help="adress att lyssna på (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port att lyssna på (8000)")


def run(args: Namespace) -> int:
    """Serve until interrupted; CommandError where the settings are wrong or the port is taken."""
    if args.reports is not None:
        os.environ["LYHORD_REPORTS"] = str(args.reports.absolute())
    start.start_django()
    found = start.found_by_checks()
    start.refuse_errors(found)
    for message in found:
        print("\n".join(start.lines_of(message)))
    start.prepare_records()
    serving.serve(serving.Address(args.host, args.port))
    return 0
