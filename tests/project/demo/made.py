"""The demonstration as its tests see it: written, and read again the way real files are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from lyhord.files.counts_file import read_archive, read_external
from lyhord.files.reading import Reading, read_answers
from lyhord.files.register import municipalities_from, register
from lyhord.instruments import catalogue
from lyhord.instruments.definition import Instrument
from lyhord.method.comparison import ParticipantResult, participant_result
from lyhord.method.groups import Municipality
from lyhord.method.tally import NO_BREAKDOWN, ExternalFigure, Flow, OptionCounts, Place, Tally
from lyhord.project.demo.writing import SEED, write_demo
from lyhord.project.round_files import RoundFiles

SEEDS = (SEED, 7)


@dataclass(frozen=True)
class Made:
    """One round as read from its files."""

    files: RoundFiles
    instrument: Instrument
    reading: Reading
    external: tuple[ExternalFigure, ...]
    places: tuple[Municipality, ...] = ()
    coded: Tally | None = None
    flows: tuple[Flow, ...] = ()

    @cached_property
    def participants(self) -> dict[str, tuple[str, ...]]:
        tally = self.reading.counts.tally
        return {each.id: tally.municipalities(self.files.round_id, each.id) for each in self.instrument.channels}

    def codes(self, channel: str) -> tuple[str, ...]:
        return self.participants[channel]

    def own(self, code: str, item: str, breakdown: str = NO_BREAKDOWN, value: str = "") -> OptionCounts:
        place = Place(self.files.round_id, self.instrument.id, code, item.partition(".")[0], breakdown, value)
        return self.reading.counts.tally.counts(place, item)

    def country(self, item: str, breakdown: str = NO_BREAKDOWN, value: str = "") -> OptionCounts:
        channel = item.partition(".")[0]
        return summed(item, [self.own(code, item, breakdown, value) for code in self.codes(channel)])

    def results(self, measure_id: str) -> tuple[ParticipantResult, ...]:
        measure = self.instrument.measure(measure_id)
        channel = measure.item.partition(".")[0]
        every = [
            participant_result(code, measure, self.instrument, self.own(code, measure.item))
            for code in self.codes(channel)
        ]
        return tuple(result for result in every if result is not None)


def summed(item: str, several: list[OptionCounts]) -> OptionCounts:
    total = OptionCounts(item, ())
    for counts in several:
        total += counts
    return total


def national(seed: int = SEED) -> Made:
    return _both(seed)[0]


def vetlanda(seed: int = SEED) -> Made:
    return _both(seed)[1]


@cache
def _both(seed: int) -> tuple[Made, Made]:
    with TemporaryDirectory() as folder:
        files = write_demo(Path(folder), seed)
        return _survey(files.survey), _mystery(files.mystery)


def _survey(files: RoundFiles) -> Made:
    instrument = catalogue.load(files.instrument)
    assert files.municipalities is not None
    places = municipalities_from(files.municipalities)
    counts = read_archive(files.counts[0], instrument)
    reading = _read(files, register(places))
    return Made(files, instrument, reading, read_external(files.external[0]), places, counts.tally, counts.flows)


def _mystery(files: RoundFiles) -> Made:
    instrument = catalogue.load(files.instrument)
    return Made(files, instrument, _read(files, register()), read_external(files.external[0]))


def _read(files: RoundFiles, places: tuple[Municipality, ...]) -> Reading:
    return read_answers(files.answers, catalogue.load(files.instrument), round_id=files.round_id, municipalities=places)
