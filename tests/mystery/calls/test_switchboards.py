"""The municipalities' telephone numbers are written one on a line, and dialled as they should be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builders import EXEMPELKOPING, PROVSTAD
from builders_records import municipality_of, national_organisation, organisation_of
from lyhord.accounts.models import AuditEvent
from lyhord.accounts.scope import scope
from lyhord.mystery.calls.models import Switchboard
from lyhord.mystery.calls.switchboards import dialled, number_of, numbers_of, write_numbers
from lyhord.mystery.errors import MysteryError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def measuring() -> Iterator[None]:
    """Numbers belong to the one who measures."""
    with scope(national_organisation()):
        yield


def test_numbers_are_kept_changed_and_forgotten() -> None:
    own, other = municipality_of(), municipality_of(PROVSTAD)
    assert write_numbers(national_organisation(), "Exempelköping 0123-456 78\nprovstad: +46 (0)8 12 34 56") == 2
    assert number_of(own) == "0123-456 78"
    assert write_numbers(national_organisation(), "Exempelköping\t0123-456 00") == 2
    assert numbers_of([EXEMPELKOPING, PROVSTAD]) == {EXEMPELKOPING: "0123-456 00"}
    assert number_of(other) == ""
    assert AuditEvent.objects.filter(action="switchboards.changed").count() == 2


def test_nothing_new_is_nothing_written_down() -> None:
    municipality_of()
    write_numbers(national_organisation(), "Exempelköping 0123-456 78")
    assert write_numbers(national_organisation(), " Exempelköping  0123-456 78 ") == 0
    assert AuditEvent.objects.filter(action="switchboards.changed").count() == 1


@pytest.mark.parametrize("line", ["Ingenstans 0123-456 78", "Exempelköping", "0123-456 78", "Exempelköping 12"])
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    municipality_of()
    with pytest.raises(MysteryError, match="går inte att läsa"):
        write_numbers(national_organisation(), line)
    assert not Switchboard.objects.exists()


@pytest.mark.parametrize(
    ("number", "digits"), [("0123-456 78", "012345678"), ("+46 (0)8 12 34 56", "+468123456"), ("08/12 34", "081234")]
)
def test_a_number_is_dialled_without_what_makes_it_readable(number: str, digits: str) -> None:
    assert dialled(number) == digits


def test_a_municipality_sees_no_numbers() -> None:
    municipality_of()
    write_numbers(national_organisation(), "Exempelköping 0123-456 78")
    with scope(organisation_of()):
        assert not Switchboard.objects.exists()
