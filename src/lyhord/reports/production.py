"""Producing the reports of a round: composed, rendered and written by all cores, restartable, nothing half-written."""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from lyhord.composition.composing import Composer, composer_for
from lyhord.composition.material import CompositionError, RoundMaterial
from lyhord.rendering.errors import RenderingError
from lyhord.rendering.faces import file_name, render
from lyhord.rendering.report import Report
from lyhord.rendering.writing import write_atomically
from lyhord.reports.records import FileRecord, ReportRecord, files_in_place, read_record, write_index, write_record
from lyhord.reports.stamps import material_stamp, report_stamp

KNOWN_ERRORS = (CompositionError, RenderingError, OSError)


@dataclass(frozen=True, slots=True)
class Order:
    """One report to make: a municipality's code or "riket", in one language."""

    subject: str
    language: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one order; ``error`` says why it could not be made."""

    order: Order
    record: ReportRecord | None = None
    made: bool = False  # False with a record: it stood already
    error: str = ""


@dataclass(frozen=True, slots=True)
class Production:
    """The summary of one run."""

    outcomes: tuple[Outcome, ...]

    @property
    def made(self) -> int:
        """Reports made now."""
        return sum(outcome.made for outcome in self.outcomes)

    @property
    def kept(self) -> int:
        """Reports that stood already, unchanged."""
        return sum(outcome.record is not None and not outcome.made for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Reports that could not be made."""
        return tuple(outcome for outcome in self.outcomes if outcome.error)

    def withheld(self) -> Iterator[tuple[str, str, str]]:
        """(organisation, what, why) for everything that the reports leave out."""
        for outcome in self.outcomes:
            if outcome.record is not None:
                for what, why in outcome.record.withheld:
                    yield outcome.record.organisation, what, why


Progress = Callable[[Outcome, int, int], None]


def produce(
    material: RoundMaterial,
    orders: Sequence[Order],
    formats: Sequence[str],
    folder: Path,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Production:
    """Make the ordered reports into ``folder``; those already there from the same input are kept.

    ``progress`` is called after each order. Interrupted or failed runs leave only whole files, so that the same call
    goes on where it stopped. The folder's index is written last.
    """
    tell = progress or _silent
    stamp = material_stamp(material)
    folder.mkdir(parents=True, exist_ok=True)
    outcomes: dict[Order, Outcome] = {}
    for order in orders:
        standing = _kept(folder, material, order, formats, stamp)
        if standing is not None:
            outcomes[order] = standing
            tell(standing, len(outcomes), len(orders))
    waiting = [order for order in orders if order not in outcomes]
    count = min(workers or os.cpu_count() or 1, len(waiting))
    try:
        for outcome in _made(material, waiting, tuple(formats), folder, stamp=stamp, workers=count):
            outcomes[outcome.order] = outcome
            tell(outcome, len(outcomes), len(orders))
    finally:
        write_index(folder)
    return Production(tuple(outcomes[order] for order in orders))


def _silent(outcome: Outcome, done: int, total: int) -> None:
    """Nobody is watching."""


def _kept(folder: Path, material: RoundMaterial, order: Order, formats: Sequence[str], stamp: str) -> Outcome | None:
    report_id = f"{material.round_id}-{order.subject}-{order.language}"
    record = read_record(folder, report_id)
    if record is None or record.stamp != report_stamp(stamp, order.subject, order.language):
        return None
    return Outcome(order, record) if files_in_place(folder, record, formats) else None


def _made(
    material: RoundMaterial,
    orders: Sequence[Order],
    formats: tuple[str, ...],
    folder: Path,
    *,
    stamp: str,
    workers: int,
) -> Iterator[Outcome]:
    if workers <= 1:
        maker = Maker(composer_for(material), material, formats, folder, stamp)
        yield from map(maker.make, orders) if orders else ()
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start_worker, (material, formats, folder, stamp)) as pool:
        futures: list[Future[Outcome]] = [pool.submit(_make, order) for order in orders]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            for future in futures:
                future.cancel()


@dataclass(frozen=True)
class Maker:
    """Makes single reports of one round; one lives in each worker process."""

    composer: Composer
    material: RoundMaterial
    formats: tuple[str, ...]
    folder: Path
    stamp: str

    def make(self, order: Order) -> Outcome:
        """Compose, render and write one report; an error that a person can act on becomes part of the outcome."""
        try:
            report = self.composer.compose(order.subject, order.language)
            files = tuple(self._written(report, each) for each in self.formats)
        except KNOWN_ERRORS as error:
            return Outcome(order, error=str(error))
        record = ReportRecord(
            id=report.id,
            stamp=report_stamp(self.stamp, order.subject, order.language),
            organisation=report.cover.organisation,
            municipality=report.municipality,
            instrument=report.instrument,
            title=self.material.instrument.name.in_language(order.language),
            round=report.round,
            language=report.language,
            fictitious=report.fictitious,
            files=files,
            withheld=report.withheld,
        )
        write_record(self.folder, record)
        return Outcome(order, record, made=True)

    def _written(self, report: Report, format_name: str) -> FileRecord:
        content = render(report, format_name)
        place = f"{report.round}/{report.municipality}-{slug(report.cover.organisation)}"
        name = f"{place}/{file_name(report, format_name)}"
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
        return FileRecord(format_name, name, len(content))


def slug(name: str) -> str:
    """A name as part of a file name: ``Upplands Väsby kommun`` → ``upplands-vasby-kommun``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


_makers: dict[str, Maker] = {}  # one entry per worker process


def _start_worker(material: RoundMaterial, formats: tuple[str, ...], folder: Path, stamp: str) -> None:
    # Typst's own threads would only wait for each other where every core already has a process.
    os.environ["RAYON_NUM_THREADS"] = "1"
    _makers["this"] = Maker(composer_for(material), material, formats, folder, stamp)


def _make(order: Order) -> Outcome:
    return _makers["this"].make(order)


def _read_only(content: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(content)


def _reduced(
    proxy: MappingProxyType[object, object],
) -> tuple[Callable[..., MappingProxyType[object, object]], tuple[dict[object, object]]]:
    return _read_only, (dict(proxy),)


copyreg.pickle(MappingProxyType, _reduced)  # read-only mappings travel to the workers as what they are
