"""Statements that are run for every respondent, on Django's own connection and in its transaction.

Handed straight to the database's driver, since Django would put the statement and a cursor together anew each time,
which costs more than to run it. PostgreSQL plans a prepared statement once in a connection instead of every time.
Statements use ``%s``, as Django's do; a literal ``%`` has no place in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections

ONLY_WHERE_TOLD: Final = 1_000_000_000  # so many times a statement would have to be run to be prepared by itself
Value = str | int | bytes | None


def one_row(statement: str, values: Sequence[Value]) -> tuple[Any, ...] | None:
    """The first row, or None where there is none.

    A connection that the database has closed meanwhile is opened anew and the statement run again; asking the database
    before every request whether it is still there would cost a round trip each time. So the statement may be nothing
    that must not happen twice. Within a transaction the error is raised, since what went before is lost.
    """
    try:
        return _row(statement, values)
    except OperationalError:
        if connection.in_atomic_block or not is_lost():
            raise
    connection.close()
    return _row(statement, values)


def run(statement: str, values: Sequence[Value]) -> int:
    """Run a statement that answers nothing; how many rows it touched."""
    with _executed(statement, values) as cursor:
        return int(cursor.rowcount)


def is_lost() -> bool:
    """Whether the database's server has ended the connection. SQLite has no server."""
    return connection.vendor != "sqlite" and connection.connection is not None and bool(connection.connection.closed)


def _row(statement: str, values: Sequence[Value]) -> tuple[Any, ...] | None:
    with _executed(statement, values) as cursor:
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


@contextmanager
def _executed(statement: str, values: Sequence[Value]) -> Iterator[Any]:
    """The driver's cursor after the statement was run."""
    kept = connections[DEFAULT_DB_ALIAS]  # ``connection`` would look for it anew at every mention
    kept.ensure_connection()
    with kept.wrap_database_errors:
        if kept.vendor == "sqlite":
            yield kept.connection.execute(_with_marks(statement), values)
            return
        if kept.connection.prepare_threshold is None:  # as Django sets it: psycopg then prepares nothing at all
            kept.connection.prepare_threshold = ONLY_WHERE_TOLD
        # Not Django's own class of cursor, which puts values into the text: there would be nothing to prepare.
        with _cursor_class()(kept.connection) as cursor:
            yield cursor.execute(_encoded(statement), values, prepare=True)


@lru_cache(maxsize=1)
def _cursor_class() -> Any:
    from psycopg import Cursor  # noqa: PLC0415 - not needed on SQLite

    return Cursor


@lru_cache(maxsize=64)
def _with_marks(statement: str) -> str:
    """As SQLite's driver writes values."""
    return statement.replace("%s", "?")


@lru_cache(maxsize=64)
def _encoded(statement: str) -> bytes:
    """Psycopg wants text known to be no one's input as ``LiteralString``, or bytes."""
    return statement.encode()
