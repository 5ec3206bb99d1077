"""Whoever keeps every published state and subtracts as they like never isolates fewer than a batch of answers.

Each answer has an option of its own here, so that counts are the very sets of answers.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from math import inf

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lyhord.results.advancing import NO_VALUE, Counted, Rule, Shown, advanced
from lyhord.results.cuts import lightest_cut

RULE = Rule(batch=5, least=7)
VALUES = ("a", "b", "c", NO_VALUE)
Stream = list[list[str]]  # batches of answers, each by the category chosen
Known = dict[str, int]  # answers and how often an expression counts them
batches = st.lists(st.sampled_from(VALUES), min_size=5, max_size=9)
streams = st.lists(batches, min_size=1, max_size=9)


def states_of(stream: Stream, rule: Rule = RULE) -> list[Shown]:
    """What is seen after each batch."""
    shown, states, given_so_far = Shown(), [], {value: {} for value in VALUES}
    for number, batch in enumerate(stream):
        for place, value in enumerate(batch):
            given_so_far[value][f"{number}.{place}"] = 1
        whole = {one: 1 for answers in given_so_far.values() for one in answers}
        parts = {value: dict(answers) for value, answers in given_so_far.items() if value and answers}
        shown = advanced(shown, Counted(whole, parts), rule)
        states.append(shown)
    return states


def plus(*terms: tuple[int, Known]) -> Known:
    """The sum of known counts, each taken so many times, without what cancels out."""
    found: Known = {}
    for times, counts in terms:
        for answer, count in counts.items():
            found[answer] = found.get(answer, 0) + times * count
    return {answer: count for answer, count in found.items() if count}


def expressions(shown: Shown) -> list[Known]:
    """The undivided figure less every choice of the categories that are shown, and those categories themselves."""
    keys = sorted(shown.own)
    choices = [choice for size in range(len(keys) + 1) for choice in combinations(keys, size)]
    differences = [plus((1, dict(shown.whole)), *((-1, dict(shown.own[key])) for key in choice)) for choice in choices]
    return [*differences, *(dict(shown.own[key]) for key in keys)]


def isolated(states: list[Shown]) -> list[Known]:
    """Every non-empty set below the batch that two published expressions, of any two states, leave between them."""
    known = [each for shown in [Shown(), *states] for each in expressions(shown)]
    left = [plus((1, one), (-1, other)) for one, other in combinations(known, 2)]
    return [each for each in (*known, *left) if 0 < len(each) < RULE.batch]


@given(streams)
@example([["a"] * 7 + ["b"], [NO_VALUE] * 7])  # the first total less category a would be the one answer of b
@example([["a"] * 4 + ["b"] * 4, ["a"] * 4 + ["c"] * 5, ["b"] * 4 + ["c"] * 5])
def test_no_difference_of_any_published_figures_holds_fewer_than_five_answers(stream: Stream) -> None:
    assert isolated(states_of(stream)) == []


@given(streams)
def test_every_category_that_is_shown_has_enough_answers_and_leaves_enough(stream: Stream) -> None:
    for shown in states_of(stream):
        left = len(shown.whole) - sum(map(len, shown.own.values()))
        assert all(len(part) >= RULE.least for part in shown.own.values())
        assert not shown.own or left == 0 or left >= RULE.least


@given(streams)
def test_what_was_seen_stays_and_few_answers_wait(stream: Stream) -> None:
    states = states_of(stream)
    for before, after in pairwise(states):
        assert before.whole.keys() <= after.whole.keys()
        assert before.own.keys() <= after.own.keys()
    waiting = sum(map(len, stream)) - len(states[-1].whole)
    assert waiting <= (RULE.batch - 1) * (len(states[-1].own) + 1)


def test_the_attack_finds_something_where_all_is_shown_at_once() -> None:
    everything = [
        Shown({"a": dict.fromkeys("1234567", 1)}, {NO_VALUE: {"8": 1}}),
        Shown({"a": dict.fromkeys("1234567", 1)}, {NO_VALUE: dict.fromkeys("89", 1)}),
    ]
    assert {"8": 1} in isolated(everything)


def test_a_category_that_grows_by_one_answer_stands_still_until_four_more_have_come() -> None:
    first = Counted({"5": 30}, {"a": {"5": 15}, "b": {"5": 15}})
    shown = advanced(Shown(), first, RULE)
    assert shown.parts == {"a": {"5": 15}, "b": {"5": 15}}
    later = Counted({"5": 34, "1": 1}, {"a": {"5": 15, "1": 1}, "b": {"5": 19}})
    assert advanced(shown, later, RULE) == shown
    enough = Counted({"5": 35, "1": 5}, {"a": {"5": 15, "1": 5}, "b": {"5": 20}})
    assert advanced(shown, enough, RULE).parts == {"a": {"5": 15, "1": 5}, "b": {"5": 20}}
    assert advanced(shown, enough, RULE).whole == {"5": 35, "1": 5}


def test_only_answers_that_a_figure_rests_on_count_towards_a_batch() -> None:
    rule = Rule(5, 7, frozenset("12345"))
    before = Counted({"5": 10})
    shown = advanced(Shown(), before, rule)
    assert advanced(shown, Counted({"5": 10, "1": 1, "vet_ej": 9}), rule) == shown


def test_a_category_outside_the_total_moves_by_itself() -> None:
    outside = frozenset({"ledning"})
    few = advanced(Shown(), Counted({"5": 20}, {"ledning": {"5": 6}}, outside), RULE)
    assert few.parts == {}
    enough = advanced(few, Counted({"5": 20}, {"ledning": {"5": 8}}, outside), RULE)
    assert enough.parts == {"ledning": {"5": 8}}
    assert enough.whole == {"5": 20}
    assert advanced(enough, Counted({"5": 20}, {"ledning": {"5": 12}}, outside), RULE) == enough


def test_counts_that_were_corrected_downwards_begin_anew() -> None:
    shown = advanced(Shown(), Counted({"5": 40}, {"a": {"5": 20}, "b": {"5": 20}}), RULE)
    again = advanced(shown, Counted({"5": 30}, {"a": {"5": 20}, "b": {"5": 10}}), RULE)
    assert again == advanced(Shown(), Counted({"5": 30}, {"a": {"5": 20}, "b": {"5": 10}}), RULE)


def test_after_many_groups_the_rest_still_grows_but_no_category_is_added() -> None:
    shown = Shown()
    for number in range(1, 60):
        shown = advanced(shown, Counted({"5": 5 * number}), RULE)
    late = advanced(shown, Counted({"5": 400}, {"a": {"5": 100}}), RULE)
    assert late.whole == {"5": 400}
    assert late.parts == {}


@pytest.mark.parametrize(
    ("edges", "lightest"),
    [
        ({}, inf),
        ({("a", "b"): 3}, 3),
        ({("a", "b"): 3, ("c", "d"): 8}, 3),
        ({("a", "b"): 9, ("b", "c"): 2, ("a", "c"): 4}, 6),
        ({("a", "b"): 5, ("b", "c"): 5, ("c", "d"): 5, ("d", "a"): 5, ("a", "c"): 1}, 10),
    ],
)
def test_the_lightest_cut(edges: dict[tuple[str, str], int], lightest: float) -> None:
    assert lightest_cut(edges) == lightest
