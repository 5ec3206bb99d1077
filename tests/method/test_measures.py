from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import counts_of, grade, instrument_of, measure_of, text
from lyhord.instruments.definition import Instrument, Item, ItemKind, Measure, MeasureKind, Thresholds
from lyhord.method.figures import Unit, Withheld
from lyhord.method.measures import base_n, distribution, duration_figure, measure_figure, measure_points
from lyhord.method.rounding import round_half_away
from lyhord.method.tally import DurationSum, MethodError, OptionCounts

INDEX = measure_of(MeasureKind.INDEX)
SHARE = measure_of(MeasureKind.SHARE, counted=("4", "5"))
COUNT = measure_of(MeasureKind.COUNT)
MATT_3 = measure_of(MeasureKind.INDEX, "tel.grad", decimals=0)
HOURS = measure_of(MeasureKind.MEAN_HOURS)
GRADES = counts_of("tel.bemotande", _1=24, _2=16, _3=36, _4=68, _5=256)


def shown(value: float | None, decimals: int) -> str:
    assert value is not None
    return str(round_half_away(value, decimals))


def vetlanda(item: str, *options: str) -> Instrument:
    """An instrument with one choice item, as the mystery form has."""
    plain = tuple(grade(code) for code in options)
    return instrument_of(
        items=(Item(item, item.split(".", maxsplit=1)[0], ItemKind.CHOICE, text("Fråga"), text("?"), plain),)
    )


def test_an_index_is_the_mean_of_the_points() -> None:
    figure = measure_figure(INDEX, instrument_of(), GRADES)
    assert (figure.value, figure.n, figure.unit, figure.base) == (82.25, 400, Unit.INDEX, "alla svar")
    assert shown(figure.low, 1) == "79.4"
    assert shown(figure.high, 1) == "85.1"
    assert figure.rule == "measures.index"


def test_matt_3_is_74_percent_of_the_highest_possible() -> None:
    counts = counts_of("tel.grad", mycket_god=15, god=9, medelgod=6, dalig=1)
    figure = measure_figure(MATT_3, instrument_of(), counts)
    assert shown(figure.value, 0) == "74"
    assert figure.n == 31
    assert figure.value == pytest.approx(100 * 69 / 93)


@pytest.mark.parametrize(
    ("item", "counts", "counted", "base_options", "printed", "n"),
    [
        ("tel.kontakt", {"60": 28, "120": 4, "mer": 1, "ingen": 21}, ("60", "120", "mer"), (), "61", 54),
        ("tel.kontakt", {"60": 28, "120": 4, "mer": 1, "ingen": 21}, ("60",), (), "52", 54),
        ("epost.tid", {"1": 37, "2": 7, "senare": 3, "ej": 5}, ("1", "2"), (), "85", 52),
        ("epost.tid", {"1": 37, "2": 7, "senare": 3, "ej": 5}, ("ej",), (), "10", 52),
        ("epost.mer", {"ja": 15, "nej": 32, "ej": 5}, ("ja",), ("ja", "nej"), "32", 47),
    ],
)
def test_vetlandas_shares_come_from_counts_on_their_own_base(
    item: str, counts: dict[str, int], counted: tuple[str, ...], base_options: tuple[str, ...], printed: str, n: int
) -> None:
    measure = measure_of(MeasureKind.SHARE, item, counted=counted, base_options=base_options, decimals=0)
    figure = measure_figure(measure, vetlanda(item, *counts), OptionCounts(item, tuple(counts.items())))
    assert (shown(figure.value, 0), figure.n) == (printed, n)
    assert figure.counted == sum(counts[code] for code in counted)


def test_the_base_is_said_in_the_readers_language() -> None:
    assert measure_figure(INDEX, instrument_of(), GRADES, language="en").base == "all answers"


@pytest.mark.parametrize("measure", [INDEX, SHARE])
def test_four_answers_are_withheld_whole(measure: Measure) -> None:
    figure = measure_figure(measure, instrument_of(), counts_of("tel.bemotande", _4=1, _5=3))
    assert figure.withheld is Withheld.TOO_FEW
    assert (figure.value, figure.low, figure.high, figure.counted) == (None, None, None, None)
    assert figure.n == 4


def test_nothing_counted_is_not_asked() -> None:
    assert measure_figure(INDEX, instrument_of(), OptionCounts(INDEX.item, ())).withheld is Withheld.NOT_ASKED


def test_a_few_answers_are_shown_with_caution() -> None:
    few = counts_of("tel.bemotande", _4=10, _5=19)
    enough = counts_of("tel.bemotande", _4=10, _5=20)
    assert measure_figure(INDEX, instrument_of(), few).caution
    assert not measure_figure(INDEX, instrument_of(), enough).caution


def test_the_threshold_may_be_raised_but_not_lowered() -> None:
    counts = counts_of("tel.bemotande", _4=3, _5=6)
    assert measure_figure(INDEX, instrument_of(), counts, threshold=10).withheld is Withheld.TOO_FEW
    with pytest.raises(MethodError, match="cannot be lowered"):
        measure_figure(INDEX, instrument_of(), counts, threshold=5)


def test_a_count_of_answers_is_no_secret() -> None:
    figure = measure_figure(COUNT, instrument_of(), counts_of("tel.bemotande", _5=3))
    assert (figure.value, figure.unit, figure.decimals) == (3, Unit.COUNT, 0)


def test_a_count_that_divides_few_answers_is_withheld() -> None:
    satisfied = measure_of(MeasureKind.COUNT, base_options=("5",))
    few, many = counts_of("tel.bemotande", _1=1, _5=3), counts_of("tel.bemotande", _1=20, _5=3)
    assert measure_figure(satisfied, instrument_of(), few).withheld is Withheld.TOO_FEW
    assert measure_figure(satisfied, instrument_of(), many).value == 3


def test_an_option_without_points_is_outside_an_index() -> None:
    options = (*(grade(str(step), 25 * (step - 1)) for step in range(1, 6)), grade("vet_ej"))
    item = Item("tel.bemotande", "tel", ItemKind.SCALE, text("Bemötande"), text("?"), options)
    counts = counts_of("tel.bemotande", _5=10, vet_ej=90)
    figure = measure_figure(INDEX, instrument_of(items=(item,)), counts)
    assert (figure.value, figure.n) == (100, 10)
    explicit = measure_of(MeasureKind.INDEX, base_options=("5", "vet_ej"))
    with pytest.raises(MethodError, match="no points"):
        measure_figure(explicit, instrument_of(items=(item,)), counts)


@pytest.mark.parametrize(
    ("counts", "message"),
    [(counts_of("epost.enkelhet", _5=9), "cannot give a measure"), (counts_of("tel.bemotande", _6=9), "no option 6")],
)
def test_counts_that_do_not_fit_are_refused(counts: OptionCounts, message: str) -> None:
    with pytest.raises(MethodError, match=message):
        base_n(INDEX, instrument_of(), counts)


def test_a_mean_of_hours_comes_from_exact_sums() -> None:
    duration = DurationSum(47, 47 * 7 * 3600, 47 * 60 * 3600**2, 0, 80 * 3600)
    figure = duration_figure(HOURS, instrument_of(), duration)
    assert (figure.value, figure.unit, figure.n) == (7, Unit.HOURS, 47)
    assert figure.low is not None
    assert figure.low > 0


@pytest.mark.parametrize(("n", "reason"), [(0, Withheld.NOT_ASKED), (6, Withheld.TOO_FEW)])
def test_hours_below_the_threshold_are_withheld(n: int, reason: Withheld) -> None:
    figure = duration_figure(HOURS, instrument_of(), DurationSum(n, 3600 * n, 3600**2 * n, 0, 0))
    assert (figure.withheld, figure.value) == (reason, None)


def test_each_kind_of_measure_has_its_own_function() -> None:
    with pytest.raises(MethodError, match="Use measure_figure"):
        duration_figure(INDEX, instrument_of(), DurationSum(9, 9, 9, 0, 1))
    with pytest.raises(MethodError, match="has no points"):
        measure_figure(HOURS, instrument_of(), GRADES)


def test_a_distribution_lists_every_option_in_order() -> None:
    rows = distribution(instrument_of(), "tel.bemotande", counts_of("tel.bemotande", _5=6, _1=2))
    assert [(row.option, row.count, row.share) for row in rows] == [
        ("1", 2, 25), ("2", 0, 0), ("3", 0, 0), ("4", 0, 0), ("5", 6, 75),
    ]  # fmt: skip


@pytest.mark.parametrize("n", [0, 4, 6])
def test_a_distribution_of_too_few_is_empty(n: int) -> None:
    assert distribution(instrument_of(), "tel.bemotande", counts_of("tel.bemotande", _5=n)) == ()


@given(st.lists(st.integers(0, 400), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 7))
def test_the_index_is_brilliants_own_formula(counts: list[int]) -> None:
    options = {f"_{step}": count for step, count in enumerate(counts, start=1)}
    figure = measure_figure(INDEX, instrument_of(), counts_of("tel.bemotande", **options))
    mean = Fraction(sum(step * count for step, count in enumerate(counts, start=1)), sum(counts))
    assert figure.value == float((mean - 1) * 25)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(7, 20))
def test_a_figure_is_shown_exactly_from_the_threshold(few: int, many: int, threshold: int) -> None:
    instrument = instrument_of(thresholds=Thresholds(publish=threshold))
    figure = measure_figure(INDEX, instrument, counts_of("tel.bemotande", _1=few, _5=many))
    assert (figure.value is not None) == (few + many >= threshold)


def test_a_share_is_the_index_of_counted_options() -> None:
    assert measure_points(SHARE, instrument_of(), GRADES) == tuple(
        zip((0, 0, 0, 100, 100), (24, 16, 36, 68, 256), strict=True)
    )
