"""A raw number falls in exactly one option."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.instruments.cuts import option_for
from lyhord.instruments.definition import Cut

CONTACT = Cut(
    "seconds", ("tel.kontakttid_s",), (Fraction(60), Fraction(120)), ("inom_60", "60_120", "over_120"), "ingen"
)


@pytest.mark.parametrize(
    ("seconds", "option"),
    [
        (0, "inom_60"),
        (60, "inom_60"),
        (Fraction("60.001"), "60_120"),
        (120, "60_120"),
        (121, "over_120"),
        (3600, "over_120"),
        (None, "ingen"),
    ],
)
def test_an_edge_belongs_to_the_option_below_it(seconds: Fraction | None, option: str) -> None:
    assert option_for(CONTACT, seconds) == option


def test_a_cut_without_a_missing_option_leaves_the_item_unanswered() -> None:
    assert option_for(Cut("seconds", ("a",), (Fraction(1),), ("x", "y"), None), None) is None


def test_a_negative_duration_is_refused_with_its_source() -> None:
    with pytest.raises(ValueError, match=r"cannot be negative \(-1 seconds\): check tel.kontakttid_s"):
        option_for(CONTACT, -1)


@given(st.fractions(min_value=0), st.fractions(min_value=0))
def test_a_longer_time_never_falls_in_an_earlier_option(first: Fraction, second: Fraction) -> None:
    short, long = sorted([first, second])
    places = [CONTACT.options.index(option_for(CONTACT, value) or "") for value in (short, long)]
    assert places == sorted(places)
