"""What each kind of chart shows: every value as text, bars from zero, nothing by colour alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.rendering.charts.drawn import SPACE, bars, dots, labels, root, stacked, trends

from lyhord.rendering.charts.drawing import draw
from lyhord.rendering.charts.marks import area
from lyhord.rendering.charts.spec import (
    Bars,
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
from lyhord.rendering.numbers import count, decimal, with_unit
from lyhord.rendering.tokens import TONES

GRADES = (("Inom 1 minut", Tone.BEST), ("1–3 minuter", Tone.GOOD), ("Ingen kontakt", Tone.POOR))


def words_in(svg: str) -> list[str]:
    return [box.words for box in labels(svg)]


@given(stacked())
def test_every_share_above_nothing_is_written(spec: StackedShares) -> None:
    shown = words_in(draw(spec))
    for row in spec.rows:
        for option, share in enumerate(row.shares):
            value = count(row.counts[option], "sv") if row.counts else decimal(share, 0, "sv")
            assert not share or any(words == value or words.startswith(f"{value}\u00a0av") for words in shown)
        assert row.n is None or f"n={count(row.n, 'sv')}" in shown


@given(bars())
def test_every_bar_has_its_value_and_its_base(spec: Bars) -> None:
    shown = words_in(draw(spec))
    for mark in spec.marks:
        assert mark.value is None or with_unit(mark.value, spec.decimals, spec.unit, "sv") in shown
        assert mark.value is not None or "för få" in shown
        assert mark.n is None or f"n={count(mark.n, 'sv')}" in shown


@given(dots())
def test_every_dot_has_its_value(spec: DotsWithIntervals) -> None:
    shown = words_in(draw(spec))
    for mark in (mark for row in spec.rows for mark in (row.own, *row.others) if mark.value is not None):
        assert any(words.startswith(decimal(mark.value, 1, "sv")) for words in shown)


@given(trends())
def test_every_round_has_its_value(spec: Trend) -> None:
    shown = words_in(draw(spec))
    if any(value is not None for series in spec.series for value in series.values):
        assert all(decimal(value, 1, "sv") in shown for series in spec.series for value in series.values)


@pytest.mark.parametrize("ceiling", [None, 100.0])
def test_bars_start_at_zero_and_are_as_long_as_their_values(ceiling: float | None) -> None:
    spec = Bars("T", "", tuple(Mark(str(value), float(value)) for value in (20, 40, 80)), axis_max=ceiling)
    drawn = [element for element in root(draw(spec)).iter(f"{SPACE}rect") if element.get("height") == "20.0"]
    widths = [float(element.get("width", 0)) for element in drawn]
    assert len({element.get("x") for element in drawn}) == 1
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.3)
    assert widths[2] == pytest.approx(4 * widths[0], abs=0.5)
    assert "0\u00a0%" in words_in(draw(spec))


def test_a_bar_of_nothing_has_its_value_but_no_area() -> None:
    svg = draw(Bars("T", "", (Mark("Noll", 0.0), Mark("Tio", 10.0))))
    assert len([element for element in root(svg).iter(f"{SPACE}rect") if element.get("height") == "20.0"]) == 1


def test_a_row_with_too_few_answers_says_so_and_shows_no_share() -> None:
    withheld = StackedRow("Bygglov", (), 4, note="för få svar (färre än 7)")
    shown = words_in(draw(StackedShares("T", "", GRADES, (withheld,))))
    assert "för få svar (färre än 7)" in shown
    bare = words_in(draw(StackedShares("T", "", GRADES, (StackedRow("Bygglov", (), 4),)), language="en"))
    assert "too few" in bare


def test_six_calls_are_shown_as_counts_without_a_percent_axis() -> None:
    row = StackedRow("Bygglov", (66.7, 16.7, 16.6), 6, (4, 1, 1))
    shown = words_in(draw(StackedShares("T", "", GRADES, (row, StackedRow("Förskola", (), 1)))))
    assert "4\u00a0av\u00a06" in shown
    assert not [words for words in shown if "%" in words]


def test_shares_and_counts_together_keep_the_axis() -> None:
    rows = (StackedRow("Totalt", (60.0, 30.0, 10.0), 54), StackedRow("Bygglov", (66.7, 16.7, 16.6), 6, (4, 1, 1)))
    assert "100\u00a0%" in words_in(draw(StackedShares("T", "", GRADES, rows)))


def test_a_tone_used_twice_in_a_legend_gets_a_pattern_of_its_own() -> None:
    assert area(Tone.POOR, (0, 0), (40, 24)) != area(Tone.POOR, (0, 0), (40, 24), again=True)
    assert area(Tone.BEST, (0, 0), (40, 24)) != area(Tone.BEST, (0, 0), (40, 24), again=True)


def test_a_focused_axis_is_marked_in_words() -> None:
    row = IntervalRow("Bemötande", Mark("Västerås", 82.7, 400, 79.7, 85.7, Tone.OWN))
    assert "Axeln börjar vid 60" in words_in(draw(DotsWithIntervals("T", "", (row,), axis_min=60)))
    assert not [words for words in words_in(draw(DotsWithIntervals("T", "", (row,)))) if words.startswith("Axeln")]


def test_compared_values_stand_in_columns_and_in_lines_where_there_are_many() -> None:
    own = Mark("Västerås", 82.7, 400, 79.7, 85.7, Tone.OWN)
    few = DotsWithIntervals("T", "", (IntervalRow("Bemötande", own, (Mark("Totalt", 83.0),)),))
    many = tuple(Mark(f"Jämförelse nummer {index}", 70.0 + index) for index in range(6))
    lined = words_in(draw(DotsWithIntervals("T", "", (IntervalRow("Bemötande", own, many),))))
    assert {"82,7", "79,7–85,7", "83,0"} <= set(words_in(draw(few)))
    assert "82,7 (79,7–85,7)" in lined


def ranked(number: int, own: int | None = 3, **more: int) -> Ranked:
    rows = tuple(
        Mark(
            "Västerås" if place == own else "", 90 - place * 0.1, 200, 85, 95, Tone.OWN if place == own else Tone.OTHER
        )
        for place in range(number)
    )
    return Ranked("T", "", rows, Mark("Totalsnitt", 83.0, tone=Tone.TOTAL), **more)


@pytest.mark.parametrize("number", [5, 20])
def test_few_participants_stand_in_rows_with_every_value(number: int) -> None:
    shown = words_in(draw(ranked(number)))
    assert all(f"{decimal(90 - place * 0.1, 1, 'sv')} (85,0–95,0)" in shown for place in range(number))
    assert "Totalsnitt 83,0" in shown


@pytest.mark.parametrize("number", [21, 67, 290])
def test_many_participants_label_own_total_best_and_worst(number: int) -> None:
    shown = words_in(draw(ranked(number, rank_low=1, rank_high=9)))
    assert {"Västerås 89,7 (n=200)", "Totalsnitt", "83,0", "Högst 90,0"} <= set(shown)
    assert f"Plats 4 av {number}, med 95\u00a0% säkerhet mellan plats 1 och 9" in shown


def test_own_is_green_and_the_total_a_dashed_blue_line() -> None:
    svg = draw(ranked(67))
    circles = list(root(svg).iter(f"{SPACE}circle"))
    assert circles[-1].get("fill") == TONES[Tone.OWN].stroke
    lines = [element for element in root(svg).iter(f"{SPACE}path") if element.get("stroke") == TONES[Tone.TOTAL].stroke]
    assert [element.get("stroke-dasharray") for element in lines] == [TONES[Tone.TOTAL].dash]


def test_a_ranking_without_own_or_values_is_still_drawn() -> None:
    assert not [words for words in words_in(draw(ranked(67, own=None))) if words.startswith("Plats")]
    empty = Ranked("T", "", (Mark("", None),), Mark("Totalt", None))
    assert words_in(draw(empty)) == ["Inga uppgifter"]


def lines_of(spec: Trend) -> list[str]:
    thick = [element for element in root(draw(spec)).iter(f"{SPACE}path") if element.get("stroke-width") == "2.4"]
    return [element.get("d", "") for element in thick]


def test_no_line_crosses_a_missing_value_or_a_comparability_break() -> None:
    periods = ("2019", "2020", "2021", "2022", "2023")
    whole = TrendSeries("Västerås", Tone.OWN, (79.0, 80.0, 81.0, 82.0, 83.0))
    holed = TrendSeries("Västerås", Tone.OWN, (79.0, 80.0, None, 82.0, 83.0))
    assert len(lines_of(Trend("T", "", periods, (whole,)))) == 1
    assert len(lines_of(Trend("T", "", periods, (holed,)))) == 2
    broken = Trend("T", "", periods, (whole,), ((3, "Ny enkät"),))
    assert len(lines_of(broken)) == 2
    assert "Ny enkät" in words_in(draw(broken))
