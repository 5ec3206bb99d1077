"""The floor: what a bare Django view costs on the same server: a SELECT on GET, and a SELECT and an INSERT on POST.

    python benchmarks/intake/bare.py --database sqlite

No middleware, no template, no form, nothing encrypted and nothing erased: what is left when everything that makes a
survey is taken away. A journey is one GET and one POST, as of the one-page form. Prints rows as ``measure.py`` does.
"""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from measure import cpu_of, database, wait_for

PORT = 8391
PAGE = b"x" * 7_000  # as heavy as a survey's page


def application() -> Callable[..., Any]:
    """What granian loads."""
    import django  # noqa: PLC0415 - the settings come first
    from django.conf import settings  # noqa: PLC0415 - as above

    from lyhord.project.databases import database_from_url  # noqa: PLC0415 - as above

    databases = {"default": database_from_url(os.environ["DATABASE_URL"], Path("none"))}
    settings.configure(
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="bare",  # noqa: S106 - nothing is signed
        DATABASES=databases,
    )
    django.setup()
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - as above

    return get_wsgi_application()


def page(request: Any) -> Any:
    """One SELECT; on POST an INSERT too, in its own transaction."""
    from django.db import connection, transaction  # noqa: PLC0415 - Django has started by now
    from django.http import HttpResponse  # noqa: PLC0415 - as above

    with connection.cursor() as cursor:
        cursor.execute("SELECT id, words FROM bare WHERE id = %s", [1])
        cursor.fetchone()
        if request.method == "POST":
            words = request.POST.get("kommentar", "")
            with transaction.atomic():
                cursor.execute("INSERT INTO bare (words) VALUES (%s)", [words])
    return HttpResponse(PAGE)


def travel(journeys: int) -> None:
    """So many journeys on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for _ in range(journeys):
        connection.request("GET", "/")
        read(connection)
        connection.request("POST", "/", "a=4&b=5&c=ja&d=bygglov&kommentar=Tack", headers)
        read(connection)
    connection.close()


def read(connection: http.client.HTTPConnection) -> None:
    response = connection.getresponse()
    if response.read() != PAGE:
        raise SystemExit(f"The bare page answered {response.status}.")


def together(concurrency: int, journeys: int) -> None:
    threads = [threading.Thread(target=travel, args=(journeys // concurrency,)) for _ in range(concurrency)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def make_table(kind: str, url: str) -> None:
    number = "integer PRIMARY KEY" if kind == "sqlite" else "bigserial PRIMARY KEY"
    statement = f"CREATE TABLE bare (id {number}, words text)"
    if kind == "sqlite":
        import sqlite3  # noqa: PLC0415 - only where it is measured

        sqlite3.connect(url.removeprefix("sqlite:///")).execute(statement)
        return
    import psycopg  # noqa: PLC0415 - as above

    with psycopg.connect(url) as made:
        made.execute(statement)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--journeys", type=int, default=800)
    args = parser.parse_args()
    command = [str(Path(sys.executable).with_name("granian")), "bare:application", "--factory", "--interface", "wsgi"]
    command += ["--port", str(PORT), "--workers", "1", "--blocking-threads", "4", "--no-log"]
    with tempfile.TemporaryDirectory() as folder, database(args.database, Path(folder)) as (url, postmaster):
        make_table(args.database, url)
        environment = {**os.environ, "DATABASE_URL": url}
        process = subprocess.Popen(command, cwd=Path(__file__).parent, env=environment)
        try:
            wait_for(PORT, process)
            measured = [psutil.Process(process.pid), *postmaster]
            for concurrency in (1, 8):
                together(concurrency, 80)
                before = cpu_of(measured)
                together(concurrency, args.journeys)
                cost = 1000 * (cpu_of(measured) - before) / args.journeys
                print(f"| {args.database} | bare | {concurrency} | 2 | {cost:.2f} |", flush=True)
        finally:
            process.terminate()
            process.wait()
    return 0


urlpatterns: list[Any] = []
if os.environ.get("DATABASE_URL") and __name__ == "bare":
    from django.urls import path

    urlpatterns = [path("", page)]


if __name__ == "__main__":
    sys.exit(main())
