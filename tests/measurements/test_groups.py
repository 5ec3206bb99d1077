"""A municipality compares itself with standing groups and with those of its own making."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from builders import EXEMPELKOPING, PROVSTAD, TESTBY
from builders_records import municipality_of, organisation_of
from lyhord.accounts.scope import scope
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.groups import choose_group, choose_population, groups_for
from lyhord.measurements.models import ComparisonGroup
from lyhord.measurements.register import all_values, as_value
from lyhord.method.groups import GroupKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_cast() -> None:
    for code in (EXEMPELKOPING, PROVSTAD, TESTBY):
        municipality_of(code)


def test_the_groups_of_ones_own_making_stand_after_the_standing_ones() -> None:
    own = organisation_of()
    with scope(own):
        choose_group(own, "Grannar", {TESTBY, PROVSTAD, EXEMPELKOPING}, all_values())
        choose_population(own, "Lika stora", 10_000, 20_000)
        found = groups_for(as_value(municipality_of()), all_values())
    assert [(name, group.kind) for name, group in found] == [
        ("", GroupKind.ALL),
        ("", GroupKind.SIZE_CLASS),
        ("Grannar", GroupKind.CHOSEN),
        ("Lika stora", GroupKind.POPULATION),
    ]
    assert all(group.members == {PROVSTAD, TESTBY} for _, group in found)


def test_choosing_again_replaces_the_group_of_that_name() -> None:
    own = organisation_of()
    with scope(own):
        choose_population(own, "Grannar", 0, 1)
        choose_group(own, "Grannar", [PROVSTAD], all_values())
        assert list(ComparisonGroup.objects.values_list("kind", "codes")) == [("chosen", [PROVSTAD])]


def test_wrong_groups_are_refused() -> None:
    own = organisation_of()
    with scope(own):
        with pytest.raises(MeasurementError, match="code 9999"):
            choose_group(own, "Grannar", ["9999"], all_values())
        with pytest.raises(MeasurementError, match="lower limit first"):
            choose_population(own, "Lika stora", 2, 1)
        with pytest.raises(IntegrityError):
            ComparisonGroup.objects.create(organisation=own, name="Utan gräns", kind="population")


def test_another_organisations_groups_are_not_seen() -> None:
    other = organisation_of(PROVSTAD)
    with scope(other):
        choose_group(other, "Deras", [TESTBY], all_values())
    with scope(organisation_of()):
        assert "Deras" not in {name for name, _ in groups_for(as_value(municipality_of()), all_values())}
