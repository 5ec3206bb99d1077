from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import EXEMPELKOPING
from tests.composition.reading import prose_of, section
from tests.composition.rounds import GRADES, INSTRUMENT, UNDER_PUBLISH, WAITED, country, report, standing

from lyhord.composition.left_out import Holdings, left_out_of
from lyhord.instruments.catalogue import load
from lyhord.method.tally import NO_BREAKDOWN, OptionCounts

ITEM = "tel.bemotande"
PUBLISH = load(INSTRUMENT).thresholds.publish


def held(by_category: Mapping[str, Mapping[str, int]]) -> dict[tuple[str, str], Holdings]:
    """Answers by category and municipality, and as many undivided."""
    wholes: dict[str, int] = {}
    for by_code in by_category.values():
        for code, n in by_code.items():
            wholes[code] = wholes.get(code, 0) + n
    divided = {value: {code: counts(n) for code, n in by_code.items()} for value, by_code in by_category.items()}
    return {
        (NO_BREAKDOWN, ITEM): {"": {code: counts(n) for code, n in wholes.items()}},
        ("category", ITEM): divided,
    }


def counts(n: int) -> OptionCounts:
    return OptionCounts(ITEM, (("5", n),))


def left_out(by_category: Mapping[str, Mapping[str, int]]) -> frozenset[str]:
    return left_out_of(load(INSTRUMENT), held(by_category))["category", ITEM]


def test_whoever_has_fewer_than_seven_answers_is_in_no_sum() -> None:
    assert left_out_of(load(INSTRUMENT), held({"bygglov": {"a": 6, "b": 7}}))[NO_BREAKDOWN, ITEM] == {"a"}
    assert standing().national.left_out[NO_BREAKDOWN, ITEM] == {UNDER_PUBLISH}
    shown = [sum(grades) for code, grades in GRADES.items() if code != UNDER_PUBLISH]
    assert standing().national.of(ITEM).n == sum(shown)


def test_how_many_answered_is_told_of_everybody() -> None:
    assert standing().answers("tel") == sum(sum(grades) for grades in GRADES.values())


@pytest.mark.parametrize(
    ("bygglov", "left"),
    [
        ({"a": 40, "b": 40, "c": 40}, set()),
        ({"a": 3, "b": 40, "c": 40}, {"a"}),  # alone: the sum less b and c would be a's three
        ({"a": 3, "b": 3, "c": 40}, {"a", "b"}),  # together fewer than seven
        ({"a": 6, "b": 6, "c": 40}, {"a", "b"}),  # a knows its own six, and could subtract them
        ({"a": 5, "b": 5, "c": 5}, set()),  # whoever subtracts its own still has ten
    ],
)
def test_a_hidden_category_is_summed_only_with_others_that_protect_it(
    bygglov: Mapping[str, int], left: set[str]
) -> None:
    rest = dict.fromkeys(bygglov, 100)
    assert left_out({"bygglov": bygglov, "skola_forskola": rest, "gata_park_trafik": rest}) >= left
    if not left:
        assert not left_out({"bygglov": dict.fromkeys(bygglov, 40), "skola_forskola": rest})


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_remaining_cell_under_seven_is_had_by_subtracting_the_shown_ones(sizes: list[list[int]]) -> None:
    values = ("bygglov", "skola_forskola", "gata_park_trafik")
    by_category = {v: {str(code): row[i] for code, row in enumerate(sizes) if row[i]} for i, v in enumerate(values)}
    gone = left_out(by_category)
    for by_code in by_category.values():
        small = [n for code, n in by_code.items() if code not in gone and n < PUBLISH]
        hidden_or_none = sum(n for code, n in by_code.items() if code not in gone) if small else PUBLISH
        assert len(small) != 1 or hidden_or_none - small[0] >= PUBLISH


def test_four_who_wait_are_not_in_the_waiting_times_of_all_and_a_note_says_so() -> None:
    few = {code for code, waited in WAITED.items() if 0 < sum(waited) < PUBLISH}
    assert few == {EXEMPELKOPING}
    assert standing().national.of("epost.vantat").n == sum(sum(w) for w in WAITED.values()) - 4
    for composed in (report(), country()):
        assert "1 kommun har för få svar för att visas" in prose_of(section(composed, "vantetid")).text
    assert "Otherwise its answers could be worked out" in prose_of(country("en")).text
