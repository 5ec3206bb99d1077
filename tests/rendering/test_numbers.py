"""Numbers and dates as printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.method.rounding import round_half_away
from lyhord.rendering import numbers


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (82.7, 1, "82,7", "82.7"),
        (82.65, 1, "82,7", "82.7"),
        (0.5, 0, "1", "1"),
        (1234.0, 0, "1\u00a0234", "1,234"),
        (1234567.25, 1, "1\u00a0234\u00a0567,3", "1,234,567.3"),
        (-0.3, 1, "\u22120,3", "\u22120.3"),
        (-0.04, 1, "0,0", "0.0"),
        (0.0, 1, "0,0", "0.0"),
        (None, 1, "–", "–"),
        (float("nan"), 1, "–", "–"),
    ],
)
def test_a_decimal_is_rounded_once_and_set_as_the_language_sets_it(
    value: float | None, decimals: int, swedish: str, english: str
) -> None:
    assert numbers.decimal(value, decimals, "sv") == swedish
    assert numbers.decimal(value, decimals, "en") == english


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_the_quick_way_rounds_as_the_method_does(value: float, decimals: int) -> None:
    expected = f"{round_half_away(value, decimals):,.{decimals}f}".replace("-", numbers.MINUS)
    assert numbers.decimal(value, decimals, "en") == expected


@given(st.integers(-(10**7), 10**7), st.integers(0, 2))
def test_a_half_always_goes_away_from_zero(steps: int, decimals: int) -> None:
    value = (steps + 0.5) / 10**decimals
    expected = f"{round_half_away(value, decimals):,.{decimals}f}".replace("-", numbers.MINUS)
    assert numbers.decimal(value, decimals, "en") == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (numbers.percent(74.19, 0, "sv"), "74\u00a0%"),
        (numbers.percent(74.19, 0, "en"), "74%"),
        (numbers.percent(None, 0, "sv"), "–"),
        (numbers.signed(1.84, 1, "sv"), "+1,8"),
        (numbers.signed(-0.3, 1, "sv"), "\u22120,3"),
        (numbers.signed(0.04, 1, "sv"), "0,0"),
        (numbers.signed(None, 1, "sv"), "–"),
        (numbers.count(18396, "sv"), "18\u00a0396"),
        (numbers.count(None, "sv"), "–"),
        (numbers.count_of(4, 6, "sv"), "4\u00a0av\u00a06"),
        (numbers.count_of(4, 6, "en"), "4\u00a0of\u00a06"),
        (numbers.interval(79.7, 85.7, 1, "sv"), "79,7–85,7"),
        (numbers.interval(-1.2, 0.4, 1, "sv"), "\u22121,2\u00a0till\u00a00,4"),
        (numbers.interval(None, 0.4, 1, "sv"), "–"),
        (numbers.hours(1.0, "sv"), "1\u00a0timme"),
        (numbers.hours(7.0, "sv"), "7\u00a0timmar"),
        (numbers.hours(6.84, "en", 1), "6.8\u00a0hours"),
        (numbers.with_unit(7.0, 0, "timmar", "sv"), "7\u00a0timmar"),
        (numbers.with_unit(82.66, 1, "", "sv"), "82,7"),
        (numbers.no_break("svar på e-post och E-tjänst"), "svar på e\u2011post och E\u2011tjänst"),
    ],
)
def test_each_kind_of_figure_has_one_form(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.parametrize(
    ("first", "last", "swedish", "english"),
    [
        (date(2023, 3, 13), date(2023, 5, 12), "13 mars–12 maj 2023", "13 March–12 May 2023"),
        (date(2023, 5, 3), date(2023, 5, 14), "3–14 maj 2023", "3–14 May 2023"),
        (date(2022, 12, 30), date(2023, 1, 2), "30 december 2022–2 januari 2023", "30 December 2022–2 January 2023"),
        (date(2023, 3, 13), date(2023, 3, 13), "13 mars 2023", "13 March 2023"),
    ],
)
def test_a_period_says_each_part_once(first: date, last: date, swedish: str, english: str) -> None:
    assert numbers.period(first, last, "sv").replace("\u00a0", " ") == swedish
    assert numbers.period(first, last, "en").replace("\u00a0", " ") == english


def test_a_month_stands_without_its_day() -> None:
    assert numbers.month(date(2018, 1, 15), "sv") == "januari 2018"
