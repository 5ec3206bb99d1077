"""Questions without an index and comparison groups on the live page."""

from __future__ import annotations

import re

import pytest
from tests.results.answered import (
    OTHERS,
    SEVEN,
    answered,
    organisation_in,
    round_now,
    seven_answered,
    taking_part,
)

from builders import EXEMPELKOPING
from builders_records import member, place_in, signed_in
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.measurements.counts.adding import add_cells
from lyhord.measurements.models import Participation
from lyhord.method.tally import Cell
from lyhord.results import round_figures, so_far

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    so_far.forget()
    round_figures.forget()


def counted(joined: Participation, item: str, **options: int) -> None:
    with scope(joined.organisation_id):
        add_cells(joined, [(Cell(place_in(joined), item, option), count) for option, count in options.items()])


def page() -> str:
    browser = signed_in(member(Role.READER, organisation_in()))
    shown = browser.get(f"/resultat/nu/{EXEMPELKOPING}").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", shown)).replace("\u00a0", " ")


def test_whether_an_answer_came_is_shown_as_shares_with_counts() -> None:
    joined = answered(taking_part(channel="epost"), (1, 1, 1, 1, 4))
    counted(joined, "epost.filter", ja=30, nej=10)
    assert "Ja 75 % 30 Nej 25 % 10" in page()


def test_how_long_one_has_waited_needs_as_many_answers_as_any_figure() -> None:
    joined = answered(taking_part(channel="epost"), (1, 1, 1, 1, 4))
    option = next(one.code for one in so_far.instrument_of(joined.round).item("epost.vantat").options)
    counted(joined, "epost.vantat", **{option: 6})
    assert "100 % 6" not in page()
    counted(joined, "epost.vantat", **{option: 5})
    assert "100 % 11" in page()


def test_the_category_is_no_question_of_its_own() -> None:
    joined = answered(taking_part())
    counted(joined, "tel.arendekategori", bygglov=50)
    assert "Bygglov 100 %" not in page()


def test_every_group_with_enough_members_stands_with_its_mean_and_how_many_they_are() -> None:
    seven_answered()
    shown = page()
    assert "Jämfört med grupper av deltagare" in shown
    assert re.search(r"Kommunen är .{0,120} 62,5 6 högre", shown), shown[shown.find("Kommunen är") :][:300]


def test_a_group_of_fewer_than_five_others_is_not_shown() -> None:
    for code in SEVEN[:5]:
        answered(taking_part(code, round_=round_now()), OTHERS)
    answered(taking_part())
    assert "Jämfört med grupper" not in page()
