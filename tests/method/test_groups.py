from __future__ import annotations

import pytest

from builders import EXEMPELKOPING
from lyhord.instruments.definition import Thresholds
from lyhord.method.comparison import ParticipantResult
from lyhord.method.groups import (
    CLUSTERS,
    GroupKind,
    Municipality,
    chosen_group,
    cluster_of,
    population_group,
    standing_groups,
    usable,
)
from lyhord.method.tally import MethodError


def town(
    code: str, kommungrupp: str = "B3", size: str = "100000-199999", population: int | None = None
) -> Municipality:
    return Municipality(code, code, f"{code} kommun", "Provlän", kommungrupp, size, population=population or None)


OWN = Municipality(EXEMPELKOPING, "Exempelköping", "Exempelköpings kommun", "", "B3", "100000-199999", ("9911", "9912"))
EVERYONE = (OWN, town("9911"), town("9912", "A1"), town("9913", "C7", "20000-29999"), town("9914", "C6", "20000-29999"))


def results(*sizes: int) -> tuple[ParticipantResult, ...]:
    return tuple(ParticipantResult(str(9911 + place), 80, n, 3) for place, n in enumerate(sizes))


def test_every_municipality_has_its_standing_groups_and_is_in_none_of_them() -> None:
    members = {group.kind: group.members for group in standing_groups(OWN, EVERYONE)}
    assert members == {
        GroupKind.ALL: {"9911", "9912", "9913", "9914"},
        GroupKind.SIZE_CLASS: {"9911", "9912"},
        GroupKind.KOMMUNGRUPP: {"9911"},
        GroupKind.CLUSTER: {"9911", "9912", "9914"},
        GroupKind.SIMILAR: {"9911", "9912"},
    }


def test_a_group_without_a_basis_is_left_out() -> None:
    unknown = Municipality("9920", "Okänd", "Okänd kommun")
    assert [group.kind for group in standing_groups(unknown, EVERYONE)] == [GroupKind.ALL]


@pytest.mark.parametrize(
    ("kommungrupp", "cluster"),
    [
        ("A1", "stader"), ("B3", "stader"), ("C6", "stader"),
        ("A2", "pendlingskommuner"), ("B4", "pendlingskommuner"), ("C7", "pendlingskommuner"),
        ("B5", "lagpendling_landsbygd"), ("C8", "lagpendling_landsbygd"), ("C9", "lagpendling_landsbygd"),
        ("D1", None),
    ],
)  # fmt: skip
def test_the_nine_groups_form_three_clusters(kommungrupp: str, cluster: str | None) -> None:
    assert cluster_of(kommungrupp) == cluster


def test_no_kommungrupp_is_in_two_clusters() -> None:
    assert len({group for groups in CLUSTERS.values() for group in groups}) == 9


def test_population_limits_are_inclusive_and_skip_the_unknown() -> None:
    towns = (town("9911", population=20_000), town("9912", population=40_000), town("9913"), town("9914", population=1))
    group = population_group(OWN, towns, 20_000, 40_000)
    assert (group.id, group.members) == ("20000-40000", {"9911", "9912"})


def test_population_limits_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(MethodError, match="lower limit first"):
        population_group(OWN, EVERYONE, 40_000, 20_000)


def test_a_chosen_list_leaves_out_ones_own_and_names_strangers() -> None:
    assert chosen_group(OWN, ["9911", EXEMPELKOPING], EVERYONE).members == {"9911"}
    with pytest.raises(MethodError, match="0000"):
        chosen_group(OWN, ["0000"], EVERYONE)


@pytest.mark.parametrize(
    ("sizes", "ok", "found"),
    [((30, 30, 30, 30, 30), True, 5), ((30, 30, 30, 30, 29), False, 4), ((400,) * 4, False, 4), ((), False, 0)],
)
def test_a_group_is_used_only_with_five_large_enough_besides_ones_own(
    sizes: tuple[int, ...], *, ok: bool, found: int
) -> None:
    group = standing_groups(OWN, (OWN, *(town(str(9911 + i)) for i in range(9))))[0]
    own_too = (ParticipantResult(EXEMPELKOPING, 80, 400, 3), *results(*sizes))
    use = usable(group, own_too, Thresholds())
    assert (use.ok, use.found, use.needed) == (ok, found, 5)
    assert len(use.results) == (found if ok else 0)
