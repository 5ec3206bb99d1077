"""Where records are kept: one SQLite file by default, PostgreSQL by ``DATABASE_URL``."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from lyhord.project.env import SettingError

POSTGRESQL = "django.db.backends.postgresql"
POSTGRESQL_SCHEMES = ("postgres", "postgresql")
EXAMPLES = "postgresql://user:password@host:5432/name or sqlite:///var/lyhord.sqlite3"

Database = dict[str, object]


def database_from_url(url: str, default_file: Path) -> Database:
    """Django's description of the database that ``url`` names; the SQLite ``default_file`` where it is empty.

    A SQLite path counts from the working folder after three slashes, from the root after four. SettingError tells
    what a URL must look like; it never repeats the URL, which may hold a password.
    """
    if not url:
        return sqlite(default_file)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingError(f"DATABASE_URL is no address of a database; it looks like {EXAMPLES}.") from None
    if parts.scheme == "sqlite" and len(parts.path) > 1:
        return sqlite(Path(unquote(parts.path[1:])).absolute())
    if parts.scheme in POSTGRESQL_SCHEMES and len(parts.path) > 1:
        return _postgresql(parts, port)
    raise SettingError(f"DATABASE_URL names no database that Lyhörd can use; it looks like {EXAMPLES}.")


def sqlite(file: Path) -> Database:
    """One SQLite file: readers never wait for a writer (WAL), writers take turns from their first statement.

    What is deleted is overwritten with zeros (docs/anonymity.md), and a thread keeps its connection.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON;",
        },
        "CONN_MAX_AGE": None,
    }


def _postgresql(parts: SplitResult, port: int | None) -> Database:
    return {
        "ENGINE": POSTGRESQL,
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": "" if port is None else str(port),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
