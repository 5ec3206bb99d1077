"""``lyhord demo``: a national round and one that goes on, with invented people, reported, stored and shown."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console

from lyhord.composition.composing import composer_for
from lyhord.composition.material import RoundMaterial
from lyhord.composition.survey.national import NATIONAL
from lyhord.files.register import municipalities_from
from lyhord.project import demo_settings, serving, start
from lyhord.project.demo.writing import DemoFiles, write_demo
from lyhord.project.demo_notice import notice, tell
from lyhord.project.report_command import make_with_progress, read_round, tell_production, tell_reading
from lyhord.project.side_by_side import run_both
from lyhord.reports.production import Order

if TYPE_CHECKING:
    from lyhord.web.demonstration import Demonstration

NAME: Final = "demo"
HELP: Final = "gör mätningar med påhittade svar, alla rapporter, och visa dem"
FOLDER: Final = Path("demo")
FORMATS: Final = ("pdf", "pptx", "xlsx", "html", "csv", "kolada")
IN_ENGLISH: Final = (NATIONAL, "1980", "0685")
FEW: Final = ("1980", "0685")
PARTLY: Final = 1


def add_arguments(parser: ArgumentParser) -> None:
    """Where to, how much, and whether to show it afterwards."""
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, metavar="MAPP", help="mapp för demon (demo)")
    parser.add_argument("--port", type=int, metavar="PORT", help="port för sidan (annars PORT, eller 8000)")
    parser.add_argument("--workers", type=int, metavar="ANTAL", help="antal processer (annars datorns kärnor)")
    parser.add_argument("--few", action="store_true", help="bara Västerås och Vetlanda, för en snabb titt")
    parser.add_argument("--no-serve", action="store_true", help="sluta när allt är gjort (som SERVE=0)")


def run(args: Namespace) -> int:
    """Make what is missing, tell where to look, and show it; 1 where some report could not be made."""
    port = args.port or demo_settings.port_from_environment()
    shown = demo_settings.serves() and not args.no_serve
    console = Console()
    folder: Path = args.output
    demo_settings.use(folder, port)
    start.start_django()
    start.refuse_errors(start.found_by_checks())
    address = serving.Address("127.0.0.1", port)
    if shown:
        serving.require_free(address)
    console.print("Uppgifterna i demon är påhittade, utom det som Västerås och Vetlandas tryckta rapporter anger.")
    files = write_demo(folder / "svar")
    materials = [read_round(each) for each in files.rounds]
    told = _records(console, files, materials[0][0], few=args.few)
    failed = False
    for material, reading in materials:
        console.print(f"\n[bold]{material.instrument.name.in_language('sv')}[/bold]")
        tell_reading(console, reading, None)
        orders = _orders(material, few=args.few)
        production = make_with_progress(console, material, orders, FORMATS, folder / "rapporter", workers=args.workers)
        tell_production(console, production, folder / "rapporter")
        failed = failed or bool(production.failed)
    from lyhord.project.demo_records import making  # noqa: PLC0415 - records load after Django has started

    lines = notice(told, address, making.link_to_answer(told))
    if not shown:
        tell(console, lines, shown=False)
        return PARTLY if failed else 0
    return run_both(address, partial(tell, console, lines, shown=True), lambda: None)


def _records(console: Console, files: DemoFiles, national: RoundMaterial, *, few: bool) -> Demonstration:
    """The demonstration's records: those that stand, or new ones."""
    start.prepare_records()
    from lyhord.project.demo_records import making  # noqa: PLC0415 - records load after Django has started

    told = making.standing()
    if told is not None:
        console.print("Omgångarna och inloggningarna finns redan.")
        return told
    making.empty()
    start.prepare_records()
    places = municipalities_from(files.survey.municipalities) if files.survey.municipalities else ()
    return making.make(national, places, few=few, tell=console.print)


def _orders(material: RoundMaterial, *, few: bool) -> Sequence[Order]:
    """Every report in Swedish; the national one and the two real municipalities' in English too."""
    composer = composer_for(material)
    subjects = (*((NATIONAL,) if composer.national else ()), *composer.subjects)
    if few:
        return [Order(subject, "sv") for subject in subjects if subject in FEW]
    swedish = [Order(subject, "sv") for subject in subjects]
    return [*swedish, *(Order(subject, "en") for subject in subjects if subject in IN_ENGLISH)]
