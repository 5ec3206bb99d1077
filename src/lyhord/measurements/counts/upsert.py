"""Adding to counted rows in one statement each, so that two who add at once lose nothing.

Django's own upsert replaces values; this one adds to them. The statement is the same in SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, models

Row = tuple[int | str, ...]
ROWS_AT_ONCE: Final = 1_000  # of at most ten values each: far below what either database takes in a statement


@dataclass(frozen=True, slots=True)
class Upsert:
    """How rows of one table are added: the columns that tell them apart, and what becomes of the others."""

    model: type[models.Model]
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    least: tuple[str, ...] = ()
    greatest: tuple[str, ...] = ()

    def add(self, rows: Sequence[Row]) -> None:
        """Add rows of ``columns``; no two may have the same keys.

        They are sorted by their keys, so that two transactions that touch the same rows wait instead of locking each
        other out.
        """
        ordered = sorted(rows, key=lambda row: tuple(map(str, row[: len(self.keys)])))
        with connection.cursor() as cursor:
            for start in range(0, len(ordered), ROWS_AT_ONCE):
                batch = ordered[start : start + ROWS_AT_ONCE]
                cursor.execute(self.statement(len(batch)), [value for row in batch for value in row])

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a row, keys first."""
        return (*self.keys, *self.sums, *self.least, *self.greatest)

    def statement(self, rows: int) -> str:
        """The statement that adds so many rows."""
        quote = connection.ops.quote_name
        table = quote(self.model._meta.db_table)  # noqa: SLF001 - Django's documented name of a table
        row = f"({', '.join(['%s'] * len(self.columns))})"
        changes = [
            *(f"{quote(name)} = {table}.{quote(name)} + excluded.{quote(name)}" for name in self.sums),
            *(_kept(table, quote(name), "<") for name in self.least),
            *(_kept(table, quote(name), ">") for name in self.greatest),
        ]
        return (
            f"INSERT INTO {table} ({', '.join(map(quote, self.columns))}) VALUES {', '.join([row] * rows)} "  # noqa: S608 - names come from the models alone
            f"ON CONFLICT ({', '.join(map(quote, self.keys))}) DO UPDATE SET {', '.join(changes)}"
        )


def _kept(table: str, column: str, sign: str) -> str:
    ours, theirs = f"{table}.{column}", f"excluded.{column}"
    return f"{column} = CASE WHEN {theirs} {sign} {ours} THEN {theirs} ELSE {ours} END"
