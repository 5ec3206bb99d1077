"""The report's values as Kolada takes them: ``kpi;municipality;period;gender;value``, one decimal.

The order of the columns is that of an observation in Kolada's open API. Which values exist is decided before they
come here: a value that rests on fewer answers than Kolada's threshold never becomes a KoladaRow. The definition of
each KPI stands in a companion file, since the rows themselves have no room for it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from lyhord.rendering import numbers
from lyhord.rendering.formula_safety import as_plain_text
from lyhord.rendering.report import KoladaRow

COLUMNS: Final = ("kpi", "municipality", "period", "gender", "value")
_MARK: Final = b"\xef\xbb\xbf"


def kolada_csv(rows: Iterable[KoladaRow]) -> bytes:
    """The rows by KPI, municipality, period and gender; decimal comma, since a Swedish Excel takes 8.7 for a date."""
    ordered = sorted(rows, key=lambda row: (row.kpi, row.municipality, row.period, row.gender))
    return _written(
        COLUMNS,
        ((row.kpi, row.municipality, str(row.period), row.gender, _one_decimal(row.value)) for row in ordered),
    )


def kolada_definitions_csv(rows: Iterable[KoladaRow]) -> bytes:
    """The companion: ``kpi;definition``, one row for each KPI that occurs."""
    definitions = dict(sorted((row.kpi, row.definition) for row in rows))
    return _written(("kpi", "definition"), definitions.items())


def _one_decimal(value: float) -> str:
    return numbers.decimal(value, 1, "sv").replace(numbers.NO_BREAK_SPACE, "").replace(numbers.MINUS, "-")


def _written(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([as_plain_text(cell) if column < 4 else cell for column, cell in enumerate(row)] for row in rows)
    return _MARK + text.getvalue().encode()
