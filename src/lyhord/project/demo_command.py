"""``lyhord demo``: a national round and one that goes on, with invented people, reported, stored and shown."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console

from lyhord.composition.composing import composer_for
from lyhord.composition.material import RoundMaterial
from lyhord.composition.survey.national import NATIONAL
from lyhord.files.register import municipalities_from
from lyhord.project import demo_settings, serving, start
from lyhord.project.demo.writing import write_demo
from lyhord.project.demo_notice import notice, tell
from lyhord.project.report_command import make_with_progress, read_round
from lyhord.project.side_by_side import run_both
from lyhord.reports.production import Order
from lyhord.reports.stamps import code_stamp

if TYPE_CHECKING:
    from lyhord.web.demonstration import Demonstration

NAME: Final = "demo"
HELP: Final = "gör mätningar med påhittade svar, alla rapporter, och visa dem"
FOLDER: Final = Path("demo")
FORMATS: Final = ("pdf", "pptx", "xlsx", "html", "csv", "kolada")
IN_ENGLISH: Final = (NATIONAL, "1980", "0685")
STAMP: Final = "reports.stamp"
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
    data = demo_settings.use(args.output, port)
    start.start_django()
    start.refuse_errors(start.found_by_checks())
    address = serving.Address("127.0.0.1", port)
    if shown:
        serving.require_free(address)
    start.prepare_records()
    told, failed = _made(console, args, data)
    from lyhord.project.demo_records import making, pretending  # noqa: PLC0415 - records load after Django has started

    lines = notice(told, address, making.link_to_answer(told))
    if not shown:
        tell(console, lines, shown=False)
        return PARTLY if failed else 0
    return run_both(address, partial(tell, console, lines, shown=True), pretending.Pretence(told))


def _made(console: Console, args: Namespace, data: Path) -> tuple[Demonstration, bool]:
    """The demonstration, of which only what is missing or outdated is made; whether some report failed."""
    from lyhord.project.demo_records import making  # noqa: PLC0415 - records load after Django has started

    told, stamp = making.standing(), _stamp(few=args.few)
    if told is not None and _read(data / STAMP) == stamp:
        console.print(f"Demon är gjord sedan förut. Ta bort mappen {args.output} för att göra om den.", markup=False)
        return told, False
    console.print("Uppgifterna i demon är påhittade, utom det som Västerås och Vetlandas tryckta rapporter anger.")
    files = write_demo(args.output / "svar")
    materials = [read_round(each)[0] for each in files.rounds]
    if told is None:
        making.empty()
        start.prepare_records()
        places = municipalities_from(files.survey.municipalities) if files.survey.municipalities else ()
        told = making.make(materials[0], places, few=args.few, tell=console.print)
    failed = False
    for material in materials:
        failed |= _reported(console, args, material)
    if not failed:
        (data / STAMP).write_text(stamp, encoding="utf-8")
    return told, failed


def _reported(console: Console, args: Namespace, material: RoundMaterial) -> bool:
    """Make a round's reports; whether some of them failed."""
    folder = args.output / "rapporter"
    console.print(f"\n[bold]{material.instrument.name.in_language('sv')}[/bold]")
    orders = _orders(material, few=args.few)
    production = make_with_progress(console, material, orders, FORMATS, folder, workers=args.workers)
    told = f"{production.made} rapporter gjorda, {production.kept} fanns redan. De ligger i {folder}."
    console.print(told, markup=False, highlight=False)
    for outcome in production.failed:
        console.print(f"Rapporten för {outcome.order.subject} kunde inte göras: {outcome.error}", markup=False)
    return bool(production.failed)


def _stamp(*, few: bool) -> str:
    """What the reports are made by: another one means that they would come out otherwise."""
    digest = hashlib.sha256(f"{code_stamp()} {few}".encode())
    for entry in sorted(resources.files("lyhord.project.demo").iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".py"):
            digest.update(entry.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _orders(material: RoundMaterial, *, few: bool) -> Sequence[Order]:
    """Every report in Swedish; the national one and the two real municipalities' in English too."""
    composer = composer_for(material)
    subjects = (*((NATIONAL,) if composer.national else ()), *composer.subjects)
    if few:
        return [Order(subject, "sv") for subject in subjects if subject in FEW]
    swedish = [Order(subject, "sv") for subject in subjects]
    return [*swedish, *(Order(subject, "en") for subject in subjects if subject in IN_ENGLISH)]
