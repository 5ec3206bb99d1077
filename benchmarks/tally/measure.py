"""Measure the complete tally of 1 and 10 million answers: Polars, DuckDB and a pandas group-by, a process each.

Run ``python benchmarks/tally/measure.py``; it writes ``results.md`` beside itself. The answers are made from a fixed
seed in a temporary folder. Every count must give the same cells, or the run stops.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it carries no types

from lyhord.files.counting import counts_of
from lyhord.files.engines import Engine, Session
from lyhord.files.reading import read_answers
from lyhord.files.register import swedish_municipalities
from lyhord.files.resolving import resolver_for, sources_of
from lyhord.files.vocabulary import words_of
from lyhord.instruments.catalogue import load
from lyhord.method.tally import Tally

HERE = Path(__file__).parent
SIZES = (1_000_000, 10_000_000, 30_000_000)
EVERY_WAY_UP_TO = 10_000_000  # beyond it only the imports, to see whether their memory grows
BATCH = 1_000_000
CATEGORIES = (
    *("vard_omsorg_sociala", "bygglov", "gata_park_trafik", "foretag_naringsliv"),
    *("vatten_avfall", "kultur_fritid_forening", "skola_forskola", "ovrigt"),
)
WAITS = ("under_1_dygn", "1_2_dagar", "3_5_dagar", "over_5_dagar")
DAYS = tuple((date(2023, 3, 13) + timedelta(days=offset)).isoformat() for offset in range(61))
ITEMS = {
    "tel": ("bemotande", "enkelhet", "arendekategori"),
    "epost": ("filter", "tydlighet", "enkelhet", "vantat", "skalig_tid", "arendekategori"),
}
PAIRS = {"tel": ("bemotande", "enkelhet"), "epost": ("tydlighet", "enkelhet")}
DIVISIONS = {"none": None, "category": "arendekategori", "week": "vecka"}
Result: TypeAlias = "Tally | dict[tuple[str, str, str], pd.Series[int]]"


def make(path: Path, rows: int) -> None:
    """Write ``rows`` answers, a million at a time, in row groups of a million."""
    generator = np.random.default_rng(2023)
    codes = pl.Series([place.code for place in swedish_municipalities()])
    writer: pq.ParquetWriter | None = None
    for _ in range(rows // BATCH):
        table = _batch(generator, codes).to_arrow()
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def _batch(generator: np.random.Generator, codes: pl.Series) -> pl.DataFrame:
    letter = generator.random(BATCH) < 0.2
    answered = letter & (generator.random(BATCH) < 0.75)
    waiting = letter & ~answered

    def chosen(words: Iterable[str], where: np.ndarray, chance: list[float] | None = None) -> pl.Series:
        series = pl.Series(list(words))
        drawn = series[generator.choice(len(series), BATCH, p=chance)]
        return drawn.set(pl.Series(~where), None)

    grades, chance = ("1", "2", "3", "4", "5"), [0.06, 0.07, 0.12, 0.2, 0.55]
    everyone = np.ones(BATCH, dtype=bool)
    return pl.DataFrame(
        {
            "kommun": codes[generator.integers(0, len(codes), BATCH)],
            "kanal": pl.Series(np.where(letter, "epost", "tel")),
            "datum": chosen(DAYS, everyone),
            "arendekategori": chosen(CATEGORIES, everyone),
            "bemotande": chosen(grades, ~letter, chance),
            "enkelhet": chosen(grades, ~waiting, chance),
            "filter": pl.Series(np.where(answered, "ja", "nej")).set(pl.Series(~letter), None),
            "tydlighet": chosen(grades, answered, chance),
            "vantat": chosen(WAITS, waiting),
            "skalig_tid": chosen(WAITS, waiting),
        }
    )


def by_import(path: Path, engine: str) -> Result:
    """The whole import: every row checked, then tally, pairs and flows."""
    instrument, places = load("skr-servicematning-2023"), swedish_municipalities()
    reading = read_answers(path, instrument, round_id="2023", municipalities=places, engine=engine)
    if reading.rows_rejected:
        sys.exit("the made answers should all be sound")
    return reading.counts.tally


def by_count(path: Path, engine: str) -> Result:
    """The count alone, as pandas does it: words translated, tally, pairs and flows, no row checked."""
    instrument, places = load("skr-servicematning-2023"), swedish_municipalities()
    with tempfile.TemporaryDirectory() as folder, Session(Engine(engine), Path(folder)) as session:
        frame = session.opened([path], numbered=False)
        sources = sources_of(instrument, frame.collect_schema().names())
        words = words_of(frame, sources.columns(), {}, path.name)
        resolver = resolver_for(instrument, places, sources, words, excludes=False)
        return counts_of(resolver.placed(frame), resolver, "2023").tally


def by_pandas(path: Path) -> Result:
    """The same tally, pairs and flows by one group-by each, without any check of the rows."""
    frame = pd.read_parquet(path)
    weeks = {day: "{}-W{:02d}".format(*date.fromisoformat(day).isocalendar()[:2]) for day in DAYS}
    frame["vecka"] = frame["datum"].map(weeks)
    counted: dict[tuple[str, str, str], pd.Series[int]] = {}
    for channel, items in ITEMS.items():
        rows = frame[frame["kanal"] == channel]
        for item in items:
            for breakdown, column in DIVISIONS.items():
                keys = list(dict.fromkeys(["kommun", *([column] if column else []), item]))
                counted[channel, item, breakdown] = rows.groupby(keys, observed=True).size()
        rows.groupby(["kommun", *PAIRS[channel]], observed=True).size()
    frame.groupby(["kommun", "kanal"], observed=True).size()
    return counted


def cells_of(result: Result) -> Iterator[tuple[str, ...]]:
    """Every counted number as text, for the comparison of results; not part of what is timed."""
    if isinstance(result, Tally):
        for cell, n in result.cells():
            place = cell.place
            yield place.municipality, place.channel, place.breakdown, place.value, cell.item, cell.option, str(n)
        return
    for (channel, item, breakdown), series in result.items():
        column = DIVISIONS[breakdown]
        for row in series.reset_index(name="n").to_dict("records"):
            value = str(row[column]) if column else ""
            yield str(row["kommun"]), channel, breakdown, value, f"{channel}.{item}", str(row[item]), str(row["n"])


WAYS: dict[str, Callable[[Path], Result]] = {
    "count, Polars": lambda path: by_count(path, "polars"),
    "count, DuckDB": lambda path: by_count(path, "duckdb"),
    "import, Polars": lambda path: by_import(path, "polars"),
    "import, DuckDB": lambda path: by_import(path, "duckdb"),
    "pandas": by_pandas,
}


def peak_megabytes() -> float:
    """The most memory this process has held since it started."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measure_one(way: str, path: Path) -> None:
    """Count once in this process and print what it took."""
    before = peak_megabytes()
    started, used = time.perf_counter(), time.process_time()
    result = WAYS[way](path)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    peak = peak_megabytes()
    cells = list(cells_of(result))
    digest = hashlib.sha256("\n".join(sorted(map("\t".join, cells))).encode()).hexdigest()
    figures = {"seconds": seconds, "cpu": cpu, "peak": peak, "base": before, "cells": len(cells)}
    print(json.dumps({"way": way, "digest": digest} | figures))


def measured(way: str, path: Path) -> dict[str, float | str]:
    """One way in a process of its own."""
    command = [sys.executable, __file__, "--one", way, str(path)]
    result: dict[str, float | str] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return result


def main() -> None:
    """Make the answers, count them every way and write the results."""
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in SIZES:
            path = Path(folder) / f"{rows}.parquet"
            make(path, rows)
            ways = [way for way in WAYS if way.startswith("import") or rows <= EVERY_WAY_UP_TO]
            results = [measured(way, path) for way in ways]
            if len({result["digest"] for result in results}) != 1:
                sys.exit(f"the counts differ: {results}")
            lines += [_line(rows, result, results) for result in results]
            path.unlink()
    (HERE / "results.md").write_text(_page(lines), encoding="utf-8")
    print(*lines, sep="\n")


def _line(rows: int, result: dict[str, float | str], results: list[dict[str, float | str]]) -> str:
    pandas = next((other for other in results if other["way"] == "pandas"), None)
    ratios = [f"{float(pandas[name]) / float(result[name]):.1f}" if pandas else "–" for name in ("cpu", "seconds")]
    million = f"{rows // 1_000_000} M"
    times = f"{float(result['seconds']):.1f} | {float(result['cpu']):.1f}"
    memory = f"{float(result['peak']):.0f} ({float(result['base']):.0f})"
    return f"| {million} | {result['way']} | {times} | {memory} | {result['cells']} | {' | '.join(ratios)} |"


def _page(lines: list[str]) -> str:
    table = "\n".join(lines)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"""# The complete tally of many answers

`python benchmarks/tally/measure.py`

Municipality × channel × (none, category, week) × item × option, with item pairs and flows, from one Parquet file of
text columns in random order. *count* and *pandas* check nothing; *import* is `read_answers`, which also checks every
row. Each runs in a process of its own, and all must give the same cells.

{python}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} at the end: CPU seconds tell more than
seconds where other work ran beside. *pandas' … ÷* says how many times as much pandas took.

| answers | way | seconds | CPU seconds | peak MB (at start) | cells | pandas' CPU ÷ | pandas' seconds ÷ |
|---|---|---|---|---|---|---|---|
{table}
"""


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure_one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
