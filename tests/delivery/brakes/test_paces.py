"""Places in time are shared: however many workers ask, a domain gets its rate."""

from __future__ import annotations

import pytest

from lyhord.delivery.brakes import paces
from lyhord.delivery.brakes.models import Pace
from lyhord.delivery.rates import HORIZON

pytestmark = pytest.mark.django_db


def test_places_lie_evenly_whoever_asks() -> None:
    first = paces.places([(1, "a.test")] * 3, 2.0)
    second = paces.places([(1, "a.test")] * 3, 2.0)
    waits = [wait for _, wait in (*first, *second)]
    assert waits == pytest.approx([0.0, 0.5, 1.0, 1.5, 2.0, 2.5], abs=0.3)


def test_another_domain_and_another_organisation_do_not_wait() -> None:
    found = paces.places([(1, "a.test"), (1, "b.test"), (2, "a.test")], 2.0)
    assert found == [(True, 0.0)] * 3


def test_who_finds_no_place_is_told_when_to_come_back() -> None:
    found = paces.places([(1, "a.test")] * 40, 1.0)
    assert sum(has_place for has_place, _ in found) == HORIZON + 1
    assert min(wait for has_place, wait in found if not has_place) > HORIZON


def test_it_costs_three_queries_however_many_ask(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(5):  # type: ignore[operator]  # three, and the ends of a transaction
        paces.places([(number % 7, f"d{number % 30}.test") for number in range(300)], 2.0)


@pytest.mark.parametrize(("domain", "per_second"), [("a.test", 0.0), ("", 2.0)])
def test_without_a_limit_or_a_domain_nothing_is_kept(domain: str, per_second: float) -> None:
    assert paces.places([(1, domain)] * 9, per_second) == [(True, 0.0)] * 9
    assert not Pace.objects.exists()


def test_a_domain_is_not_readable_in_its_row_and_is_forgotten() -> None:
    paces.places([(1, "familjen-lindqvist.test")], 2.0)
    assert "lindqvist" not in Pace.objects.get().key
    Pace.objects.update(free=1.0, beyond=1.0)
    assert paces.forget_old() == 1
