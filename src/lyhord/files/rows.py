"""The rows of one answers file as they are written, for who stores each of them as a record."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from lyhord.files.durations import MOST_CASES
from lyhord.files.engines import ROW, Engine, Session
from lyhord.files.errors import TooLargeError
from lyhord.files.staging import SURPLUS, staged
from lyhord.instruments.definition import Instrument

Written = Mapping[str, str]  # canonical column -> what is written, blanks left out


def rows_in(path: Path, instrument: Instrument) -> dict[int, Written]:
    """Every row by its number, as a spreadsheet counts them, in the file's order; nothing is checked but the heading.

    FileError where the file as a whole cannot be used, or holds more rows than a mystery measurement has.
    """
    with tempfile.TemporaryDirectory(prefix="lyhord-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        file = staged(path, instrument, scratch)
        with Session(Engine.POLARS, scratch) as session:
            rows = file.frame(session).to_native().head(MOST_CASES + 1).collect().to_dicts()
    if len(rows) > MOST_CASES:
        raise TooLargeError("too_many_moments", file=file.name, limit=MOST_CASES)
    return {int(row[ROW]): _written(row) for row in rows}


def _written(row: Mapping[str, object]) -> Written:
    texts = {name: str(text).strip() for name, text in row.items() if text is not None}
    return {name: text for name, text in texts.items() if text and name not in (ROW, SURPLUS)}
