"""Vetlanda's printed figures, from the demonstration's files through the real count."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal

import pytest
from tests.project.demo.made import SEEDS, vetlanda

from lyhord.method.rounding import round_half_away
from lyhord.method.tally import DurationSum, Place

VETLANDA = "0685"
either_seed = pytest.mark.parametrize("seed", SEEDS)


def counted(item: str, seed: int = SEEDS[0]) -> dict[str, int]:
    return dict(vetlanda(seed).own(VETLANDA, item).counts)


def hours(seed: int, area: str = "") -> DurationSum:
    made = vetlanda(seed)
    place = Place(made.files.round_id, made.instrument.id, VETLANDA, "epost", "area" if area else "none", area)
    return made.reading.counts.durations[place, "epost.svarstid"]


def areas() -> list[str]:
    breakdown = vetlanda().instrument.breakdown("area")
    assert breakdown is not None
    return [option.code for option in breakdown.values]


def test_sixty_calls_and_sixty_letters_are_sound() -> None:
    reading = vetlanda().reading
    assert (reading.rows_read, reading.rows_rejected, reading.ignored_columns) == (120, 0, ())


def test_two_letters_are_left_out_with_a_reason() -> None:
    excluded = [reason for flow in vetlanda().reading.counts.flows for reason in flow.excluded]
    assert [cases for _, cases in excluded] == [2]
    assert "52 av 54" in excluded[0][0]


@either_seed
@pytest.mark.parametrize(
    ("item", "counts"),
    [
        ("tel.kontakt", {"inom_60": 28, "60_120": 4, "over_120": 1, "ingen_kontakt": 21}),
        ("tel.svar", {"god": 27, "medelgod": 4, "dalig": 23}),
        ("tel.information", {"god": 18, "medelgod": 11, "dalig": 2}),
        ("tel.intresse", {"god": 21, "medelgod": 9, "dalig": 3}),
        ("tel.bemotande", {"mycket_god": 15, "god": 9, "medelgod": 6, "dalig": 1}),
        ("epost.svarstid", {"inom_1_dygn": 37, "1_2_dygn": 7, "2_5_dygn": 2, "1_2_veckor": 1, "ej_svar": 5}),
        ("epost.avsandare", {"fullstandig": 47}),
        ("epost.merinformation", {"ja": 15, "nej": 32}),
    ],
)
def test_the_counts_are_those_behind_the_printed_report(seed: int, item: str, counts: dict[str, int]) -> None:
    assert counted(item, seed) == counts


@pytest.mark.parametrize(
    ("measure", "percent"),
    [
        ("tel.kontakt.andel", 61),
        ("tel.matt2", 52),
        ("tel.matt3", 74),
        ("tel.information.god", 58),
        ("tel.intresse.god", 64),
        ("epost.matt1", 85),  # the report adds rounded parts and prints 84
        ("epost.obesvarade", 10),
        ("epost.avsandare.fullstandig", 100),
        ("epost.merinformation.andel", 32),
    ],
)
def test_the_measures_are_the_printed_ones(measure: str, percent: int) -> None:
    (result,) = vetlanda().results(measure)
    assert round_half_away(result.value, 0) == percent


@either_seed
def test_answers_take_seven_hours_on_average_and_one_where_fastest(seed: int) -> None:
    means = {area: hours(seed, area).seconds / hours(seed, area).n / 3600 for area in areas()}
    whole = hours(seed)
    assert whole.n == 47
    assert round_half_away(whole.seconds / whole.n / 3600, 0) == Decimal(7)
    assert min(means, key=lambda area: means[area]) == "kultur_fritid"
    assert round_half_away(means["kultur_fritid"], 0) == Decimal(1)


def test_building_permits_always_answers_within_a_day() -> None:
    assert dict(vetlanda().own(VETLANDA, "epost.svarstid", "area", "bygglov").counts) == {"inom_1_dygn": 6}


def test_every_area_has_six_calls_and_six_letters() -> None:
    made = vetlanda()
    calls = {area: made.own(VETLANDA, "tel.utfall", "area", area).n for area in areas()}
    letters = {area: made.own(VETLANDA, "epost.svarstid", "area", area).n for area in areas()}
    assert set(calls.values()) == {6}
    assert Counter(letters.values()) == {6: 8, 5: 2}


def test_the_five_unanswered_letters_are_those_the_report_lists() -> None:
    listed = [(letter.area, letter.sent.replace(tzinfo=None)) for letter in vetlanda().reading.quotations.unanswered]
    assert listed == [
        ("grundskola", datetime.fromisoformat("2017-10-22 10:35")),
        ("grundskola", datetime.fromisoformat("2017-11-07 17:55")),
        ("miljo_halsa", datetime.fromisoformat("2017-10-18 20:00")),
        ("handikappomsorg", datetime.fromisoformat("2017-11-10 12:50")),
        ("kultur_fritid", datetime.fromisoformat("2017-11-09 19:50")),
    ]


def test_the_example_names_nobody() -> None:
    (example,) = vetlanda().reading.quotations.examples
    assert example.area == "forskola"
    assert "[namn]" in example.answer
    assert not any(letter.isdigit() for letter in example.answer)


def test_comments_are_tagged_with_area_and_factor() -> None:
    comments = vetlanda().reading.quotations.comments
    assert {comment.factor for comment in comments} == {"information", "intresse", "bemotande"}
    assert {comment.area for comment in comments} <= set(areas())


def test_the_report_is_compared_with_what_it_prints() -> None:
    figures = {(f.measure, f.municipality): (f.value, f.low, f.high, f.members) for f in vetlanda().external}
    assert figures == {
        ("tel.kontakt.andel", ""): (64, None, None, 20),
        ("epost.matt1", ""): (89, None, None, 20),
        ("epost.svarstid.timmar", ""): (5, 1, 12, 20),
        ("epost.avsandare.fullstandig", ""): (90, 52, 100, 20),
        ("epost.merinformation.andel", ""): (40, None, None, 20),
        ("epost.svarstid.timmar", VETLANDA): (7, None, None, None),
    }
