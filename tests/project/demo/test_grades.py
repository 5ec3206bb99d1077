"""Grades with exact sums, and two answers of the same people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.project.demo.chance import stream
from lyhord.project.demo.grades import SHAPES, margin, paired


@given(st.sampled_from(sorted(SHAPES)), st.integers(1, 400), st.data())
def test_a_margin_has_the_wanted_number_and_sum(item: str, n: int, data: st.DataObject) -> None:
    steps = data.draw(st.integers(0, 4 * n))
    counts = margin(SHAPES[item], n, steps)
    assert min(counts) >= 0
    assert sum(counts) == n
    assert sum(step * count for step, count in enumerate(counts)) == steps


def test_pairing_keeps_both_margins() -> None:
    first, second = [5, 10, 20, 40, 125], [30, 20, 30, 50, 70]
    people = paired(first, second, stream(1, "test"))
    assert [sum(one == grade for one, _ in people) for grade in range(1, 6)] == first
    assert [sum(other == grade for _, other in people) for grade in range(1, 6)] == second


def test_those_who_like_one_thing_tend_to_like_the_other() -> None:
    people = paired([50, 50, 50, 50, 50], [50, 50, 50, 50, 50], stream(1, "test"))
    agreeing = sum(abs(one - other) <= 1 for one, other in people)
    assert agreeing > 0.6 * len(people)


@pytest.mark.parametrize("shape", SHAPES.values())
def test_shapes_are_shares(shape: tuple[float, ...]) -> None:
    assert sum(shape) == pytest.approx(1)
