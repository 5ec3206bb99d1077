"""Working time from two moments of a row, counted once for each distinct pair and added as a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from lyhord.files.columns import source_column
from lyhord.files.engines import Engine, Session
from lyhord.files.errors import TooLargeError
from lyhord.files.resolving import working_column
from lyhord.files.staging import Staged
from lyhord.instruments.definition import Instrument, Item, WorkingDay
from lyhord.method.working_time import Calendar, is_reversed, swedish_calendar, working_seconds

MOST_CASES = 200_000
UNREADABLE = "?"  # followed by 0 or 1: which of the two moments
ANSWERED_BEFORE_SENT = "<"
ZONE = ZoneInfo("Europe/Stockholm")
_YEARS = range(1990, 2100)
Moments = tuple[str | None, str | None]


def moment(text: str) -> datetime | None:
    """A local moment such as ``2017-10-22 10:35`` with Sweden's time zone; None where it cannot be read."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if read.year not in _YEARS:
        return None
    return read if read.tzinfo else read.replace(tzinfo=ZONE)


def with_working_time(staged: Staged, instrument: Instrument, folder: Path, calendar: Calendar | None = None) -> Staged:
    """The same file with a ``_work.<item>`` column for each item cut from working hours.

    Its words are seconds, or a mark that tells what was wrong. Unchanged where nothing is cut so. ``calendar`` is a
    round's frozen one; without it days are open and closed by the instrument's rule.
    Raises TooLargeError beyond ``MOST_CASES`` rows: mystery measurements have hundreds.
    """
    cuts = tuple(_cuts(staged, instrument))
    if not cuts:
        return staged
    with Session(Engine.POLARS, folder) as polars_session:
        native = staged.frame(polars_session).to_native()
    answers = native.head(MOST_CASES + 1).collect()
    if answers.height > MOST_CASES:
        raise TooLargeError("too_many_moments", file=staged.name, limit=MOST_CASES)
    for item, begin, end in cuts:
        pairs = list(zip(_texts(answers, begin), _texts(answers, end), strict=True))
        measured = _measured(pairs, instrument.working_day or WorkingDay(), calendar)
        column = pl.Series(working_column(item.id), [measured[pair] for pair in pairs], dtype=pl.String())
        answers = answers.with_columns(column)
    part = folder / "with-working-time.parquet"
    answers.write_parquet(part)
    return replace(staged, parts=(part,), direct=False)


def _texts(answers: pl.DataFrame, column: str) -> list[str | None]:
    return [text if text and text.strip() else None for text in answers[column].to_list()]


def _cuts(staged: Staged, instrument: Instrument) -> Iterator[tuple[Item, str, str]]:
    for item in instrument.items:
        if item.cut and item.cut.unit == "working_hours":
            begin, end = (source_column(source, staged.columns.headings) for source in item.cut.sources)
            if begin and end:
                yield item, begin, end


def _measured(pairs: list[Moments], day: WorkingDay, frozen: Calendar | None) -> Mapping[Moments, str | None]:
    read = {text: moment(text) for pair in pairs for text in pair if text}
    years = {known.astimezone(ZONE).year for known in read.values() if known}
    calendar = frozen or _calendar(years or {2017}, day)
    return {pair: _word(pair, read, calendar) for pair in dict.fromkeys(pairs)}


def _calendar(years: set[int], day: WorkingDay) -> Calendar:
    return swedish_calendar(
        range(min(years), max(years) + 1),
        categories=day.holiday_categories,
        bridge_days_closed=day.bridge_days_closed,
        opens=time.fromisoformat(day.opens),
        closes=time.fromisoformat(day.closes),
    )


def _word(pair: Moments, read: Mapping[str, datetime | None], calendar: Calendar) -> str | None:
    for place, text in enumerate(pair):
        if text and read[text] is None:
            return f"{UNREADABLE}{place}"
    begin, end = (read[text] if text else None for text in pair)
    if begin is None or end is None:
        return None
    return ANSWERED_BEFORE_SENT if is_reversed(begin, end) else str(working_seconds(begin, end, calendar))
