from __future__ import annotations

import pytest

from lyhord.instruments.definition import Thresholds
from lyhord.method.tally import MethodError
from lyhord.method.thresholds import at_least, raised


def test_a_threshold_may_be_raised() -> None:
    assert raised(Thresholds(), publish=10, comments=20) == Thresholds(publish=10, comments=20)


def test_a_threshold_may_stay() -> None:
    assert raised(Thresholds(), publish=7) == Thresholds()


def test_a_threshold_may_not_be_lowered() -> None:
    with pytest.raises(MethodError, match="publish is 7 in the instrument and cannot be lowered to 4"):
        raised(Thresholds(), publish=4)


def test_an_unknown_threshold_is_named() -> None:
    with pytest.raises(MethodError, match="no threshold 'rank'"):
        raised(Thresholds(), rank=100)


def test_without_a_wish_the_instrument_decides() -> None:
    assert at_least("publish", 7, None) == 7
