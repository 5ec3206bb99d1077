"""The files in ``examples/`` are what their README says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.files.answer_files import mystery, survey

from lyhord.files.counts_file import read_external, read_tally
from lyhord.files.errors import WrongFileError
from lyhord.files.reading import Reading, read_answers
from lyhord.files.register import municipalities_from

EXAMPLES = Path(__file__).parents[2] / "examples"


def example(name: str) -> Reading:
    """An example read with the invented municipalities."""
    instrument = mystery() if name.startswith("mystery") else survey()
    places = municipalities_from(EXAMPLES / "kommuner.csv")
    return read_answers(EXAMPLES / name, instrument, round_id="2023", municipalities=places)


@pytest.mark.parametrize("name", ["svar-2023.xlsx", "svar-2023.parquet"])
def test_the_three_formats_give_the_same_counts(name: str) -> None:
    plain, other = example("svar-2023.csv"), example(name)
    assert (plain.rows_counted, plain.rejects) == (120, ())
    assert other.rejects == ()
    assert other.counts == plain.counts


def test_the_faulty_file_shows_three_faults() -> None:
    reading = example("svar-med-fel.csv")
    assert [reject.fault for reject in reading.rejects] == ["unknown_option", "unknown_municipality", "duplicate_id"]
    assert reading.rows_counted == 4


def test_the_mystery_file_has_cases_an_example_and_an_exclusion() -> None:
    reading = example("mystery-2017.csv")
    assert (reading.rows_counted, reading.rows_excluded, reading.rejects) == (20, 1, ())
    assert len(reading.quotations.examples) == 1
    assert reading.quotations.comments
    assert reading.counts.durations


def test_contacts_are_told_from_answers() -> None:
    with pytest.raises(WrongFileError, match="kontaktfil"):
        example("kontakter-brilliant.csv")


def test_the_counts_file_holds_the_counts_of_the_answers() -> None:
    counted = example("svar-2023.csv").counts.tally
    assert list(read_tally(EXAMPLES / "antal-2023.csv", survey()).cells()) == list(counted.cells())


def test_printed_values_are_read() -> None:
    assert [figure.value for figure in read_external(EXAMPLES / "tryckta-varden.csv")] == [81.4, 72.5]
