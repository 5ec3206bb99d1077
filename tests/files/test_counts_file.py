"""Counts travel as files and come back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import EXEMPELKOPING
from tests.files.answer_files import a_call, a_letter, read, survey, written

from lyhord.files.counts_file import (
    digest_of,
    read_archive,
    read_external,
    read_tally,
    write_archive,
    write_external,
    write_tally,
)
from lyhord.files.errors import FileError
from lyhord.files.merging import merged
from lyhord.method.tally import Counts, DurationSum, ExternalFigure, Flow, Pair, PairTally, Place, Tally

HEADING = "round;instrument;municipality;channel;breakdown;value;item;option;count\n"
PRINTED = ExternalFigure(
    "tel.bemotande.index", "Totalsnitt", 83.0, "Rapport 2023, sida 9", round="2023", low=73.0, high=91.5, members=67
)


def full_counts(folder: Path) -> Counts:
    """Counts with every sibling filled."""
    counts = read(folder, [a_call(kommentar="Tack"), a_call(bemotande="2"), a_letter()]).counts
    place = Place("2017", "kkik-mystery-2017", EXEMPELKOPING, "epost")
    return Counts(
        counts.tally,
        counts.pairs,
        (*counts.flows, Flow("2023", "9902", "tel", listed=100, invited=50, excluded=(("studsade", 2),))),
        {(place, "epost.svarstid"): DurationSum(2, 10, 52, 4, 6)},
        (PRINTED,),
    )


@pytest.mark.parametrize("name", ["antal.csv", "antal.parquet"])
def test_a_tally_comes_back_the_same(tmp_path: Path, name: str) -> None:
    tally = full_counts(tmp_path).tally
    write_tally(tally, tmp_path / name)
    assert list(read_tally(tmp_path / name, survey()).cells()) == list(tally.cells())


@pytest.mark.parametrize("name", ["antal.csv", "antal.parquet"])
def test_an_empty_tally_comes_back_empty(tmp_path: Path, name: str) -> None:
    write_tally(Tally({}), tmp_path / name)
    assert list(read_tally(tmp_path / name).cells()) == []


def test_an_archive_holds_everything(tmp_path: Path) -> None:
    counts = full_counts(tmp_path)
    write_archive(counts, tmp_path)
    back = read_archive(tmp_path, survey())
    assert list(back.tally.cells()) == list(counts.tally.cells())
    assert back.pairs == counts.pairs
    assert (back.flows, back.durations, back.external) == (counts.flows, counts.durations, counts.external)


def test_an_archive_may_hold_a_tally_alone(tmp_path: Path) -> None:
    write_tally(full_counts(tmp_path).tally, tmp_path / "tally.csv")
    assert read_archive(tmp_path).flows == ()


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("2023;skr-servicematning-2023;9901;tel;none;;tel.bemotande;5;många", "rad 2, count: 'många'"),
        ("2023;skr-servicematning-2023;9901;tel;none;;tel.bemotande;5;-1", "rad 2, count: '-1'"),
        ("2023;skr-servicematning-2023;9901;tel;none;;tel.bemotande;6;1", "rad 2, option: '6'"),
        ("2023;skr-servicematning-2023;9901;tel;none;;epost.bemotande;5;1", "rad 2, option: '5'"),
        ("2023;s;9901;tel;none;;tel.bemotande;5;1\n" * 2, "rad 3, option: '5'"),
    ],
)
def test_a_bad_row_names_row_field_and_value(tmp_path: Path, row: str, named: str) -> None:
    with pytest.raises(FileError, match=named):
        read_tally(written(tmp_path, HEADING + row + "\n", "antal.csv"), survey())


def test_printed_figures_may_have_decimal_commas(tmp_path: Path) -> None:
    text = "measure;label;value;source;low\ntel.bemotande.index;Totalsnitt;83,0;Rapport 2023;73,0\n"
    assert read_external(written(tmp_path, text, "tryckta.csv")) == (
        ExternalFigure("tel.bemotande.index", "Totalsnitt", 83.0, "Rapport 2023", low=73.0),
    )


def test_printed_figures_come_back_the_same(tmp_path: Path) -> None:
    write_external([PRINTED], tmp_path / "tryckta.csv")
    assert read_external(tmp_path / "tryckta.csv") == (PRINTED,)


def test_a_figure_without_a_value_is_refused(tmp_path: Path) -> None:
    text = "measure;label;value;source\nm;Totalsnitt;okänt;Rapport\n"
    with pytest.raises(FileError, match="rad 2, value: 'okänt'"):
        read_external(written(tmp_path, text, "tryckta.csv"))


def test_the_same_import_twice_changes_nothing(tmp_path: Path) -> None:
    counts = full_counts(tmp_path)
    assert merged([("a", counts), ("a", counts)]) == counts


def test_different_imports_add_up(tmp_path: Path) -> None:
    counts = full_counts(tmp_path)
    both = merged([("a", counts), ("b", counts)])
    assert [n for _, n in both.tally.cells()] == [2 * n for _, n in counts.tally.cells()]
    assert both.external == (PRINTED,)
    assert next(flow for flow in both.flows if flow.municipality == "9902").listed == 200
    times = next(iter(both.durations.values()))
    assert times == DurationSum(4, 20, 104, 4, 6)
    pair = Pair("2023", "skr-servicematning-2023", EXEMPELKOPING, "tel.bemotande", "tel.enkelhet")
    assert isinstance(both.pairs, PairTally)
    assert both.pairs.counts[pair][("5", "4")] == 2


def test_a_digest_tells_the_content(tmp_path: Path) -> None:
    one, other = written(tmp_path, "a", "1.csv"), written(tmp_path, "a", "2.csv")
    assert digest_of(one) == digest_of(other) != digest_of(written(tmp_path, "b", "3.csv"))
