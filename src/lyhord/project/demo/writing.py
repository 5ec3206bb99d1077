"""Writes the demonstration: a national survey and one municipality's mystery measurement, ready to be reported."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from lyhord.files.counts_file import write_archive, write_external
from lyhord.files.whole import written_whole
from lyhord.project.demo import mystery, published
from lyhord.project.demo.places import as_csv
from lyhord.project.demo.survey import survey
from lyhord.project.round_files import RoundFiles

SEED: Final = 2023


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """The demonstration on disk. All of it is made up but for the figures that the sample reports print."""

    survey: RoundFiles
    mystery: RoundFiles

    @property
    def rounds(self) -> tuple[RoundFiles, ...]:
        """Both rounds, the survey first."""
        return self.survey, self.mystery


def write_demo(folder: Path, seed: int = SEED) -> DemoFiles:
    """Write both rounds below ``folder``, one folder each; the same seed gives the same bytes.

    Files of an earlier demonstration are replaced. Raises OSError where the folder cannot be written.
    """
    return DemoFiles(_write_survey(folder / published.ROUND, seed), _write_mystery(folder / mystery.ROUND, seed))


def _write_survey(folder: Path, seed: int) -> RoundFiles:
    made = survey(seed)
    answers, external, places = folder / "svar.parquet", folder / "tryckta-varden.csv", folder / "kommuner.csv"
    counts = folder / "antal"
    counts.mkdir(parents=True, exist_ok=True)
    with written_whole(answers) as unfinished:
        pl.DataFrame(made.columns).write_parquet(unfinished)
    with written_whole(places) as unfinished:
        unfinished.write_text(as_csv(made.places), encoding="utf-8")
    write_archive(made.counts, counts)
    write_external(made.external, external)
    return RoundFiles(
        instrument=published.ROUND,
        round_id=published.ROUND,
        period=(published.STARTED, published.ENDED),
        issued=published.ISSUED,
        answers=(answers,),
        external=(external,),
        fictitious=True,
        counts=(counts,),
        municipalities=places,
        previous=(published.EARLIER,),
        new_participants=made.new_participants,
    )


def _write_mystery(folder: Path, seed: int) -> RoundFiles:
    folder.mkdir(parents=True, exist_ok=True)
    answers, external = folder / "svar.csv", folder / "tryckta-varden.csv"
    _write_rows(answers, mystery.rows(seed))
    write_external(mystery.reference_figures(), external)
    return RoundFiles(
        instrument=mystery.ROUND,
        round_id=mystery.ROUND,
        period=(mystery.STARTED, mystery.ENDED),
        issued=mystery.ISSUED,
        answers=(answers,),
        external=(external,),
        fictitious=True,
    )


def _write_rows(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """As a Swedish spreadsheet saves it: semicolons, and a mark for UTF-8."""
    with written_whole(path) as unfinished, unfinished.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, mystery.COLUMNS, restval="", delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
