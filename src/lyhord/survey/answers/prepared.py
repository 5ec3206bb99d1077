"""One row of a statement that is run again and again: PostgreSQL plans it once in a connection, not every time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection


def one_row(statement: str, values: Sequence[str | int]) -> tuple[Any, ...] | None:
    """The first row, or None where there is none."""
    connection.ensure_connection()
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, list(values))
            found: tuple[Any, ...] | None = cursor.fetchone()
            return found
    from psycopg import Cursor  # noqa: PLC0415 - not needed on SQLite

    with connection.wrap_database_errors, Cursor(connection.connection) as prepared:
        prepared.execute(statement.encode(), list(values), prepare=True)
        return prepared.fetchone()
