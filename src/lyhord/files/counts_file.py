"""Counts as files: how archives and other systems hand over tallies, and how ours are handed on.

A tally is one CSV or Parquet table; an archive is a folder with one table for the tally and each of its siblings.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import polars as pl

from lyhord.files.columns import folded
from lyhord.files.errors import DamagedFileError, FileError
from lyhord.files.rejects import harmless
from lyhord.files.text_shape import TextShape, shape_of
from lyhord.files.whole import written_whole
from lyhord.instruments.definition import Instrument
from lyhord.method.tally import (
    Cell,
    Counts,
    DurationSum,
    ExternalFigure,
    Flow,
    Pair,
    PairTally,
    Place,
    Tally,
)

PLACE_COLUMNS = ("round", "instrument", "municipality", "channel", "breakdown", "value")
TALLY_COLUMNS = (*PLACE_COLUMNS, "item", "option", "count")
PAIR_COLUMNS = ("round", "instrument", "municipality", "first", "second", "first_option", "second_option", "count")
FLOW_COLUMNS = ("round", "municipality", "channel", "listed", "invited", "answered", "commented", "reason", "excluded")
DURATION_COLUMNS = (*PLACE_COLUMNS, "item", "n", "seconds", "squares", "least", "greatest")
EXTERNAL_COLUMNS = (
    "measure", "label", "value", "source", "round", "municipality", "group", "low", "high", "members",
)  # fmt: skip

_WHOLE = "Skriv ett heltal, noll eller större. / Write a whole number, zero or greater."
_NUMBER = "Skriv ett tal, till exempel 82,7. / Write a number such as 82.7."
_TWICE = "Raden finns redan; slå ihop dem. / The row occurs already; merge them."
_UNKNOWN = "Finns inte i instrumentet {instrument}. / Unknown to the instrument {instrument}."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table and where it stood, for messages."""

    file: str
    number: int
    fields: Mapping[str, str]

    def text(self, column: str) -> str:
        """The field, empty where the column or the value is missing."""
        return self.fields.get(column, "").strip()

    def whole(self, column: str) -> int:
        """The field as a non-negative whole number; FileError where it is none."""
        text = self.text(column)
        if not text.isdecimal():
            raise self.fault(column, _WHOLE)
        return int(text)

    def whole_or_none(self, column: str) -> int | None:
        """As ``whole``, None where empty."""
        return self.whole(column) if self.text(column) else None

    def number_or_none(self, column: str) -> float | None:
        """The field as a number with decimal comma or point, None where empty; FileError where it is none."""
        text = self.text(column)
        if not text:
            return None
        try:
            return float(text.replace(",", ".").replace("\u2212", "-"))
        except ValueError:
            raise self.fault(column, _NUMBER) from None

    def fault(self, column: str, remedy: str) -> FileError:
        """What is wrong with a field of this row."""
        value = repr(self.text(column)[:80])
        return FileError("bad_counts_row", file=self.file, row=self.number, column=column, value=value, remedy=remedy)


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, or of all files in a folder: the same content twice has the same digest."""
    digest = hashlib.sha256()
    for file in sorted(path.iterdir()) if path.is_dir() else (path,):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def write_tally(tally: Tally, path: Path) -> None:
    """Write a tally as CSV or, for a name ending in .parquet, Parquet. The file appears whole or not at all."""
    _write_table(path, TALLY_COLUMNS, ((*cell.place, cell.item, cell.option, count) for cell, count in tally.cells()))


def read_tally(path: Path, instrument: Instrument | None = None) -> Tally:
    """Read a tally from CSV or Parquet. With ``instrument``, items and options must be its own.

    Raises FileError naming row, column, value and remedy for a count that is no whole number, a cell that occurs
    twice and, with ``instrument``, an unknown item or option.
    """
    cells: dict[Cell, int] = {}
    known = _known_options(instrument) if instrument else None
    for row in _rows(path, TALLY_COLUMNS):
        cell = Cell(_place(row), row.text("item"), row.text("option"))
        if cell in cells:
            raise row.fault("option", _TWICE)
        if instrument and known is not None and (cell.item, cell.option) not in known:
            raise row.fault("option", _UNKNOWN.format(instrument=instrument.id))
        cells[cell] = row.whole("count")
    return Tally.from_cells(cells.items())


def _known_options(instrument: Instrument) -> frozenset[tuple[str, str]]:
    return frozenset((item.id, option.code) for item in instrument.items for option in item.options)


def write_external(figures: Iterable[ExternalFigure], path: Path) -> None:
    """Write printed figures as CSV."""
    _write_table(path, EXTERNAL_COLUMNS, ([getattr(figure, name) for name in EXTERNAL_COLUMNS] for figure in figures))


def read_external(path: Path) -> tuple[ExternalFigure, ...]:
    """Read printed figures, decimal comma or point; FileError names a row whose value is no number."""
    return tuple(_external(row) for row in _rows(path, ("measure", "label", "value", "source")))


def _external(row: Row) -> ExternalFigure:
    value = row.number_or_none("value")
    if value is None:
        raise row.fault("value", _NUMBER)
    return ExternalFigure(
        measure=row.text("measure"),
        label=row.text("label"),
        value=value,
        source=row.text("source"),
        round=row.text("round"),
        municipality=row.text("municipality"),
        group=row.text("group"),
        low=row.number_or_none("low"),
        high=row.number_or_none("high"),
        members=row.whole_or_none("members"),
    )


def write_archive(counts: Counts, folder: Path) -> None:
    """Write everything a report is made from as five CSV tables in ``folder``, which must exist."""
    write_tally(counts.tally, folder / "tally.csv")
    pairs = (
        (*pair, *options, n) for pair, joint in sorted(counts.pairs.counts.items()) for options, n in joint.items()
    )
    _write_table(folder / "pairs.csv", PAIR_COLUMNS, pairs)
    _write_table(folder / "flows.csv", FLOW_COLUMNS, (row for flow in counts.flows for row in _flow_rows(flow)))
    durations = (
        (*place, item, times.n, times.seconds, times.squares, times.least, times.greatest)
        for (place, item), times in sorted(counts.durations.items())
    )
    _write_table(folder / "durations.csv", DURATION_COLUMNS, durations)
    write_external(counts.external, folder / "external.csv")


def read_archive(folder: Path, instrument: Instrument | None = None) -> Counts:
    """Read what ``write_archive`` wrote; only ``tally.csv`` must be there. FileError as for each table."""
    return Counts(
        tally=read_tally(folder / "tally.csv", instrument),
        pairs=_if_there(folder / "pairs.csv", _read_pairs, PairTally({})),
        flows=_if_there(folder / "flows.csv", _read_flows, ()),
        durations=_if_there(folder / "durations.csv", _read_durations, {}),
        external=_if_there(folder / "external.csv", read_external, ()),
    )


def _if_there(path: Path, read: Callable[[Path], T], otherwise: T) -> T:
    return read(path) if path.exists() else otherwise


def _place(row: Row) -> Place:
    place = Place(*(row.text(name) for name in PLACE_COLUMNS))
    return place if place.breakdown else place._replace(breakdown="none")


def _read_pairs(path: Path) -> PairTally:
    counts: dict[Pair, dict[tuple[str, str], int]] = {}
    for row in _rows(path, PAIR_COLUMNS):
        pair = Pair(*(row.text(name) for name in PAIR_COLUMNS[:5]))
        counts.setdefault(pair, {})[row.text("first_option"), row.text("second_option")] = row.whole("count")
    return PairTally(counts)


def _flow_rows(flow: Flow) -> Iterator[tuple[object, ...]]:
    """A flow with its counts, then one row for each reason of exclusion."""
    key = (flow.round, flow.municipality, flow.channel)
    yield (*key, flow.listed, flow.invited, flow.answered, flow.commented, "", None)
    for reason, cases in flow.excluded:
        yield (*key, None, None, None, None, harmless(reason), cases)


def _read_flows(path: Path) -> tuple[Flow, ...]:
    flows: dict[tuple[str, str, str], Flow] = {}
    excluded: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for row in _rows(path, FLOW_COLUMNS):
        key = (row.text("round"), row.text("municipality"), row.text("channel"))
        if row.text("reason"):
            excluded.setdefault(key, []).append((row.text("reason"), row.whole("excluded")))
        else:
            listed, invited, answered, commented = (row.whole_or_none(name) for name in FLOW_COLUMNS[3:7])
            flows[key] = Flow(*key, listed=listed, invited=invited, answered=answered, commented=commented)
    keys = dict.fromkeys([*flows, *excluded])
    return tuple(replace(flows.get(key, Flow(*key)), excluded=tuple(excluded.get(key, ()))) for key in keys)


def _read_durations(path: Path) -> Mapping[tuple[Place, str], DurationSum]:
    return {
        (_place(row), row.text("item")): DurationSum(*(row.whole(name) for name in DURATION_COLUMNS[-5:]))
        for row in _rows(path, DURATION_COLUMNS)
    }


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with written_whole(path) as unfinished:
        if path.suffix.casefold() == ".parquet":
            pl.DataFrame([tuple(row) for row in rows], schema=list(columns), orient="row").write_parquet(unfinished)
            return
        with unfinished.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";", lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)


def _rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    if not path.is_file():
        raise FileError("not_found", file=path.name)
    if path.suffix.casefold() == ".parquet":
        yield from _parquet_rows(path, columns)
    else:
        yield from _text_rows(path, shape_of(path), columns)


def _parquet_rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DamagedFileError("truncated", file=path.name, detail=str(error).splitlines()[0][:120]) from None
    _require(path, frame.columns, columns)
    for number, fields in enumerate(frame.iter_rows(named=True), start=1):
        yield Row(path.name, number, {name: "" if value is None else str(value) for name, value in fields.items()})


def _text_rows(path: Path, shape: TextShape, columns: Sequence[str]) -> Iterator[Row]:
    header = [folded(name) for name in shape.header]
    _require(path, header, columns)
    with path.open(encoding=shape.encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=shape.delimiter)
        next(reader)
        for record in reader:
            if any(record):
                yield Row(path.name, reader.line_num, dict(zip(header, record, strict=False)))


def _require(path: Path, found: Sequence[str], columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in found]
    if missing:
        raise FileError("missing_columns", file=path.name, columns=", ".join(missing), found=", ".join(found))
