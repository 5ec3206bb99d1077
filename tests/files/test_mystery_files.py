"""A mystery measurement's file: cuts, implied answers, working time, what is outside the total, and quotations."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.builders import EXEMPELKOPING
from tests.files.answer_files import csv_text, flat, mystery, reading_of, written

from lyhord.files.quotations import ExampleLetter, InterviewerComment, UnansweredLetter
from lyhord.files.reading import Reading
from lyhord.method.tally import DurationSum, Place

HEADER = (
    *("kommun", "kanal", "omrade", "fraga", "bortfall", "kommentar", "kommentar_information"),
    *("utfall", "kontakttid_s", "svar", "information", "intresse", "bemotande"),
    *("skickat", "besvarat", "avsandare", "merinformation", "exempel", "svarstext"),
)
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def call(**changes: str) -> dict[str, str]:
    """A call that reached an officer who answered."""
    sound = {"kommun": EXEMPELKOPING, "kanal": "tel", "omrade": "forskola", "utfall": "kontakt", "kontakttid_s": "45"}
    return sound | {"svar": "god", "information": "god", "intresse": "god", "bemotande": "god"} | changes


def missed(**changes: str) -> dict[str, str]:
    """A call that reached nobody."""
    return {"kommun": EXEMPELKOPING, "kanal": "tel", "omrade": "forskola", "utfall": "talsvar"} | changes


def letter(**changes: str) -> dict[str, str]:
    """A letter that was answered the next morning."""
    sound = {"kommun": EXEMPELKOPING, "kanal": "epost", "omrade": "grundskola", "fraga": "Hur?"}
    times = {"skickat": "2017-10-22 10:35", "besvarat": "2017-10-23 09:00"}
    return sound | times | {"avsandare": "fullstandig", "merinformation": "ja"} | changes


def unanswered(**changes: str) -> dict[str, str]:
    """A letter that nobody answered."""
    return letter(besvarat="", avsandare="", merinformation="") | changes


def read(folder: Path, rows: list[dict[str, str]], engine: str = "polars") -> Reading:
    """These cases as a file, read."""
    return reading_of(written(folder, csv_text(rows, HEADER)), engine, mystery())


def total(reading: Reading, item: str) -> dict[str, int]:
    """The undivided counts of one item."""
    return {key[5]: n for key, n in flat(reading).items() if key[2] == "none" and key[4] == item}


@pytest.mark.parametrize(
    ("seconds", "option"),
    [("0", "inom_60"), ("60", "inom_60"), ("60,5", "60_120"), ("120", "60_120"), ("121", "over_120")],
)
def test_seconds_fall_in_options_and_an_edge_belongs_below(tmp_path: Path, seconds: str, option: str) -> None:
    assert total(read(tmp_path, [call(kontakttid_s=seconds)]), "tel.kontakt") == {option: 1}


def test_no_contact_is_a_poor_answer_and_no_contact_time(tmp_path: Path) -> None:
    reading = read(tmp_path, [missed()])
    assert total(reading, "tel.kontakt") == {"ingen_kontakt": 1}
    assert total(reading, "tel.svar") == {"dalig": 1}


@pytest.mark.parametrize(
    ("row", "field", "fault"),
    [
        (call(kontakttid_s=""), "kontakttid_s", "missing_required"),
        (call(kontakttid_s="snabbt"), "kontakttid_s", "bad_number"),
        (missed(kontakttid_s="10"), "kontakttid_s", "not_asked"),
        (missed(svar="god"), "svar", "contradicts"),
        (call(svar="dalig"), "information", "not_asked"),
        (letter(skickat=""), "skickat", "missing_required"),
        (letter(skickat="i går"), "skickat", "bad_moment"),
        (letter(besvarat="32/10"), "besvarat", "bad_moment"),
        (letter(besvarat="2017-10-21 09:00"), "besvarat", "answered_before_sent"),
        (unanswered(avsandare="ovrigt"), "avsandare", "not_asked"),
        (call(omrade="rymdfart"), "omrade", "unknown_option"),
    ],
)
def test_a_case_that_does_not_fit_is_rejected(tmp_path: Path, row: dict[str, str], field: str, fault: str) -> None:
    reading = read(tmp_path, [call(), row])
    assert (field, fault) in [(reject.field, reject.fault) for reject in reading.rejects]
    assert reading.rows_counted == 1


@pytest.mark.parametrize(
    ("answered", "option"),
    [
        ("2017-10-23 17:00", "inom_1_dygn"),
        ("2017-10-24 08:00", "inom_1_dygn"),
        ("2017-10-24 08:01", "1_2_dygn"),
        ("2017-10-27 17:00", "2_5_dygn"),
        ("2017-11-03 17:00", "1_2_veckor"),
        ("2017-11-06 08:01", "ej_svar"),
    ],
)
def test_answer_times_are_counted_in_working_time(tmp_path: Path, answered: str, option: str) -> None:
    row = letter(besvarat=answered, avsandare="", merinformation="")
    assert total(read(tmp_path, [row]), "epost.svarstid") == {option: 1}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_durations_are_exact_and_leave_out_what_came_too_late(tmp_path: Path, engine: str) -> None:
    late = letter(besvarat="2017-12-01 09:00", avsandare="", merinformation="")
    rows = [letter(), letter(besvarat="2017-10-23 10:00:30"), unanswered(), late]
    place = Place("2023", "kkik-mystery-2017", EXEMPELKOPING, "epost")
    assert read(tmp_path, rows, engine).counts.durations[place, "epost.svarstid"] == DurationSum(
        n=2, seconds=3_600 + 7_230, squares=3_600**2 + 7_230**2, least=3_600, greatest=7_230
    )


def test_the_total_leaves_out_the_executive_office_but_the_area_shows_it(tmp_path: Path) -> None:
    reading = read(tmp_path, [call(), call(omrade="kommunledningskontoret", svar="medelgod"), letter()])
    counted = flat(reading)
    assert total(reading, "tel.svar") == {"god": 1}
    assert counted[EXEMPELKOPING, "tel", "area", "kommunledningskontoret", "tel.svar", "medelgod"] == 1
    assert [flow.answered for flow in reading.counts.flows if flow.channel == "tel"] == [1]


def test_quotations_are_kept_with_area_and_factor(tmp_path: Path) -> None:
    rows = [
        call(kommentar_information="Mycket bra och detaljerad."),
        missed(kommentar="Kom aldrig fram."),
        unanswered(fraga="Hur är skolbarn försäkrade?"),
        letter(fraga="Dags?", exempel="ja", svarstext="Hej! Se länken."),
        unanswered(bortfall="studsade"),
    ]
    quotations = read(tmp_path, rows).quotations
    assert quotations.comments == (
        InterviewerComment("tel", "forskola", "information", "Mycket bra och detaljerad.", EXEMPELKOPING),
        InterviewerComment("tel", "forskola", "", "Kom aldrig fram.", EXEMPELKOPING),
    )
    sent = datetime(2017, 10, 22, 10, 35, tzinfo=STOCKHOLM)
    assert quotations.unanswered == (
        UnansweredLetter("grundskola", "Hur är skolbarn försäkrade?", sent, EXEMPELKOPING),
    )
    assert quotations.examples == (ExampleLetter("grundskola", "Dags?", "Hej! Se länken.", EXEMPELKOPING),)
    assert quotations.of("9902").comments == ()
