"""How fast lists of contacts are read with every check, and in how much memory.

``python benchmarks/contacts/run.py 100000 1000000`` reads one list of each length into an empty database of its own:
an SQLite file in a temporary folder, or the PostgreSQL that ``--postgres`` starts. Nine rows of ten name somebody; the
rest are landlines, duplicates or faulty. ``--xlsx`` hands the same rows over as a workbook. ``--invite`` then draws and
queues everyone who was taken. What PostgreSQL itself uses of the processor is told apart.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg
import xlsxwriter

if TYPE_CHECKING:
    from lyhord.measurements.models import Participation
    from lyhord.survey.contacts.models import Upload

HEAD = "PhoneNumberOrEmail;AgentRefCode;SurveyRefCode;LanguageCode;MetaKey;RecruitmentMethod;RespondentAttributes\r\n"
CHUNK = 1 << 20
SPARE = 1 << 16


def address(number: int, chance: random.Random) -> str:
    """One row's address; about one in ten cannot be taken."""
    lot = chance.random()
    if lot < 0.06:
        return f"08{chance.randrange(10**6, 10**7)}"
    if lot < 0.08:
        return f"0046{chance.choice('7')}0{chance.randrange(0, max(number, 1)):07}"  # somebody who came before
    if lot < 0.09:
        return f"07{chance.randrange(10**4)}"
    if lot < 0.30:
        return f"person{number}@exempel{number % 7}.se"
    return f"0046{('70', '72', '73', '76', '79')[number % 5]}{number:07}"


def written(path: Path, rows: int) -> None:
    """A list of so many rows in Brilliant's columns; the same every time."""
    chance = random.Random(rows)  # noqa: S311 - a made-up list
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEAD)
        for number in range(rows):
            kind = f'{address(number, chance)};kc;exempel;SE;samtal-{number};;"{{ ""CallLength"": ""300"" }}"\r\n'
            stream.write(kind)


def written_as_workbook(path: Path, rows: int) -> None:
    """The same list as a workbook, its texts shared between cells as spreadsheet programs write them."""
    written(path, rows)
    lines = path.read_text(encoding="utf-8").splitlines()
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line.split(";"))


def chunks(path: Path) -> Iterator[bytes]:
    """The list as it comes in over the network."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


class Clock:
    """Seconds that passed, and processor seconds of this process and of its database's server, since it was made."""

    def __init__(self) -> None:
        self._begun = self._now()

    def _now(self) -> tuple[float, float, float]:
        from django.db import connection  # noqa: PLC0415 - after Django has started

        server = 0.0
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                used = psutil.Process(cursor.fetchone()[0]).cpu_times()
            server = used.user + used.system
        return time.perf_counter(), time.process_time(), server

    def figures(self, number: int) -> list[float]:
        """Seconds, number a second, processor seconds here and in the server, number a processor second here."""
        seconds, cpu, server = (now - then for now, then in zip(self._now(), self._begun, strict=True))
        return [seconds, number / seconds, cpu, server, number / cpu]


def measured(rows: int, *, workbook: bool, invite: bool) -> None:
    """Read one list into an empty database and print what it took. Run in a process of its own, for its memory."""
    import django  # noqa: PLC0415 - after the settings' environment is set

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs the settings
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from lyhord.accounts.models import Organisation  # noqa: PLC0415 - needs the settings
    from lyhord.accounts.scope import scope  # noqa: PLC0415 - needs the settings
    from lyhord.instruments.catalogue import definition_text  # noqa: PLC0415 - as the others
    from lyhord.measurements.models import Municipality, Round  # noqa: PLC0415 - needs the settings
    from lyhord.measurements.participations import Terms, take_part  # noqa: PLC0415 - needs the settings
    from lyhord.measurements.rounds import RoundPlan, move, plan_round  # noqa: PLC0415 - needs the settings
    from lyhord.survey.contacts.importing import read  # noqa: PLC0415 - needs the settings
    from lyhord.survey.contacts.uploads import receive  # noqa: PLC0415 - needs the settings

    call_command("migrate", verbosity=0)
    Municipality.objects.create(code="9901", name="Exempelköping", formal_name="Exempelköpings kommun")
    own = Organisation.objects.create(kind="municipality", name="Exempelköpings kommun", municipality_code="9901")
    begins = timezone.localdate() - timedelta(days=1)
    plan = RoundPlan("matning", "Mätning", begins, begins + timedelta(days=60), quarantine_days=90)
    list_file = Path(os.environ["LYHORD_DATA"]) / ("lista.xlsx" if workbook else "lista.csv")
    (written_as_workbook if workbook else written)(list_file, rows)
    with scope(own):
        round_ = plan_round(own, definition_text("skr-servicematning-2023"), plan)
        move(round_, Round.State.OPEN)
        both = [take_part(round_, own, channel, Terms(sms_sender="Kommunen")) for channel in ("tel", "epost")]
        before, clock = most_memory(), Clock()
        upload = receive(round_, own, list_file.name, chunks(list_file))
        read(upload)
        figures = [*clock.figures(rows), before, most_memory()]
        upload.refresh_from_db()
    if upload.state != "done" or upload.rows != rows:
        sys.exit(f"The list of {rows} rows ended as {upload.state}: {upload.problem}")
    print(line_of(upload, figures), flush=True)
    if invite:
        for participation in both:
            invited(participation)


def most_memory() -> float:
    """The largest resident size of the process until now, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def invited(participation: Participation) -> None:
    """Draw everyone who waits for the participation, queue them two days later, and print what each took."""
    from django.utils import timezone  # noqa: PLC0415 - after Django has started

    from lyhord.accounts.scope import scope  # noqa: PLC0415 - as above
    from lyhord.survey.sending.drawing import draw_today  # noqa: PLC0415 - as above
    from lyhord.survey.sending.plans import hours_of, plan_of  # noqa: PLC0415 - as above
    from lyhord.survey.sending.queueing import queue_due  # noqa: PLC0415 - as above

    participation.quota = None  # everyone is drawn at once
    with scope(participation.organisation_id):
        hours = hours_of(plan_of(participation))
        now = hours.next_permitted(timezone.now())
        clock = Clock()
        drawn = draw_today(participation, now) or 0
        print(f"| {participation.channel}: drawn | {drawn:,} | {said(clock.figures(drawn))} |", flush=True)
        clock, queued, later = Clock(), 0, hours.next_permitted(now + timedelta(days=3))
        while number := queue_due(participation, later):
            queued += number
        print(f"| {participation.channel}: queued | {queued:,} | {said(clock.figures(queued))} |", flush=True)


def said(figures: Sequence[float]) -> str:
    """Figures as cells of a table."""
    return " | ".join(f"{one:,.1f}" for one in figures)


def line_of(upload: Upload, figures: Sequence[float]) -> str:
    """One line of the table."""
    left = ", ".join(f"{reason} {count}" for reason, count in sorted(upload.reasons.items()))
    return f"| {upload.rows:,} | {upload.taken:,} | {left} | {said(figures)} |"


def in_own_process(rows: int, asked: Sequence[str], environment: dict[str, str]) -> None:
    """Measure one length in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="lyhord-contacts-") as folder:
        here = {**os.environ, **environment, "LYHORD_DATA": folder, "DJANGO_SETTINGS_MODULE": "lyhord.project.settings"}
        subprocess.run([sys.executable, __file__, "--one", str(rows), *asked], env=here, check=True)


def main() -> int:
    """Measure every length that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="+")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--xlsx", action="store_true")
    parser.add_argument("--invite", action="store_true")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        measured(args.rows[0], workbook=args.xlsx, invite=args.invite)
        return 0
    asked = [name for name, wanted in (("--xlsx", args.xlsx), ("--invite", args.invite)) if wanted]
    columns = "rows", "taken", "left out", "s", "rows/s", "CPU s", "server CPU s", "rows/CPU s", "MB before", "MB most"
    print(f"| {' | '.join(columns)} |\n|{'--|' * len(columns)}")
    sys.stdout.flush()
    for rows in args.rows:
        if not args.postgres:
            in_own_process(rows, asked, {"DATABASE_URL": ""})
            continue
        sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
        from database import FASTER, Postgres  # noqa: PLC0415 - the tests' own server, only where it is asked for

        server = Postgres()
        try:
            with psycopg.connect(server.server.get_uri(), autocommit=True) as connection:
                connection.execute("CREATE DATABASE contacts OWNER lyhord_app")
                for setting in FASTER:  # as PostgreSQL is set when nothing may be lost
                    connection.execute(f"ALTER SYSTEM RESET {setting.partition(' ')[0]}")
                connection.execute("SELECT pg_reload_conf()")
            parts = urlsplit(server.url())
            in_own_process(rows, asked, {"DATABASE_URL": urlunsplit(parts._replace(path="/contacts"))})
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
