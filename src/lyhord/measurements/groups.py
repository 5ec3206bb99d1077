"""Comparison groups: those that everyone has and those that an organisation made."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lyhord.accounts.models import Organisation
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import ComparisonGroup
from lyhord.method.groups import Group, Municipality, chosen_group, population_group, standing_groups


def groups_for(own: Municipality, everyone: Sequence[Municipality]) -> tuple[tuple[str, Group], ...]:
    """Every group that the municipality can compare itself with, and the name of those of its own making.

    The organisation's own come last and are those of the scope at hand; a group without a name is a standing one.
    """
    standing = tuple(("", group) for group in standing_groups(own, everyone))
    made = ComparisonGroup.objects.order_by("name")
    return (*standing, *((one.name, group_of(one, own, everyone)) for one in made))


def group_of(made: ComparisonGroup, own: Municipality, everyone: Sequence[Municipality]) -> Group:
    """A group of an organisation's making as the method sees it. MethodError where a code is no municipality's."""
    if made.kind == ComparisonGroup.Kind.CHOSEN:
        return chosen_group(own, made.codes, everyone)
    return population_group(own, everyone, made.least or 0, made.most or 0)


def choose_group(
    organisation: Organisation, name: str, codes: Collection[str], everyone: Sequence[Municipality]
) -> ComparisonGroup:
    """Store a list that the organisation picked, replacing one of the same name, within its scope.

    MeasurementError names codes that are no municipality.
    """
    if unknown := sorted(set(codes) - {place.code for place in everyone}):
        raise MeasurementError(f"No municipality has the code {', '.join(unknown)}. Correct the list.")
    values = {"kind": ComparisonGroup.Kind.CHOSEN, "codes": sorted(codes), "least": None, "most": None}
    return ComparisonGroup.objects.update_or_create(organisation=organisation, name=name, defaults=values)[0]


def choose_population(organisation: Organisation, name: str, least: int, most: int) -> ComparisonGroup:
    """Store a group by number of inhabitants, replacing one of the same name, within the organisation's scope.

    MeasurementError where the limits are the wrong way round.
    """
    if not 0 <= least <= most:
        raise MeasurementError(f"The limits {least}–{most} do not rise from zero. Give the lower limit first.")
    values = {"kind": ComparisonGroup.Kind.POPULATION, "codes": [], "least": least, "most": most}
    return ComparisonGroup.objects.update_or_create(organisation=organisation, name=name, defaults=values)[0]
