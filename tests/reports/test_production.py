"""Producing reports: whole files only, kept while nothing changed, made again where something did."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from lyhord.composition.material import RoundMaterial
from lyhord.instruments import catalogue
from lyhord.method.groups import Municipality
from lyhord.method.tally import Cell, Counts, Flow, Place, Tally
from lyhord.reports.production import Order, Outcome, Production, produce, slug
from lyhord.reports.stamps import material_stamp

ROUND = "skr-servicematning-2023"
CODES = tuple(f"{9001 + number}" for number in range(8))
FORMATS = ("html", "csv")


def a_round(extra_answers: int = 0) -> RoundMaterial:
    """Eight municipalities with 120 phone answers each; the first may have more."""
    instrument = catalogue.load(ROUND)
    cells = []
    for number, code in enumerate(CODES):
        place = Place(ROUND, ROUND, code, "tel")
        for item in ("tel.bemotande", "tel.enkelhet"):
            cells += [
                (Cell(place, item, "5"), 80 + number),
                (Cell(place, item, "3"), 40 - number),
                (Cell(place, item, "1"), extra_answers if number == 0 else 0),
            ]
    return RoundMaterial(
        instrument=instrument,
        round_id=ROUND,
        counts=Counts(Tally.from_cells(cells), flows=tuple(Flow(ROUND, code, "tel", answered=120) for code in CODES)),
        municipalities={code: Municipality(code, f"Påhitt {code}", f"Påhitts kommun {code}") for code in CODES},
        started=date(2023, 3, 13),
        ended=date(2023, 5, 12),
        issued=date(2023, 6, 14),
        fictitious=True,
    )


def orders(*subjects: str) -> tuple[Order, ...]:
    """Swedish reports of the subjects."""
    return tuple(Order(subject, "sv") for subject in subjects)


def made(folder: Path, material: RoundMaterial, *subjects: str, workers: int = 1) -> Production:
    """Produce in this process."""
    return produce(material, orders(*subjects), FORMATS, folder, workers=workers)


def contents(folder: Path) -> dict[str, bytes]:
    """Every report file by its name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".csv")
    }


def test_every_ordered_report_is_made_in_every_format_and_listed(tmp_path: Path) -> None:
    production = made(tmp_path, a_round(), "9001", "9002", "riket")
    assert (production.made, production.kept, production.failed) == (3, 0, ())
    index = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert [report["municipality"] for report in index["reports"]] == ["9001", "9002", "riket"]
    for report in index["reports"]:
        assert [file["format"] for file in report["files"]] == list(FORMATS)
        assert all((tmp_path / file["name"]).stat().st_size == file["size"] for file in report["files"])
        assert report["fictitious"] is True


def test_a_second_run_makes_nothing_again(tmp_path: Path) -> None:
    made(tmp_path, a_round(), "9001", "9002")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")}
    production = made(tmp_path, a_round(), "9001", "9002")
    assert (production.made, production.kept) == (0, 2)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")} == before


def test_changed_answers_make_the_reports_again(tmp_path: Path) -> None:
    made(tmp_path, a_round(), "9001")
    before = contents(tmp_path)
    production = made(tmp_path, a_round(extra_answers=30), "9001")
    assert production.made == 1
    assert contents(tmp_path) != before


def test_a_missing_or_cut_file_is_made_again(tmp_path: Path) -> None:
    made(tmp_path, a_round(), "9001", "9002")
    before = contents(tmp_path)
    first, *_, last = sorted(tmp_path.rglob("*.html"))
    first.unlink()
    last.write_bytes(b"cut")
    assert made(tmp_path, a_round(), "9001", "9002").made == 2
    assert contents(tmp_path) == before


def test_a_further_format_makes_the_report_again(tmp_path: Path) -> None:
    produce(a_round(), orders("9001"), ("csv",), tmp_path, workers=1)
    assert made(tmp_path, a_round(), "9001").made == 1


def test_one_impossible_report_does_not_stop_the_others(tmp_path: Path) -> None:
    production = made(tmp_path, a_round(), "9001", "7777", "9002")
    assert production.made == 2
    (failed,) = production.failed
    assert failed.order.subject == "7777"
    assert "7777" in failed.error


def test_several_processes_write_the_same_bytes_as_one(tmp_path: Path) -> None:
    made(tmp_path / "one", a_round(), *CODES[:4])
    made(tmp_path / "two", a_round(), *CODES[:4], workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_stopped_run_leaves_whole_files_and_goes_on_where_it_was(tmp_path: Path) -> None:
    def stop_after_two(outcome: Outcome, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        produce(a_round(), orders(*CODES[:4]), FORMATS, tmp_path, workers=1, progress=stop_after_two)
    index = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert len(index["reports"]) == 2
    production = made(tmp_path, a_round(), *CODES[:4])
    assert (production.made, production.kept) == (2, 2)
    assert not list(tmp_path.rglob("*.tmp"))


def test_what_was_left_out_is_told_with_its_reason(tmp_path: Path) -> None:
    production = made(tmp_path, a_round(), "9001")
    assert {(who, why) for who, _, why in production.withheld()} == {
        ("Påhitts kommun 9001", "Kommunen deltog inte i mätningen i den här kanalen.")
    }


def test_equal_rounds_have_equal_stamps_and_different_ones_do_not() -> None:
    assert material_stamp(a_round()) == material_stamp(a_round())
    assert material_stamp(a_round()) != material_stamp(a_round(extra_answers=1))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Upplands Väsby kommun", "upplands-vasby-kommun"),
        ("Åre", "are"),
        ("  Malå!  ", "mala"),
        ("Påhitts & Co", "pahitts-co"),
    ],
)
def test_file_names_are_plain(name: str, expected: str) -> None:
    assert slug(name) == expected
