"""The long description tells what the chart shows, from the same values."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.rendering.charts.drawn import specs

from lyhord.rendering.charts.description import alt_text, describe
from lyhord.rendering.charts.spec import (
    Bars,
    ChartSpec,
    DotsWithIntervals,
    IntervalRow,
    Mark,
    Ranked,
    StackedRow,
    StackedShares,
    Tone,
    Trend,
    TrendSeries,
)

GRADES = (("God", Tone.BEST), ("Dålig", Tone.POOR))
OWN = Mark("Västerås", 82.66, 400, 79.7, 85.7, Tone.OWN)
TOTAL = Mark("Totalsnitt", 83.0, tone=Tone.TOTAL)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (
            StackedShares("Svar", "", GRADES, (StackedRow("2023", (60.0, 40.0), 54), StackedRow("Bygg", (), 2))),
            "Svar. 2023: God 60 %, Dålig 40 %, n=54. Bygg: för få, n=2.",
        ),
        (
            StackedShares("Svar", "", GRADES, (StackedRow("Bygg", (66.7, 33.3), 6, (4, 2)),)),
            "Svar. Bygg: God 4 av 6, Dålig 2 av 6, n=6.",
        ),
        (
            Bars("Teman.", "", (Mark("Svarstid", 19.0, 9980), Mark("Övrigt", None, 4, note="för få svar"))),
            "Teman. Svarstid: 19 %, n=9 980. Övrigt: för få svar, n=4.",
        ),
        (
            DotsWithIntervals("Index", "", (IntervalRow("Bemötande", OWN, (TOTAL,)),)),
            "Index. Bemötande: Västerås 82,7, 95 % intervall 79,7–85,7, n=400; Totalsnitt 83,0.",
        ),
        (
            Ranked("Plats", "", (Mark("", 90.0), OWN, Mark("", 70.0)), TOTAL, rank_low=1, rank_high=3),
            (
                "Plats. 3 deltagare från 90,0 till 70,0. Västerås: 82,7, 95 % intervall 79,7–85,7, n=400. "
                "Plats 2 av 3, med 95 % säkerhet mellan plats 1 och 3. Totalsnitt: 83,0."
            ),
        ),
        (
            Trend("År", "", ("2022", "2023"), (TrendSeries("Västerås", Tone.OWN, (None, 82.66)),), ((1, "Ny enkät"),)),
            "År. Västerås: 2022 –, 2023 82,7. Jämförelsebrott 2023: Ny enkät.",
        ),
    ],
)
def test_a_chart_is_told_in_words(spec: ChartSpec, expected: str) -> None:
    assert describe(spec, "sv").replace("\u00a0", " ") == expected


def test_a_sure_place_is_told_without_a_span() -> None:
    spec = Ranked("Plats", "", (OWN, Mark("", 60.0)), TOTAL, rank_low=1, rank_high=1)
    assert "Place 1 of 2, with 95% confidence." in describe(spec, "en")


def test_an_own_description_goes_before_the_made_one() -> None:
    assert alt_text(Bars("T", "Kort sagt.", (OWN,)), "sv") == "Kort sagt."
    assert alt_text(Bars("T", "", ()), "sv") == "T."


@given(specs())
def test_every_kind_can_be_told_in_both_languages(spec: ChartSpec) -> None:
    for language in ("sv", "en"):
        told = describe(spec, language)
        assert told.startswith("Titel.")
        assert told.endswith(".")
        assert "nan" not in told
