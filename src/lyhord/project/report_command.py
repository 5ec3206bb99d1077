"""``lyhord report``: an answers file in, or a round of the records, and every municipality's report out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lyhord.composition.composing import composer_for
from lyhord.composition.material import CompositionError, RoundMaterial
from lyhord.composition.survey.national import NATIONAL
from lyhord.files.counts_file import digest_of, read_archive, read_external, read_tally
from lyhord.files.errors import FileError
from lyhord.files.merging import merged
from lyhord.files.reading import Reading, read_answers
from lyhord.files.register import municipalities_from, register
from lyhord.files.rejects import write_rejects
from lyhord.instruments import catalogue
from lyhord.instruments.definition import Instrument, Thresholds
from lyhord.instruments.faults import InstrumentError
from lyhord.method.tally import Counts, Tally
from lyhord.project import start
from lyhord.project.command import CommandError
from lyhord.project.round_files import RoundFiles
from lyhord.rendering.faces import FORMATS
from lyhord.reports.periods import period_of
from lyhord.reports.production import Order, Outcome, Production, produce

NAME: Final = "report"
HELP: Final = "gör rapporter av en fil med svar, eller av en stängd omgång i databasen"
LANGUAGES: Final = ("sv", "en")
MOST_TOLD: Final = 10
PARTLY: Final = 1
ONLY_WITH_FILES: Final = ("instrument", "municipalities", "counts", "external", "period", "rejects")


def add_arguments(parser: ArgumentParser) -> None:
    """What to read, what to make, and where to."""
    _add_what_to_read(parser)
    parser.add_argument("--municipality", nargs="+", default=[], metavar="KOD", help="kommunkoder att göra rapport för")
    parser.add_argument("--all", action="store_true", help="alla kommuner med svar, och den nationella rapporten")
    formats = f"kommaseparerad lista av {', '.join(FORMATS)} (pdf)"
    parser.add_argument("--format", default="pdf", metavar="LISTA", help=formats)
    parser.add_argument("--language", default="sv", metavar="LISTA", help="kommaseparerad lista av sv, en (sv)")
    folder = Path("rapporter")
    parser.add_argument("-o", "--output", type=Path, default=folder, metavar="MAPP", help="mapp för rapporterna")
    rejects = "skriv rader som inte kunde läsas till den här filen"
    parser.add_argument("--rejects", type=Path, metavar="FIL", help=rejects)
    parser.add_argument("--workers", type=int, metavar="ANTAL", help="antal processer (annars datorns kärnor)")


def _add_what_to_read(parser: ArgumentParser) -> None:
    answers = "svarsfil: CSV, XLSX eller Parquet; utan fil görs rapporterna av omgången --round i databasen"
    parser.add_argument("answers", nargs="*", type=Path, metavar="SVAR", help=answers)
    instruments = f"{', '.join(catalogue.available())} eller en TOML-fil"
    parser.add_argument("--instrument", default="", metavar="ID", help=instruments)
    parser.add_argument("--municipalities", type=Path, metavar="FIL", help="CSV med fler kommuner än landets 290")
    counts = "fil eller mapp med antal (teman, ton, tidigare år)"
    parser.add_argument("--counts", nargs="+", type=Path, default=[], metavar="FIL", help=counts)
    external = "tryckta värden att jämföra med"
    parser.add_argument("--external", nargs="+", type=Path, default=[], metavar="FIL", help=external)
    previous = "tidigare instrument eller omgångar, senaste först"
    parser.add_argument("--previous", nargs="+", default=[], metavar="ID", help=previous)
    name = "mätningens namn (annars instrumentets id), eller omgången i databasen"
    parser.add_argument("--round", default="", metavar="NAMN", help=name)
    parser.add_argument("--period", metavar="FRÅN..TILL", help="mätperiod, till exempel 2023-03-13..2023-05-12")
    issued = "rapportens datum (annars periodens sista dag)"
    parser.add_argument("--issued", type=date.fromisoformat, metavar="DATUM", help=issued)


def run(args: Namespace) -> int:
    """Read, count, make and tell; 1 where some report could not be made."""
    console = Console()
    formats = _listed(args.format, tuple(FORMATS), "format")
    languages = _listed(args.language, LANGUAGES, "språk")
    raised: Mapping[str, Thresholds] = {}
    try:
        if args.answers:
            material = _material_of_files(console, args)
        else:
            material, raised = _material_of_records(args)
        subjects = _subjects(material, args.municipality, everything=args.all)
    except (FileError, InstrumentError, CompositionError) as error:
        raise CommandError(str(error)) from error
    outcomes: list[Outcome] = []
    for edition, own in _editions(material, raised, subjects):
        orders = [Order(subject, language) for subject in own for language in languages]
        outcomes += make_with_progress(console, edition, orders, formats, args.output, workers=args.workers).outcomes
    production = Production(tuple(outcomes))
    tell_production(console, production, args.output)
    return PARTLY if production.failed else 0


def _material_of_files(console: Console, args: Namespace) -> RoundMaterial:
    if not args.instrument:
        raise CommandError(f"Ange --instrument: {', '.join(catalogue.available())} eller en TOML-fil.")
    files = RoundFiles(
        answers=tuple(args.answers),
        instrument=args.instrument,
        round_id=args.round,
        municipalities=args.municipalities,
        counts=tuple(args.counts),
        external=tuple(args.external),
        period=_period(args.period),
        issued=args.issued,
        previous=tuple(args.previous),
    )
    material, reading = read_round(files)
    tell_reading(console, reading, args.rejects)
    if not material.counts.tally.by_place:
        raise CommandError("Ingen rad gick att räkna. Rätta filen och läs in den igen.")
    return material


def _material_of_records(args: Namespace) -> tuple[RoundMaterial, Mapping[str, Thresholds]]:
    """The round of the records that ``--round`` names, and the thresholds that municipalities raised in it."""
    unfit = [name for name in ONLY_WITH_FILES if getattr(args, name)]
    if unfit or not args.round:
        which = f"--{unfit[0]} hör till en svarsfil. " if unfit else ""
        raise CommandError(f"{which}Ange en svarsfil, eller --round med en omgång i databasen och inget mer om den.")
    start.start_django()
    start.prepare_records()
    from lyhord.measurements.models import Round  # noqa: PLC0415 - records load after Django has started
    from lyhord.reports.round_material import material_of, raised_limits  # noqa: PLC0415 - as above

    by_key = {each.key: each for each in Round.objects.order_by("key")}
    if args.round not in by_key:
        raise CommandError(f"Det finns ingen omgång {args.round}. I databasen finns: {', '.join(by_key) or 'ingen'}.")
    round_ = by_key[args.round]
    previous = [by_key.get(each) or _instrument(each) for each in args.previous]
    material = material_of(round_, previous=previous, issued=args.issued)
    if not material.counts.tally.by_place:
        raise CommandError(f"Omgången {round_.key} har inga räknade svar.")
    return material, raised_limits(round_)


def _editions(
    material: RoundMaterial, raised: Mapping[str, Thresholds], subjects: Sequence[str]
) -> Iterator[tuple[RoundMaterial, tuple[str, ...]]]:
    """The subjects with the material that each is composed from: who raised its thresholds is held to them."""
    common = tuple(subject for subject in subjects if subject not in raised)
    if common:
        yield material, common
    for subject in subjects:
        if subject in raised:
            instrument = replace(material.instrument, thresholds=raised[subject])
            yield replace(material, instrument=instrument), (subject,)


def read_round(files: RoundFiles) -> tuple[RoundMaterial, Reading]:
    """Read a round's files into what its reports are composed from."""
    instrument = _instrument(files.instrument)
    previous = tuple(_instrument(each) for each in files.previous)
    extra = municipalities_from(files.municipalities) if files.municipalities else ()
    known = register(extra)
    round_id = files.round_id or instrument.id
    reading = read_answers(files.answers, instrument, round_id=round_id, municipalities=known)
    counts = _with_more(reading, files)
    started, ended = files.period or period_of(counts.tally, instrument.year)
    material = RoundMaterial(
        instrument=instrument,
        round_id=round_id,
        counts=counts,
        municipalities={municipality.code: municipality for municipality in known},
        started=started,
        ended=ended,
        issued=files.issued or ended,
        fictitious=files.fictitious,
        quotations=reading.quotations,
        previous=previous,
        new_participants=files.new_participants,
    )
    return material, reading


def make_with_progress(
    console: Console,
    material: RoundMaterial,
    orders: Sequence[Order],
    formats: Sequence[str],
    folder: Path,
    *,
    workers: int | None = None,
) -> Production:
    """Produce with a progress bar."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Gör rapporter", total=len(orders))

        def tell(outcome: Outcome, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        return produce(material, orders, formats, folder, workers=workers, progress=tell)


def tell_reading(console: Console, reading: Reading, rejects: Path | None) -> None:
    """Say what was read and what could not be; write the rejects where asked."""
    console.print(f"{reading.rows_counted:n} av {reading.rows_read:n} rader räknade.", highlight=False)
    if reading.ignored_columns:
        console.print(f"Kolumner som inte används: {', '.join(reading.ignored_columns)}.", markup=False)
    if not reading.rows_rejected:
        return
    console.print(f"Rader som inte kunde läsas: {reading.rows_rejected}", highlight=False)
    for reject in reading.rejects[:MOST_TOLD]:
        where = f"{reject.file}, rad {reject.row}, {reject.field} ”{reject.value}”"
        console.print(f"  {where}: {reject.reason()}. {reject.remedy()}", markup=False, highlight=False)
    if rejects is not None:
        write_rejects(reading.rejects, rejects)
        console.print(f"Alla fel står i {rejects}.", markup=False)
    elif reading.rows_rejected > MOST_TOLD:
        console.print("Ge --rejects FIL för att få alla.")


def tell_production(console: Console, production: Production, folder: Path) -> None:
    """Say what was made, kept, withheld and why, and what failed."""
    console.print(
        f"{production.made} rapporter gjorda, {production.kept} fanns redan. De ligger i {folder}.",
        markup=False,
        highlight=False,
    )
    withheld = list(production.withheld())
    if withheld:
        console.print(f"Delar som är utelämnade i rapporterna: {len(withheld)}. Till exempel:", highlight=False)
        for organisation, what, why in withheld[:MOST_TOLD]:
            console.print(f"  {organisation}: {what} – {why}", markup=False, highlight=False)
    for outcome in production.failed:
        console.print(f"Rapporten för {outcome.order.subject} kunde inte göras: {outcome.error}", markup=False)


def _counts_in(path: Path) -> Counts:
    """A file of option counts, or a folder of counts that Lyhörd wrote."""
    return read_archive(path) if path.is_dir() else Counts(read_tally(path))


def _instrument(name: str) -> Instrument:
    return catalogue.load(name if name in catalogue.available() else Path(name))


def _with_more(reading: Reading, files: RoundFiles) -> Counts:
    """The answers' counts, those of other files, and printed figures; the same file twice counts once."""
    imports = [(reading.digest, reading.counts)]
    imports += [(digest_of(path), _counts_in(path)) for path in files.counts]
    imports += [(digest_of(path), Counts(Tally({}), external=read_external(path))) for path in files.external]
    return merged(imports)


def _subjects(material: RoundMaterial, chosen: Sequence[str], *, everything: bool) -> tuple[str, ...]:
    composer = composer_for(material)
    if everything:
        return (*((NATIONAL,) if composer.national else ()), *composer.subjects)
    if not chosen and len(composer.subjects) == 1:
        return composer.subjects
    unknown = [code for code in chosen if code not in (*composer.subjects, NATIONAL)]
    if unknown or not chosen:
        what = f"Kommun {', '.join(unknown)} har inga svar." if unknown else "Det finns svar från flera kommuner."
        raise CommandError(f"{what} Ange --all, eller --municipality med någon av: {', '.join(composer.subjects)}.")
    return tuple(chosen)


def _listed(text: str, allowed: Sequence[str], what: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    unknown = [word for word in wanted if word not in allowed]
    if unknown or not wanted:
        raise CommandError(f"Okänt {what}: {', '.join(unknown) or 'inget angivet'}. Välj bland {', '.join(allowed)}.")
    return wanted


def _period(text: str | None) -> tuple[date, date] | None:
    if text is None:
        return None
    try:
        first, last = (date.fromisoformat(part) for part in text.split(".."))
    except ValueError:
        raise CommandError(f"Mätperioden {text!r} går inte att läsa. Skriv så här: 2023-03-13..2023-05-12.") from None
    if last < first:
        raise CommandError(f"Mätperioden {text!r} slutar innan den börjar. Skriv första dagen först.")
    return first, last
