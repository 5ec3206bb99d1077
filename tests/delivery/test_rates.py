"""How fast: places in time for each domain, and rests for a gateway that fails."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lyhord.delivery.rates import FIRST_REST, HORIZON, TRIPS_AT, Circuit, Queue


def test_places_in_time_lie_evenly() -> None:
    queue = Queue()
    assert [queue.place(2.0, 100.0) for _ in range(3)] == [(True, 0.0), (True, 0.5), (True, 1.0)]


def test_who_finds_no_place_comes_back_one_after_the_other() -> None:
    queue = Queue()
    places = [queue.place(1.0, 0.0) for _ in range(40)]
    turned_away = [wait for has_place, wait in places if not has_place]
    assert sum(has_place for has_place, _ in places) == HORIZON + 1
    assert turned_away == [HORIZON + 2 + number for number in range(9)]


@given(st.lists(st.floats(0, 5), max_size=60), st.floats(0.5, 50))
def test_no_domain_gets_more_than_its_rate(pauses: list[float], per_second: float) -> None:
    queue, now, leaving = Queue(), 0.0, []
    for pause in pauses:
        now += pause
        has_place, wait = queue.place(per_second, now)
        if has_place:
            leaving.append(now + wait)
    gaps = [after - before for before, after in pairwise(leaving)]
    assert all(gap >= 1 / per_second - 1e-6 for gap in gaps)


def failing(times: int, now: float = 0.0) -> Circuit:
    circuit = Circuit()
    for _ in range(times):
        circuit.note(worked=False, now=now)
    return circuit


def test_a_few_failures_do_not_stop_a_gateway() -> None:
    assert failing(TRIPS_AT - 1).permits(0.0)


def test_failures_in_a_row_let_a_gateway_rest_and_then_one_message_tries() -> None:
    circuit = failing(TRIPS_AT)
    assert not circuit.permits(0.9 * FIRST_REST - 1)
    later = 1.1 * FIRST_REST + 1
    assert circuit.is_closed(later)
    assert circuit.permits(later)
    assert not circuit.permits(later)
    circuit.note(worked=True, now=later)
    assert circuit.permits(later)
    assert circuit.permits(later)


def test_a_failed_try_rests_longer() -> None:
    circuit = failing(TRIPS_AT)
    later = 1.1 * FIRST_REST + 1
    circuit.permits(later)
    circuit.note(worked=False, now=later)
    assert not circuit.permits(later + 1.7 * FIRST_REST)
    assert circuit.permits(later + 2.3 * FIRST_REST)
