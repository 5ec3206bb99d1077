"""``lyhord demo``: a whole national round and one mystery measurement with made-up answers, reported and shown."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from lyhord.composition.composing import composer_for
from lyhord.composition.material import RoundMaterial
from lyhord.composition.survey.national import NATIONAL
from lyhord.project import serve_command
from lyhord.project.demo.writing import write_demo
from lyhord.project.report_command import make_with_progress, read_round, tell_production, tell_reading
from lyhord.reports.production import Order

NAME: Final = "demo"
HELP: Final = "gör en hel mätning med påhittade svar, alla rapporter, och visa dem"
FOLDER: Final = Path("demo")
FORMATS: Final = ("pdf", "pptx", "xlsx", "html", "csv", "kolada")
IN_ENGLISH: Final = (NATIONAL, "1980", "0685")
PARTLY: Final = 1


def add_arguments(parser: ArgumentParser) -> None:
    """Where to, and whether to show the reports afterwards."""
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, metavar="MAPP", help="mapp för demon (demo)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port för sidan (8000)")
    parser.add_argument("--workers", type=int, metavar="ANTAL", help="antal processer (annars datorns kärnor)")
    parser.add_argument("--no-serve", action="store_true", help="sluta när rapporterna är gjorda (som SERVE=0)")


def run(args: Namespace) -> int:
    """Generate, report, tell and serve; 1 where some report could not be made."""
    console = Console()
    folder: Path = args.output
    console.print("Uppgifterna i demon är påhittade, utom det som Västerås och Vetlandas tryckta rapporter anger.")
    failed = False
    for files in write_demo(folder / "svar").rounds:
        material, reading = read_round(files)
        console.print(f"\n[bold]{material.instrument.name.in_language('sv')}[/bold]")
        tell_reading(console, reading, None)
        orders = _orders(material)
        production = make_with_progress(console, material, orders, FORMATS, folder / "rapporter", workers=args.workers)
        tell_production(console, production, folder / "rapporter")
        failed = failed or bool(production.failed)
    if args.no_serve or os.environ.get("SERVE", "1") == "0":
        return PARTLY if failed else 0
    return serve_command.run(Namespace(reports=folder / "rapporter", host="127.0.0.1", port=args.port))


def _orders(material: RoundMaterial) -> Sequence[Order]:
    """Every report in Swedish; the national one and the two real municipalities' in English too."""
    composer = composer_for(material)
    subjects = (*((NATIONAL,) if composer.national else ()), *composer.subjects)
    swedish = [Order(subject, "sv") for subject in subjects]
    return [*swedish, *(Order(subject, "en") for subject in subjects if subject in IN_ENGLISH)]
