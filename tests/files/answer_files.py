"""Small answer files and instruments for the tests of this room, and a count so plain that it is easily believed."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from tests.builders import EXEMPELKOPING, PROVSTAD

from lyhord.files.reading import Reading, read_answers
from lyhord.instruments.catalogue import load
from lyhord.instruments.definition import Instrument
from lyhord.method.groups import Municipality

PLACES = (
    Municipality(EXEMPELKOPING, "Exempelköping", "Exempelköpings kommun"),
    Municipality(PROVSTAD, "Provstad", "Provstads kommun"),
)
HEADER = (
    *("svar_id", "kommun", "kanal", "datum", "arendekategori"),
    *("bemotande", "enkelhet", "filter", "tydlighet", "vantat", "skalig_tid", "kommentar"),
)
ENGINES = ("polars", "duckdb")
Answer = Mapping[str, str]


@cache
def survey() -> Instrument:
    """The survey that the files answer."""
    return load("skr-servicematning-2023")


@cache
def mystery() -> Instrument:
    """The mystery measurement that the files report."""
    return load("kkik-mystery-2017")


def a_call(**changes: str) -> dict[str, str]:
    """A sound answer after a telephone call."""
    sound = {"kommun": EXEMPELKOPING, "kanal": "tel", "datum": "2023-03-13", "bemotande": "5", "enkelhet": "4"}
    return sound | changes


def a_letter(**changes: str) -> dict[str, str]:
    """A sound answer after an e-mail that was answered."""
    sound = {"kommun": EXEMPELKOPING, "kanal": "epost", "datum": "2023-03-14", "filter": "ja"}
    return sound | {"tydlighet": "4", "enkelhet": "3"} | changes


def csv_text(answers: Iterable[Answer], header: Sequence[str] = HEADER, delimiter: str = ";") -> str:
    """Answers as the text of a CSV file."""
    lines = [delimiter.join(header)]
    lines += [delimiter.join(answer.get(name, "") for name in header) for answer in answers]
    return "\n".join(lines) + "\n"


def written(folder: Path, content: str | bytes, name: str = "svar.csv", encoding: str = "utf-8") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def reading_of(path: Path | Sequence[Path], engine: str = "polars", instrument: Instrument | None = None) -> Reading:
    """The file read as round 2023, with the two invented municipalities."""
    return read_answers(path, instrument or survey(), round_id="2023", municipalities=PLACES, engine=engine)


def read(folder: Path, answers: Iterable[Answer], engine: str = "polars") -> Reading:
    """These answers written as a file and read."""
    return reading_of(written(folder, csv_text(answers)), engine)


@cache
def one_call() -> dict[tuple[str, str, str, str, str, str], int]:
    """The tally of one sound call."""
    with tempfile.TemporaryDirectory() as folder:
        return flat(read(Path(folder), [a_call()]))


def flat(reading: Reading) -> dict[tuple[str, str, str, str, str, str], int]:
    """The tally as municipality, channel, breakdown, value, item, option -> count."""
    return {
        (cell.place.municipality, cell.place.channel, cell.place.breakdown, cell.place.value, cell.item, cell.option): n
        for cell, n in reading.counts.tally.cells()
    }


def naive_count(answers: Iterable[Answer], instrument: Instrument) -> dict[tuple[str, str, str, str, str, str], int]:
    """Every option of sound, canonical answers counted one by one."""
    counts: Counter[tuple[str, str, str, str, str, str]] = Counter()
    for answer in answers:
        cells = [("none", "")]
        if answer.get("datum"):
            year, week, _ = date.fromisoformat(answer["datum"]).isocalendar()
            cells.append(("week", f"{year}-W{week:02d}"))
        if answer.get("arendekategori"):
            cells.append(("category", answer["arendekategori"]))
        for item in instrument.items_in(answer["kanal"]):
            option = answer.get(item.key, "")
            if option and item.options:
                for breakdown, value in cells:
                    counts[answer["kommun"], answer["kanal"], breakdown, value, item.id, option] += 1
    return dict(counts)
