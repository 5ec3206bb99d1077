"""Answer files in, counts out: the one entry of this room."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import narwhals as nw

from lyhord.files.checking import FILE, flags_for, is_rejected, rejects_in, sizes
from lyhord.files.columns import CHANNEL, DATE, EXCLUDED, MUNICIPALITY, require
from lyhord.files.counting import counts_of
from lyhord.files.durations import with_working_time
from lyhord.files.engines import AUTO, ROW, Frame, Session, engine_for
from lyhord.files.errors import FileError
from lyhord.files.quotations import Quotations
from lyhord.files.quoting import quotations_in
from lyhord.files.rejects import Reject
from lyhord.files.resolving import Resolver, resolver_for, sources_of
from lyhord.files.staging import Staged, staged
from lyhord.files.vocabulary import words_of
from lyhord.instruments.definition import Instrument
from lyhord.method.groups import Municipality
from lyhord.method.tally import Counts
from lyhord.method.working_time import Calendar

_DAY_LENGTH = 10  # 2023-03-13


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of one import.

    ``rejects`` lists the faults of at most ``checking.MOST_REJECTS`` rows; ``rows_rejected`` counts all of them.
    ``rows_counted`` are the sound rows, of which ``rows_excluded`` are in no base. ``digest`` depends on the files'
    bytes only, not on their names or order: two readings with equal digests hold the same answers.
    """

    counts: Counts
    quotations: Quotations
    rows_read: int
    rows_counted: int
    rows_excluded: int
    rows_rejected: int
    rejects: tuple[Reject, ...]
    digest: str
    ignored_columns: tuple[str, ...] = ()


def read_answers(
    path: Path | Sequence[Path],
    instrument: Instrument,
    *,
    round_id: str,
    municipalities: Iterable[Municipality],
    language: str = "sv",
    engine: str = AUTO,
    calendar: Calendar | None = None,
) -> Reading:
    """Read one answers file, or several as one: check every row, count the good ones and tell what was wrong.

    Several files are one import: identical files are read once, and an answer id counts once over all of them.
    ``engine`` is ``polars``, ``duckdb`` or ``auto`` (by size); both give the same counts. Without a ``kommun`` column
    the answers belong to the only municipality in ``municipalities``, without ``kanal`` to the instrument's only
    channel. ``calendar`` is what working time is counted by where a round has frozen one.

    Raises FileError, in ``language``, where a file as a whole cannot be used. Nothing is left on disk.
    """
    paths = (path,) if isinstance(path, Path) else tuple(path)
    try:
        with tempfile.TemporaryDirectory(prefix="lyhord-", ignore_cleanup_errors=True) as folder:
            scratch = Path(folder)
            with Session(engine_for(engine, paths), scratch) as session:
                files = _all_staged(paths, instrument, scratch, calendar)
                return _read(files, instrument, tuple(municipalities), session=session, round_id=round_id)
    except FileError as error:
        raise error.in_language(language) from None


def _read(
    files: Sequence[Staged],
    instrument: Instrument,
    municipalities: Sequence[Municipality],
    *,
    session: Session,
    round_id: str,
) -> Reading:
    for file in files:
        _require_places(file, instrument, municipalities)
    frame = _one_frame(files, instrument, municipalities, session)
    headings = {name: heading for file in files for name, heading in file.columns.headings.items()}
    resolver = _resolver(frame, instrument, municipalities, headings, files)
    placed = resolver.placed(frame)
    resolved = resolver.resolve(placed)
    flags = flags_for(resolver, resolved, ", ".join(file.name for file in files))
    broken = is_rejected(flags)
    rows_read, rows_rejected, rows_excluded = sizes(placed, resolver, flags)
    if not rows_read:
        raise FileError("no_rows", file=files[0].name)
    names = [file.name for file in files]
    sound = resolved.filter(~broken) if rows_rejected else placed
    return Reading(
        counts=counts_of(sound, resolver, round_id),
        quotations=quotations_in(resolved.filter(~broken), resolver),
        rows_read=rows_read,
        rows_counted=rows_read - rows_rejected,
        rows_excluded=rows_excluded,
        rows_rejected=rows_rejected,
        rejects=rejects_in(resolved, flags, names, headings) if rows_rejected else (),
        digest=_digest(files),
        ignored_columns=tuple(dict.fromkeys(name for file in files for name in file.columns.ignored)),
    )


def _all_staged(
    paths: Sequence[Path], instrument: Instrument, scratch: Path, calendar: Calendar | None
) -> tuple[Staged, ...]:
    """Each distinct file staged in a folder of its own; a file given twice is read once."""
    distinct: dict[str, Staged] = {}
    for number, path in enumerate(paths):
        folder = scratch / str(number)
        folder.mkdir()
        file = staged(path, instrument, folder)
        if file.digest not in distinct:
            distinct[file.digest] = with_working_time(file, instrument, folder, calendar)
    return tuple(distinct.values())


def _require_places(file: Staged, instrument: Instrument, municipalities: Sequence[Municipality]) -> None:
    needed = [MUNICIPALITY] if len(municipalities) != 1 else []
    needed += [CHANNEL] if len(instrument.channels) != 1 else []
    require(file.name, file.columns, needed)


def _one_frame(
    files: Sequence[Staged], instrument: Instrument, municipalities: Sequence[Municipality], session: Session
) -> Frame:
    """All files' rows under one set of columns, with ``_file``, and dates cut from any time of day."""
    frames = [(number, file.frame(session)) for number, file in enumerate(files)]
    present = dict.fromkeys(name for _, frame in frames for name in frame.collect_schema().names())
    columns = [name for name in dict.fromkeys([*present, MUNICIPALITY, CHANNEL]) if name != ROW]
    defaults = {MUNICIPALITY: municipalities[0].code, CHANNEL: instrument.channels[0].id}
    parts = [_aligned(frame, number, columns, defaults) for number, frame in frames]
    return nw.concat(parts) if len(parts) > 1 else parts[0]


def _aligned(frame: Frame, number: int, columns: Sequence[str], defaults: Mapping[str, str]) -> Frame:
    own = set(frame.collect_schema().names())
    filled = [
        nw.lit(defaults.get(name), dtype=nw.String).alias(name) if name not in own else _day(name) for name in columns
    ]
    return frame.select(nw.lit(number, dtype=nw.Int64).alias(FILE), ROW, *filled)


def _day(name: str) -> nw.Expr:
    """The column itself; of a moment in the date column only its day, so that days and not seconds are translated."""
    column = nw.col(name)
    if name != DATE:
        return column
    clock = column.str.slice(_DAY_LENGTH, 1).is_in(["T", " "])
    return nw.when(clock).then(column.str.slice(0, _DAY_LENGTH)).otherwise(column).alias(name)


def _resolver(
    frame: Frame,
    instrument: Instrument,
    municipalities: Sequence[Municipality],
    headings: Mapping[str, str],
    files: Sequence[Staged],
) -> Resolver:
    present = frame.collect_schema().names()
    sources = sources_of(instrument, present)
    words = words_of(frame, sources.columns(), headings, ", ".join(file.name for file in files))
    return resolver_for(instrument, municipalities, sources, words, excludes=EXCLUDED in present)


def _digest(files: Sequence[Staged]) -> str:
    if len(files) == 1:
        return files[0].digest
    return hashlib.sha256("".join(sorted(file.digest for file in files)).encode()).hexdigest()
