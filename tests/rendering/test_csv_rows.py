"""The CSV holds every figure with what it rests on, and a Swedish Excel opens it by double-click."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rendering.sample import sample_report

from lyhord.method.figures import Figure, Unit
from lyhord.rendering.csv_rows import plain_number, render_csv
from lyhord.rendering.report import Callout, Report, Section, Table


def rows_of(report: Report) -> list[dict[str, str]]:
    text = render_csv(report).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def report_with(label: str, figure: Figure, language: str = "sv") -> Report:
    section = Section("a", "Avsnitt", (Callout(label, "1", "", figure),))
    return replace(sample_report(language), sections=(section,))


def test_the_file_starts_with_the_mark_that_makes_excel_read_utf_8() -> None:
    assert render_csv(sample_report()).startswith(b"\xef\xbb\xbfrapport;m\xc3\xa4tning;kommun;")


def test_a_figure_stands_with_its_count_n_base_interval_and_rule() -> None:
    row = next(row for row in rows_of(sample_report()) if row["rad"] == "Mått 2 i KKiK")
    assert {key: row[key] for key in ("värde", "redovisat", "antal", "n", "bas", "lägst", "högst", "regel")} == {
        "värde": "51,85",
        "redovisat": "52",
        "antal": "28",
        "n": "54",
        "bas": "samtal",
        "lägst": "38,9",
        "högst": "64,6",
        "regel": "andel",
    }


def test_english_rows_have_a_decimal_point() -> None:
    row = next(row for row in rows_of(sample_report("en")) if row["row"] == "Measure 2 in KKiK")
    assert row["value"] == "51.85"


def test_a_withheld_figure_has_no_value_and_says_why() -> None:
    hidden = next(row for row in rows_of(sample_report()) if row["mått"] == "enkelhet" and not row["värde"])
    assert (hidden["redovisat"], hidden["n"], hidden["anmärkning"]) == ("för få svar", "4", "för få svar")


def test_every_chart_and_table_is_there() -> None:
    places = {row["plats"] for row in rows_of(sample_report())}
    assert {f"Diagram {number}" for number in range(1, 8)} | {"Tabell 1", "Tabell 2", "Tabell 3"} <= places


def test_every_point_of_a_chart_has_a_row() -> None:
    ranked = [row for row in rows_of(sample_report()) if row["plats"] == "Diagram 5"]
    assert len(ranked) == 67
    assert ranked[30]["rad"] == "Exempelköping"


def test_a_label_that_would_be_a_formula_is_marked_as_text() -> None:
    figure = Figure("=1+1", Unit.INDEX, -1.25, 30, "@bas", rule="+regel")
    row = rows_of(report_with('=cmd|"/c calc"!A1', figure))[0]
    assert row["rad"].startswith("'=")
    assert (row["mått"], row["bas"], row["regel"]) == ("'=1+1", "'@bas", "'+regel")
    assert row["värde"] == "-1,25"  # a number of ours is no formula


def test_a_label_with_line_breaks_and_separators_stays_in_its_field() -> None:
    label = 'Rad ett\nrad "två"; med semikolon'
    assert rows_of(report_with(label, Figure("m", Unit.COUNT, 3.0, 3, "b", decimals=0)))[0]["rad"] == label


def test_a_report_without_figures_is_a_heading_row() -> None:
    assert rows_of(replace(sample_report(), sections=(Section("a", "Tom"),))) == []


def test_a_table_without_rows_gives_no_rows() -> None:
    table = Table(1, "Tom", (), ())
    assert rows_of(replace(sample_report(), sections=(Section("a", "A", (table,)),))) == []


def test_equal_reports_give_equal_bytes() -> None:
    assert render_csv(sample_report()) == render_csv(sample_report())


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (82.70618, "sv", "82,7062"),
        (82.5, "en", "82.5"),
        (86.0, "sv", "86"),
        (-0.00001, "sv", "0"),
        (1234567.0, "sv", "1234567"),
        (None, "sv", ""),
        (100.0, "sv", "100"),
    ],
)
def test_numbers_are_written_for_machines(value: float | None, language: str, text: str) -> None:
    assert plain_number(value, language) == text


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_a_written_number_is_the_number_to_four_decimals(value: float) -> None:
    assert float(plain_number(value, "en")) == pytest.approx(value, abs=0.000051)
