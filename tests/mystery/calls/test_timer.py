"""The timer's presses become steps and seconds, in whatever order they arrive."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.mystery.calls.timer import ORDER, Press, Step, contact_seconds, following, in_order, standing, written

D, A, C, E, U = Step.DIALLED, Step.ANSWERED, Step.OFFICER, Step.ENDED, Step.UNDONE
START = 1_700_000_000_000


def pressed(*steps: tuple[Step, int], device: str = "telefon") -> list[Press]:
    """Presses by one device, each so many milliseconds after the first; all received a minute late."""
    return [
        Press(step, place, START + 60_000, device, START + after) for place, (step, after) in enumerate(steps, start=1)
    ]


@pytest.mark.parametrize(
    ("steps", "seconds"),
    [
        ([], None),
        ([(D, 0)], None),
        ([(D, 0), (A, 4_000)], None),
        ([(D, 0), (A, 4_000), (C, 42_318)], "42.318"),
        ([(D, 0), (C, 9_000)], "9"),  # the officer answers herself
        ([(D, 0), (A, 4_000), (E, 90_000)], None),  # no officer
        ([(D, 0), (C, 5_000), (U, 6_000), (C, 50_500)], "50.5"),  # it was the switchboard after all
        ([(D, 0), (U, 1_000), (D, 20_000), (C, 30_000)], "10"),  # pressed before dialling
        ([(D, 0), (C, 5_000), (D, 8_000)], "5"),  # a call is not made twice
        ([(D, 0), (C, 5_000), (A, 8_000)], "5"),  # the switchboard does not come after
        ([(D, 0), (E, 5_000), (C, 8_000)], None),  # nothing follows the end
        ([(C, 5_000)], None),
        ([(U, 0), (D, 1_000), (C, 3_000)], "2"),
        ([(D, 9_000), (C, 3_000)], None),  # the clock was set back
        ([(D, 0), (C, 86_400_001)], None),
        ([(D, 0), (C, 0)], "0"),
    ],
)
def test_presses_become_seconds(steps: list[tuple[Step, int]], seconds: str | None) -> None:
    found = contact_seconds(pressed(*steps))
    assert found == (None if seconds is None else Decimal(seconds))
    assert written(found) == (seconds or "")


def test_presses_by_the_server_are_timed_by_the_server() -> None:
    presses = [Press(D, 1, START), Press(C, 2, START + 12_000)]
    assert contact_seconds(presses) == 12


def test_presses_by_two_clocks_are_not_compared() -> None:
    presses = [*pressed((D, 0)), Press(C, 1, START + 80_000)]
    assert [one.step for one in standing(presses)] == [D, C]
    assert contact_seconds(presses) is None


PRESSES = st.lists(
    st.builds(
        Press,
        st.sampled_from(Step),
        st.integers(1, 50),
        st.integers(0, 10**6),
        st.sampled_from(["", "a", "b"]),
        st.none() | st.integers(0, 10**8),
    ),
    max_size=12,
    unique_by=lambda one: (one.device, one.sequence),
)


@given(PRESSES, st.randoms(use_true_random=False))
def test_whatever_is_pressed_time_is_never_negative_and_the_order_of_arrival_never_matters(
    presses: list[Press], chance: Random
) -> None:
    shuffled = list(presses)
    chance.shuffle(shuffled)
    seconds = contact_seconds(presses)
    assert in_order(shuffled) == in_order(presses)
    assert contact_seconds(shuffled) == seconds
    assert seconds is None or 0 <= seconds <= 86_400


@given(PRESSES)
def test_what_stands_follows_the_order_of_a_call(presses: list[Press]) -> None:
    stands = [one.step for one in standing(presses)]
    assert stands == sorted(stands, key=ORDER.index)
    assert len(set(stands)) == len(stands)
    assert not stands or stands[0] is D
    assert all(later in following(earlier) for earlier, later in pairwise(stands))
