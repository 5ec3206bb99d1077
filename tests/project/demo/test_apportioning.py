"""Whole numbers from shares."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lyhord.project.demo.apportioning import apportion, dealt, filled
from lyhord.project.demo.chance import stream

weights = st.lists(st.floats(0.01, 100), min_size=1, max_size=30)


@given(weights, st.integers(0, 10_000))
def test_parts_sum_to_the_whole_and_lie_within_one_of_their_share(shares: list[float], total: int) -> None:
    parts = apportion(shares, total)
    assert sum(parts) == total
    assert all(abs(part - total * share / sum(shares)) < 1.001 for part, share in zip(parts, shares, strict=True))


@given(weights, st.floats(0, 1))
def test_filling_keeps_to_the_sum_and_the_bounds(shares: list[float], how_full: float) -> None:
    least, most = 10, 400
    total = round(len(shares) * (least + how_full * (most - least)))
    parts = filled(shares, total, least, most)
    assert sum(parts) == total
    assert all(least <= part <= most for part in parts)


def test_dealt_values_come_in_exact_shares_and_in_random_order() -> None:
    values = dealt({"a": 75, "b": 25}, 400, stream(1, "test"))
    assert values.count("a") == 300
    assert values != sorted(values)
