"""Sampling: the planning figures, and a ration that reaches its quota without spending it early."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from lyhord.method.sampling import (
    Period,
    about,
    answers_for_margin,
    contacts_needed,
    draw,
    index_margin,
    invitations_today,
    ration,
)
from lyhord.method.tally import MethodError

PERIOD = Period(quota=400, received=100, days_left=20, response_rate=0.17, pending=28)


@pytest.mark.parametrize(
    ("answers", "rate", "contacts", "said"),
    [(100, 0.17, 589, 590), (400, 0.17, 2353, 2400), (17, 0.17, 100, 100), (10, 0.5, 20, 20), (0, 0.17, 0, 0)],
)
def test_so_many_contacts_are_needed_for_so_many_answers(answers: int, rate: float, contacts: int, said: int) -> None:
    assert contacts_needed(answers, rate) == contacts
    assert about(contacts) == said


@pytest.mark.parametrize(("answers", "rate", "assurance"), [(100, 0.17, 0.9), (30, 0.5, 0.5), (5, 1.0, 0.99)])
def test_with_assurance_the_number_is_the_least_that_reaches_it(answers: int, rate: float, assurance: float) -> None:
    contacts = contacts_needed(answers, rate, assurance)
    assert binom.sf(answers - 1, contacts, rate) >= assurance
    assert binom.sf(answers - 1, contacts - 1, rate) < assurance


@pytest.mark.parametrize(
    ("n", "service", "ease"),
    [(30, 10.0, 12.2), (50, 7.8, 9.4), (100, 5.5, 6.7), (200, 3.9, 4.7), (400, 2.7, 3.3)],
)
def test_the_margins_of_the_page(n: int, service: float, ease: float) -> None:
    assert round(index_margin(28, n), 1) == service
    assert round(index_margin(34, n), 1) == ease


@given(st.floats(1, 50), st.floats(0.5, 20))
def test_the_number_of_answers_for_a_margin_is_the_least_that_keeps_it(deviation: float, margin: float) -> None:
    n = answers_for_margin(deviation, margin)
    assert index_margin(deviation, n) <= margin + 1e-6
    assert n == 1 or index_margin(deviation, n - 1) > margin - 1e-6


def test_the_worked_day_of_the_page() -> None:
    # 400 - 100 - 28 = 272 lacking; 272 / 20 = 13.6 answers a day; 13.6 / 0.17 = 80 invitations
    assert invitations_today(PERIOD, "r1|9901|tel|2026-10-05") == 80


def test_a_full_quota_invites_nobody() -> None:
    assert invitations_today(replace(PERIOD, received=400), "s") == 0
    assert invitations_today(replace(PERIOD, received=370, pending=31), "s") == 0


def test_too_few_contacts_are_all_invited_and_the_lack_is_told() -> None:
    today = ration(["b", "a"], PERIOD, "s")
    assert (today.wanted, today.chosen) == (80, ("b", "a"))


def test_the_same_day_draws_the_same_whatever_the_order_and_another_day_draws_anew() -> None:
    contacts = [f"k{number}" for number in range(50)]
    monday = draw(contacts, 10, "monday")
    assert set(draw(contacts[::-1], 10, "monday")) == set(monday)
    assert monday == tuple(sorted(monday, key=contacts.index))
    assert set(draw(contacts, 10, "tuesday")) != set(monday)


def test_every_contact_has_the_same_chance() -> None:
    contacts = [f"k{number}" for number in range(20)]
    drawn = Counter(contact for day in range(2000) for contact in draw(contacts, 5, f"day {day}"))
    expected = 2000 * 5 / 20
    chi_square = sum((drawn[contact] - expected) ** 2 / expected for contact in contacts)
    assert chi_square < 43.8  # 0.1 % point of chi-square with 19 degrees of freedom


@pytest.mark.parametrize(
    ("quota", "days", "rate", "flow"), [(400, 60, 0.17, 300), (30, 100, 0.17, 12), (5, 90, 0.5, 4)]
)
def test_a_quota_is_spread_over_its_period(quota: int, days: int, rate: float, flow: int) -> None:
    random = np.random.default_rng(4)
    received, halfway = 0, 0
    for day in range(days):
        today = ration([f"{day}-{i}" for i in range(flow)], Period(quota, received, days - day, rate), f"s{day}")
        received += int(random.binomial(len(today.chosen), rate))
        halfway = received if day == days // 2 else halfway
    assert quota * 0.9 <= received <= quota * 1.1 + 3
    assert 0.2 * quota <= halfway <= 0.8 * quota


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 100), st.floats(0.01, 1), st.floats(0, 50), st.text())
def test_an_invitation_count_is_the_exact_one_or_the_next(
    quota: int, received: int, days: int, rate: float, pending: float, seed: str
) -> None:
    exact = max(0.0, (quota - received - pending) / days / rate)
    assert int(exact) <= invitations_today(Period(quota, received, days, rate, pending), seed) <= int(exact) + 1


@pytest.mark.parametrize(
    ("change", "remedy"),
    [({"days_left": 0}, "lengthen"), ({"response_rate": 0.0}, "17 percent"), ({"received": -1}, "Count them anew")],
)
def test_an_impossible_period_is_refused(change: dict[str, float], remedy: str) -> None:
    with pytest.raises(MethodError, match=remedy):
        invitations_today(replace(PERIOD, **change), "s")  # type: ignore[arg-type] # the table mixes int and float


def test_other_impossible_questions_are_refused() -> None:
    with pytest.raises(MethodError, match="listed twice"):
        draw(["a", "a"], 1, "s")
    with pytest.raises(MethodError, match="nine times of ten"):
        contacts_needed(10, 0.5, 90)
    with pytest.raises(MethodError, match="n >= 1"):
        index_margin(28, 0)
    with pytest.raises(MethodError, match="above 0"):
        answers_for_margin(28, 0)
