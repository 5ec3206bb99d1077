from __future__ import annotations

import pytest
from tests.builders import counts_of, instrument_of

from lyhord.composition.cells import count_cell, figure_cell, figure_text, figure_with_interval_cell, percent_cell
from lyhord.composition.draft import Draft
from lyhord.composition.prose import Prose
from lyhord.composition.shares import best_first, legend, stacked_row, withheld_row
from lyhord.instruments.catalogue import load
from lyhord.method.figures import Figure, Unit, Withheld
from lyhord.rendering.charts.spec import Bars, Tone

SHOWN = Figure("m", Unit.INDEX, 82.74, 100, "alla", 79.65, 85.7)
HIDDEN = Figure("m", Unit.INDEX, None, 4, "alla", withheld=Withheld.TOO_FEW)
NOBODY = Figure("m", Unit.INDEX, None, 0, "alla", withheld=Withheld.NOT_ASKED)


def test_charts_and_tables_are_numbered_each_in_their_own_series() -> None:
    draft = Draft(Prose("survey", "sv"))
    spec = Bars("", "", ())
    assert [draft.chart(spec).number, draft.table("", (), ()).number, draft.chart(spec).number] == [1, 1, 2]


def test_what_is_withheld_is_remembered_once() -> None:
    draft = Draft(Prose("survey", "sv"))
    draft.withhold("tabell", "för få svar")
    draft.withhold("tabell", "för få svar")
    assert draft.withheld == [("tabell", "för få svar")]


def test_a_cell_holds_the_whole_figure_and_prints_it_rounded() -> None:
    cell = figure_cell(SHOWN, "sv", withheld="för få")
    assert (cell.text, cell.number, cell.figure) == ("82,7", 82.74, SHOWN)
    assert figure_with_interval_cell(SHOWN, "en", withheld="").text == "82.7 (79.7–85.7)"


def test_a_withheld_figure_is_said_in_words_and_an_absent_one_with_a_dash() -> None:
    assert figure_text(HIDDEN, "sv", withheld="för få") == "för få"
    assert figure_text(NOBODY, "sv", withheld="för få") == "–"
    assert figure_with_interval_cell(HIDDEN, "sv", withheld="för få").number is None


def test_each_unit_is_printed_its_own_way() -> None:
    def text(unit: Unit, value: float, decimals: int) -> str:
        return figure_text(Figure("m", unit, value, 9, "alla", decimals=decimals), "sv", withheld="")

    assert text(Unit.PERCENT, 74.19, 0) == "74\N{NO-BREAK SPACE}%"
    assert text(Unit.HOURS, 7.2, 0) == "7\N{NO-BREAK SPACE}timmar"
    assert text(Unit.COUNT, 1234, 0) == "1\N{NO-BREAK SPACE}234"


def test_unknown_counts_and_empty_bases_are_dashes() -> None:
    assert count_cell(None, "sv").text == "–"
    assert percent_cell(0, 0, "sv").text == "–"
    assert percent_cell(1, 8, "sv").number == 12.5


def test_a_bar_shows_shares_best_first_with_graded_tones() -> None:
    item = instrument_of().item("tel.bemotande")
    codes = best_first(item)
    assert codes == ("5", "4", "3", "2", "1")
    row = stacked_row("Provstad", counts_of("tel.bemotande", _5=3, _1=1), codes)
    assert row.shares == pytest.approx((75, 0, 0, 0, 25))
    tones = [tone for _, tone in legend(instrument_of(), "tel.bemotande", "sv")]
    assert (tones[0], tones[-1]) == (Tone.BEST, Tone.POOR)


def test_options_without_points_keep_the_order_of_the_instrument() -> None:
    waited = load("skr-servicematning-2023").item("epost.vantat")
    assert best_first(waited) == tuple(option.code for option in waited.options)


def test_a_bar_of_nothing_is_empty_and_a_withheld_one_says_why() -> None:
    assert stacked_row("Provstad", counts_of("tel.bemotande"), ("5",)).shares == ()
    assert withheld_row("Provstad", 4, "för få").note == "för få"
