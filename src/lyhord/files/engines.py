"""The counting engines: how Polars and DuckDB open staged answers and hand back rows.

Everything else in this room is written once, against Narwhals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

import duckdb
import narwhals as nw
import polars as pl

from lyhord.files.errors import FileError

_POLARS_TYPES = {"BIGINT": pl.Int64(), "BOOLEAN": pl.Boolean()}
Frame = nw.LazyFrame[Any]  # any engine's lazy frame
ROW = "_row"


class Engine(StrEnum):
    """An engine that can count."""

    POLARS = "polars"
    DUCKDB = "duckdb"


AUTO = "auto"
LARGE = 64 << 20  # bytes on disk: about ten million answers as Parquet, one million as CSV


def engine_for(name: str, paths: Iterable[Path]) -> Engine:
    """The engine called ``name``; ``auto`` is DuckDB for large files, whose memory stays bounded, else Polars.

    FileError lists the engines there are.
    """
    if name == AUTO:
        size = sum(path.stat().st_size for path in paths if path.exists())
        return Engine.DUCKDB if size > LARGE else Engine.POLARS
    try:
        return Engine(name)
    except ValueError:
        raise FileError("unknown_engine", engine=name) from None


class Session:
    """One engine at work: it opens Parquet files and may spill to ``scratch``. Leave it to let go of the files.

    While a DuckDB session lasts, its connection is DuckDB's default one: Narwhals unpivots through the default.
    """

    def __init__(self, engine: Engine, scratch: Path) -> None:
        self.engine = engine
        self._scratch = scratch
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._former: duckdb.DuckDBPyConnection | None = None

    def __enter__(self) -> Self:
        if self.engine is Engine.DUCKDB:
            self._former = duckdb.default_connection()
            self._connection = duckdb.connect()
            self._connection.execute("SET temp_directory = ?", [str(self._scratch)])
            self._connection.execute("SET preserve_insertion_order = false")
            duckdb.set_default_connection(self._connection)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._connection is not None and self._former is not None:
            duckdb.set_default_connection(self._former)
            self._connection.close()

    def opened(self, paths: Sequence[Path], *, numbered: bool) -> Frame:
        """A lazy frame over Parquet files; ``numbered`` adds ``_row``, counted from 1."""
        names = [str(path) for path in paths]
        if self._connection is None:
            return nw.from_native(_polars(names, numbered))
        relation = self._connection.read_parquet(names, file_row_number=numbered)
        return nw.from_native(relation.project(f'*, file_row_number + 1 AS "{ROW}"') if numbered else relation)


def _polars(names: list[str], numbered: bool) -> pl.LazyFrame:
    if not numbered:
        return pl.scan_parquet(names, glob=False)
    return pl.scan_parquet(names, glob=False, row_index_name=ROW, row_index_offset=1)


def gathered(frame: Frame) -> Frame:
    """Run a lazy frame and hold its result in memory, as a Polars frame whichever engine ran it."""
    native = frame.to_native()
    if isinstance(native, pl.LazyFrame):
        return nw.from_native(native.collect(engine="streaming").lazy())
    if isinstance(native, duckdb.DuckDBPyRelation):
        types = zip(native.columns, native.types, strict=True)
        schema = {name: _POLARS_TYPES.get(str(type_), pl.String()) for name, type_ in types}
        return nw.from_native(pl.DataFrame(native.fetchall(), schema=schema, orient="row").lazy())
    return frame.collect(backend="polars").lazy()


def fetched(frame: Frame) -> list[tuple[Any, ...]]:
    """Run a lazy frame and return its rows; Polars runs in its streaming engine."""
    native = frame.to_native()
    if isinstance(native, pl.LazyFrame):
        return native.collect(engine="streaming").rows()
    if isinstance(native, duckdb.DuckDBPyRelation):
        return native.fetchall()
    return frame.collect(backend="polars").rows()
