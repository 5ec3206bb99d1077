"""Rows of observations counted: by the same reading as a file, in working time by the round's frozen calendar."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lyhord.files.columns import ANSWER_TEXT, EXAMPLE, QUESTION
from lyhord.files.errors import FileError
from lyhord.files.quotations import Quotations
from lyhord.files.reading import Reading, read_answers
from lyhord.measurements.models import Round
from lyhord.measurements.register import all_values
from lyhord.measurements.rounds import instrument_of
from lyhord.method.tally import Counts, Tally
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.calendars import calendar_of_round
from lyhord.mystery.quality.rows import Row

NOTHING: Final = (Counts(Tally({})), Quotations())
ALWAYS: Final = (QUESTION, EXAMPLE, ANSWER_TEXT)  # without the three columns no example is read


def counted(round_: Round, rows: Sequence[Row]) -> tuple[Counts, Quotations]:
    """The counts and quotable words of the rows; the register of municipalities must hold every one of them.

    MysteryError where a row cannot be counted: then what was graded does not fit the instrument, and no figure may
    silently leave it out.
    """
    if not rows:
        return NOTHING
    with tempfile.TemporaryDirectory(prefix="lyhord-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "observationer.csv"
        _write(file, rows)
        reading = _read(round_, file)
    if reading.rejects:
        first = reading.rejects[0]
        contact = rows[first.row - 2].get("svar_id", "")
        raise MysteryError(
            f"{reading.rows_rejected} kontakter går inte att räkna. Kontakt {contact}, {first.field}: "
            f"{first.reason()}. {first.remedy()}"
        )
    return reading.counts, reading.quotations


def _read(round_: Round, file: Path) -> Reading:
    try:
        return read_answers(
            file,
            instrument_of(round_),
            round_id=round_.key,
            municipalities=all_values(),
            calendar=calendar_of_round(round_),
        )
    except FileError as error:
        raise MysteryError(f"Observationerna i {round_} går inte att räkna: {error}") from error


def _write(file: Path, rows: Sequence[Row]) -> None:
    columns = dict.fromkeys([*(name for row in rows for name in row), *ALWAYS])
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(columns), restval="", delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
