"""Kolada's rows: one decimal, a fixed order, and definitions beside them."""

from __future__ import annotations

import pytest

from lyhord.rendering.kolada import kolada_csv, kolada_definitions_csv
from lyhord.rendering.report import KoladaRow


def row(kpi: str = "N00671", value: float = 82.65, municipality: str = "9901") -> KoladaRow:
    return KoladaRow(kpi, municipality, 2023, "T", value, f"Index för {kpi}")


def lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines()


def test_the_columns_are_those_of_an_observation() -> None:
    assert lines(kolada_csv([row()])) == ["kpi;municipality;period;gender;value", "N00671;9901;2023;T;82,7"]


@pytest.mark.parametrize(
    ("value", "text"), [(82.65, "82,7"), (82.64, "82,6"), (86.0, "86,0"), (1234.0, "1234,0"), (-0.02, "0,0")]
)
def test_values_have_one_decimal_rounded_half_away_from_zero(value: float, text: str) -> None:
    assert lines(kolada_csv([row(value=value)]))[1].split(";")[-1] == text


def test_rows_come_in_a_fixed_order() -> None:
    given_order = [row("N00673"), row("N00671", municipality="9902"), row("N00671")]
    assert [line[:11] for line in lines(kolada_csv(given_order))[1:]] == ["N00671;9901", "N00671;9902", "N00673;9901"]
    assert kolada_csv(given_order) == kolada_csv(reversed(given_order))


def test_each_definition_is_said_once() -> None:
    content = kolada_definitions_csv([row("N00673"), row(), row(municipality="9902")])
    assert lines(content) == ["kpi;definition", "N00671;Index för N00671", "N00673;Index för N00673"]


def test_no_rows_give_a_heading_alone() -> None:
    assert lines(kolada_csv([])) == ["kpi;municipality;period;gender;value"]


def test_a_definition_is_never_a_formula() -> None:
    assert lines(kolada_definitions_csv([KoladaRow("N1", "9901", 2023, "T", 1.0, "=1+1")]))[1] == "N1;'=1+1"
