"""A server that fails for one worker rests for all, one of them tries, and its word counts for the others."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from lyhord.delivery.brakes.models import Rest
from lyhord.delivery.brakes.rests import SharedCircuit, adopt
from lyhord.delivery.rates import FIRST_REST, TRIPS_AT

pytestmark = pytest.mark.django_db


@dataclass
class Clock:
    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def two_workers(clock: Clock) -> tuple[SharedCircuit, SharedCircuit]:
    made = [SharedCircuit("smtp relay:25 kommun", "smtp relay:25", clock=clock) for _ in range(2)]
    for _ in range(TRIPS_AT):
        made[0].note(worked=False)
    adopt(made)
    return made[0], made[1]


def test_a_rest_holds_for_every_worker() -> None:
    first, second = two_workers(Clock())
    assert not first.permits()
    assert not second.permits()
    assert "kommun" not in Rest.objects.get().key


def test_after_a_rest_one_worker_tries_and_the_other_waits_for_its_word() -> None:
    first, second = two_workers(clock := Clock())
    clock.now += 1.2 * FIRST_REST
    assert second.permits()
    assert not first.permits()
    second.note(worked=True)
    adopt([first, second])
    assert first.permits()
    assert not Rest.objects.exists()


def test_a_failed_try_lets_it_rest_longer_for_all() -> None:
    first, second = two_workers(clock := Clock())
    clock.now += 1.2 * FIRST_REST
    assert first.permits()
    first.note(worked=False)
    adopt([first, second])
    clock.now += 1.5 * FIRST_REST
    assert not second.permits()
    clock.now += FIRST_REST
    assert second.permits()


def test_where_the_worker_that_tried_died_another_tries_in_its_stead() -> None:
    first, second = two_workers(clock := Clock())
    clock.now += 1.2 * FIRST_REST
    assert first.permits()
    clock.now += 61
    adopt([second])
    assert second.permits()


def test_a_server_that_works_costs_no_query(django_assert_num_queries: object) -> None:
    circuit = SharedCircuit("smtp relay:25", "smtp relay:25")
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture without a public type
        assert circuit.permits()
        circuit.note(worked=True)
        assert circuit.is_closed()
