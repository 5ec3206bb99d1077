"""What every face asks of a table before it sets it."""

from __future__ import annotations

from lyhord.rendering.errors import RenderingError
from lyhord.rendering.report import Report, Table


def check_table(table: Table) -> None:
    """Raise RenderingError where a row has not one cell for each column."""
    for position, row in enumerate(table.rows, start=1):
        if len(row) != len(table.columns):
            raise RenderingError(
                f"Table {table.number} ({table.title}), row {position}: {len(row)} cells for {len(table.columns)} "
                "columns. Give every row one cell per column."
            )


def check_table_widths(report: Report) -> None:
    """Check every table of a report with ``check_table``."""
    for _depth, section in report.walk():
        for block in section.blocks:
            if isinstance(block, Table):
                check_table(block)
