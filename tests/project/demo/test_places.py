"""The participants: invented but for one, and built like real municipalities."""

from __future__ import annotations

import pytest
from tests.project.demo.made import SEEDS, national

from lyhord.files.register import swedish_municipalities
from lyhord.method.groups import CLUSTERS, cluster_of

VASTERAS = "1980"


def test_only_vasteras_exists() -> None:
    real = swedish_municipalities()
    codes, names = ({getattr(place, field) for place in real} for field in ("code", "name"))
    shared = [place for place in national().places if place.code in codes or place.name in names]
    assert [(place.code, place.name) for place in shared] == [(VASTERAS, "Västerås")]


def test_codes_belong_to_no_county_and_names_are_unlike_each_other() -> None:
    invented = [place for place in national().places if place.code != VASTERAS]
    assert len(invented) == len({place.name.casefold() for place in invented}) == 66
    assert not {place.code[:2] for place in invented} & {place.code[:2] for place in swedish_municipalities()}


@pytest.mark.parametrize(("name", "formal"), [("Sagoby", "Sagobys kommun"), ("Påhittsås", "Påhittsås kommun")])
def test_a_name_on_s_takes_no_other_s(name: str, formal: str) -> None:
    assert next(place.formal_name for place in national().places if place.name == name) == formal


def test_groups_and_classes_are_those_of_the_real_register() -> None:
    real = swedish_municipalities()
    known = {(place.kommungrupp, place.kommungrupp_name) for place in real}
    assert {(place.kommungrupp, place.kommungrupp_name) for place in national().places} <= known
    assert {place.size_class for place in national().places} <= {place.size_class for place in real}
    assert {cluster_of(place.kommungrupp) for place in national().places} == set(CLUSTERS)


@pytest.mark.parametrize("seed", SEEDS)
def test_everyones_seven_similar_are_invented_participants(seed: int) -> None:
    invented = {place.code for place in national(seed).places} - {VASTERAS}
    for place in national(seed).places:
        assert len(place.similar) == 7
        assert set(place.similar) <= invented - {place.code}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("measure", ["tel.bemotande.index", "epost.enkelhet.index"])
def test_vasteras_has_enough_similar_ones_to_compare_with(seed: int, measure: str) -> None:
    own = next(place for place in national(seed).places if place.code == VASTERAS)
    answers = {result.municipality: result.n for result in national(seed).results(measure)}
    assert sum(answers.get(code, 0) >= 30 for code in own.similar) >= 5
