from __future__ import annotations

import pytest
from tests.builders import EXEMPELKOPING
from tests.composition.rounds import GRADES, INSTRUMENT, standing

from lyhord.composition.own_cells import national_cells, own_cells, reasons_by_value
from lyhord.instruments.catalogue import load
from lyhord.method.figures import Withheld

FEW, GUARD = Withheld.TOO_FEW, Withheld.COMPLEMENTARY


@pytest.mark.parametrize(
    ("bases", "total", "reasons"),
    [
        ((3, 9, 40), 52, (FEW, GUARD, None)),  # nobody without a category: 52 - 9 - 40 would be the three
        ((3, 9, 40), 60, (FEW, None, None)),  # eight named none: 3 + 8 stay together
        ((3, 9, 40), 53, (FEW, GUARD, None)),  # one named none: 3 + 1 is still too few
        ((3, 5, 40), 48, (FEW, FEW, None)),  # two hidden ones guard each other
        ((8, 9, 40), 57, (None, None, None)),
    ],
)
def test_a_small_value_is_hidden_and_cannot_be_had_by_subtraction(
    bases: tuple[int, ...], total: int, reasons: tuple[Withheld | None, ...]
) -> None:
    codes = ("bygglov", "vatten_avfall", "skola_forskola")
    found = reasons_by_value(load(INSTRUMENT), "category", dict(zip(codes, bases, strict=True)), total)
    assert tuple(found[code] for code in codes) == reasons


def test_a_withheld_cell_keeps_nothing_but_its_n_and_reason() -> None:
    measure = standing().instrument.measure("tel.bemotande.index")
    figure = own_cells(standing(), measure, EXEMPELKOPING, "category", "sv")["bygglov"]
    assert (figure.value, figure.low, figure.high, figure.counted) == (None, None, None, None)
    assert figure.withheld is FEW
    assert figure.n == 3


def test_the_cells_of_all_sum_the_participants_with_enough_answers() -> None:
    measure = standing().instrument.measure("tel.bemotande.index")
    figures = national_cells(standing(), measure, "category", "sv")
    assert figures["bygglov"].n == 3 * (len(GRADES) - 1)  # the one with six answers is in no sum
    assert figures["ovrigt"].withheld is Withheld.NOT_ASKED


def test_a_breakdown_that_the_instrument_lacks_has_no_cells() -> None:
    measure = standing().instrument.measure("tel.bemotande.index")
    assert own_cells(standing(), measure, EXEMPELKOPING, "area", "sv") == {}
