from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from builders import EXEMPELKOPING, PROVSTAD, TESTBY, counts_of, instrument_of, measure_of, text
from lyhord.instruments.definition import MeasureKind
from lyhord.method.comparison import (
    Difference,
    ParticipantResult,
    against_external,
    against_others,
    against_previous,
    benjamini_hochberg,
    comparable,
    duration_result,
    participant_result,
    printed_total,
)
from lyhord.method.tally import DurationSum, ExternalFigure, MethodError, OptionCounts

INDEX = measure_of(MeasureKind.INDEX)
SHARE = measure_of(MeasureKind.SHARE, counted=("5",))
OWN = counts_of("tel.bemotande", _1=24, _2=16, _3=36, _4=68, _5=256)
OTHER = counts_of("tel.bemotande", _1=9, _2=5, _3=10, _4=20, _5=86)


def result(value: float, n: int = 100, error: float = 3.0, municipality: str = PROVSTAD) -> ParticipantResult:
    return ParticipantResult(municipality, value, n, error)


def share(counted: int, n: int, municipality: str = EXEMPELKOPING) -> ParticipantResult:
    counts = OptionCounts("tel.bemotande", (("5", counted), ("1", n - counted)))
    made = participant_result(municipality, SHARE, instrument_of(), counts)
    assert made is not None
    return made


def indexed(counts: OptionCounts, municipality: str) -> ParticipantResult:
    made = participant_result(municipality, INDEX, instrument_of(), counts)
    assert made is not None
    return made


def printed(value: float, members: int | None = 20) -> ExternalFigure:
    return ExternalFigure("tel.bemotande.index", "snittet", value, "rapporten", members=members)


def test_the_total_weighs_participants_alike_and_answers_beside_it() -> None:
    total = printed_total([result(80, 100), result(90, 300), result(0, 29)], smallest_shown=30)
    assert total is not None
    assert (total.mean_of_participants, total.members) == (85, 2)
    assert (total.mean_of_answers, total.n_answers) == (87.5, 400)
    assert (total.lowest, total.highest) == (80, 90)
    assert total.high - 85 == pytest.approx(1.959964 * (9 + 9) ** 0.5 / 2)


def test_a_participant_too_small_to_show_cannot_be_subtracted_from_the_mean_of_answers() -> None:
    shown = [result(80, 100), result(90, 300)]
    assert printed_total([*shown, result(10, 6)], smallest_shown=7) == printed_total(shown)


def test_without_participants_there_is_no_total() -> None:
    assert printed_total([result(80, 29)]) is None


def test_the_others_never_hold_ones_own() -> None:
    with pytest.raises(MethodError, match="cannot be compared with itself"):
        against_others(result(80), [result(82)])


def test_others_with_too_few_answers_are_left_out() -> None:
    own = result(85, municipality=EXEMPELKOPING)
    assert against_others(own, [result(80, 29)]) is None
    difference = against_others(own, [result(80, 30), result(10, 29)])
    assert difference is not None
    assert (difference.value, difference.members) == (5, 1)


def test_two_indices_are_compared_as_in_r() -> None:
    # R, grades in e and f: t.test(e, f) gives df 213.355719263, p 0.933716676811, -6.16808952165 to 5.66808952165
    difference = against_others(indexed(OWN, EXEMPELKOPING), [indexed(OTHER, PROVSTAD)])
    assert difference is not None
    assert (difference.low, difference.high) == pytest.approx((-6.16808952165, 5.66808952165))
    assert difference.p == pytest.approx(0.933716676811)


def test_the_variance_is_own_and_the_sum_over_k_squared() -> None:
    others = [result(80, 10**6, 4, str(code)) for code in range(8)]
    difference = against_others(result(85, 10**6, 1, EXEMPELKOPING), others)
    assert difference is not None
    assert difference.high - difference.value == pytest.approx(1.95997 * (1 + 8 * 16 / 64) ** 0.5, rel=1e-4)


# Newcombe's method 10; R: prop.test(counted, n, correct = FALSE)$conf.int squared and added as in the paper
@pytest.mark.parametrize(
    ("own", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 5.24314724024, 33.3872654037),
        ((33, 54), (40, 54), -29.5062378634, 4.62906500065),
        ((10, 10), (0, 20), 67.9086037142, 100),
    ],
)
def test_two_shares_are_compared_by_newcombes_method(
    own: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    difference = against_previous(share(*own), share(*other))
    assert (difference.low, difference.high) == pytest.approx((low, high))
    assert (difference.p < 0.05) == (low > 0 or high < 0)


def test_a_share_of_everybody_against_several_is_not_certain() -> None:
    others = [share(54, 60, code) for code in (PROVSTAD, TESTBY)]
    difference = against_others(share(47, 47), others)
    assert difference is not None
    assert difference.value == pytest.approx(10)
    assert 0.0001 < difference.p < 0.05


# R: prop.test(counted, n, p = printed / 100, correct = FALSE)$p.value
@pytest.mark.parametrize(
    ("counted", "n", "other", "p"),
    [
        (15, 47, 40, 0.257872663475),
        (47, 47, 90, 0.0223000365332),
        (44, 52, 89, 0.31224965863),
        (33, 54, 64, 0.658294574202),
    ],
)
def test_a_share_is_tested_against_a_printed_one_as_in_r(counted: int, n: int, other: float, p: float) -> None:
    difference = against_external(share(counted, n), printed(other))
    assert difference.p == pytest.approx(p)
    assert not difference.reference_known
    assert difference.members == 20


def test_an_index_is_tested_against_a_printed_one_as_in_r() -> None:
    # R: t.test(b, mu = 78) gives p 0.477335789826
    counts = counts_of("tel.grad", mycket_god=15, god=9, medelgod=6, dalig=1)
    own = participant_result(EXEMPELKOPING, measure_of(MeasureKind.INDEX, "tel.grad"), instrument_of(), counts)
    assert own is not None
    difference = against_external(own, printed(78, None))
    assert difference.p == pytest.approx(0.477335789826)
    assert (difference.low, difference.high) == pytest.approx((-14.6093033225, 6.99640009667))


@pytest.mark.parametrize("other", [0, 100])
def test_a_printed_share_of_all_or_none_is_taken_as_rounded(other: float) -> None:
    assert against_external(share(other * 47 // 100, 47), printed(other)).p > 0.05


def test_hours_are_compared_by_their_own_spread() -> None:
    own = duration_result(EXEMPELKOPING, DurationSum(47, 47 * 7 * 3600, 47 * 130 * 3600**2, 0, 90 * 3600))
    assert own is not None
    difference = against_external(own, printed(5))
    assert difference.value == 2
    assert difference.p > 0.05
    assert duration_result(EXEMPELKOPING, DurationSum(1, 60, 3600, 60, 60)) is None


def test_nothing_counted_takes_no_part() -> None:
    assert participant_result(PROVSTAD, INDEX, instrument_of(), OptionCounts(INDEX.item, ())) is None


def test_equal_answers_do_not_make_a_difference_certain() -> None:
    full = indexed(counts_of("tel.bemotande", _5=8), EXEMPELKOPING)
    difference = against_previous(full, indexed(OTHER, EXEMPELKOPING))
    assert difference.low < difference.value < difference.high


# R gives these with p.adjust and method BH
@pytest.mark.parametrize(
    ("ps", "adjusted"),
    [
        (
            (0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205),
            (0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.0845714285714, 0.205),
        ),
        ((0.04, 0.001, 0.2, 0.04), (0.0533333333333, 0.004, 0.2, 0.0533333333333)),
        ((), ()),
        ((1.0,), (1.0,)),
    ],
)
def test_several_comparisons_are_adjusted_as_in_r(ps: tuple[float, ...], adjusted: tuple[float, ...]) -> None:
    assert benjamini_hochberg(ps) == pytest.approx(adjusted)


def test_what_is_no_p_value_is_refused() -> None:
    with pytest.raises(MethodError, match="between 0 and 1"):
        benjamini_hochberg([0.5, 1.2])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusting_agrees_with_scipy_and_never_lowers(ps: list[float]) -> None:
    adjusted = benjamini_hochberg(ps)
    assert adjusted == pytest.approx(tuple(false_discovery_control(ps)))
    assert all(after >= before for before, after in zip(ps, adjusted, strict=True))


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_a_share_differs_significantly_exactly_where_its_interval_leaves_zero(
    counted: int, more: int, other: int, other_more: int
) -> None:
    difference = against_previous(share(counted, counted + more), share(other, other + other_more))
    assert difference.low <= difference.value <= difference.high
    if abs(difference.p - 0.05) > 1e-9:
        assert (difference.p < 0.05) == (difference.low > 0 or difference.high < 0)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0.1, 10), st.integers(30, 400))
def test_swapping_sides_mirrors_the_difference(own: float, other: float, error: float, n: int) -> None:
    one, two = result(own, n, error), result(other, 50, 2.0)
    here, there = against_previous(one, two), against_previous(two, one)
    assert (here.value, here.low, here.high) == pytest.approx((-there.value, -there.high, -there.low))
    assert here.p == pytest.approx(there.p)


def series() -> Difference:
    return against_previous(result(82.7), result(82.1))


def test_a_difference_says_which_rule_made_it() -> None:
    assert series().rule == "comparison.previous"


def test_only_listed_instruments_stand_in_one_series() -> None:
    instrument = instrument_of(
        comparable_with={INDEX.id: ("test-2022",)}, breaks={"kkik-2015": text("Måttet har gjorts om.", "Redefined.")}
    )
    assert comparable(instrument, INDEX.id, "test-2022").ok
    assert comparable(instrument, INDEX.id, "test-2023").ok
    broken = comparable(instrument, INDEX.id, "kkik-2015")
    assert (broken.ok, broken.reason) == (False, "Måttet har gjorts om.")
    assert comparable(instrument, INDEX.id, "kkik-2015", language="en").reason == "Redefined."


def test_silence_is_no_comparability() -> None:
    unlisted = comparable(instrument_of(), INDEX.id, "test-2024")
    assert not unlisted.ok
    assert "anger inte" in unlisted.reason
    with pytest.raises(KeyError, match="no measure"):
        comparable(instrument_of(), "tel.okand", "test-2024")


def test_the_mean_of_a_participant_is_its_index() -> None:
    own = indexed(OWN, EXEMPELKOPING)
    assert own == replace(own, value=float(Fraction(8225, 100)), n=400, counted=None)
    assert own.standard_error == pytest.approx(1.45197773687)
