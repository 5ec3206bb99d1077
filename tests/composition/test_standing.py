from __future__ import annotations

from dataclasses import replace

import pytest
from tests.composition.rounds import FEW, GRADES, PRINTED, WITH_EMAIL, halved, material, standing

from lyhord.composition.standing import Standing, standing_of
from lyhord.method.tally import Flow


def measure_value(measure: str) -> tuple[int, float] | None:
    return standing().earlier_total(standing().instrument.measure(measure))


def with_flows(flows: tuple[Flow, ...]) -> Standing:
    given = material()
    return standing_of(replace(given, counts=replace(given.counts, flows=flows)))


def test_participants_are_those_with_answers_channel_by_channel() -> None:
    assert standing().participants == {"tel": tuple(GRADES), "epost": WITH_EMAIL}


def test_a_round_of_few_stands_alone() -> None:
    assert not standing().alone
    assert standing(FEW).alone
    assert not standing(FEW).summed_channels


def test_an_earlier_published_total_is_found_with_its_year() -> None:
    assert measure_value("tel.bemotande.index") == (2022, PRINTED["tel.bemotande.index"])
    assert measure_value("epost.enkelhet.index") is None


def test_a_series_ends_with_this_round_and_leaves_a_gap_where_nothing_was_published() -> None:
    assert standing().years() == ("2022", "2023")
    ease = standing().instrument.measure("epost.enkelhet.index")
    assert standing().total_series(ease)[0] is None
    assert standing().total_series(ease)[1] == standing().totals[ease.id].mean_of_participants


def test_earlier_participants_are_as_many_as_the_published_total_says() -> None:
    assert standing().earlier_participants() == (2022, 11)


def test_the_flow_of_all_is_the_sum_of_the_participants() -> None:
    assert standing().total_flow("tel").answered == sum(sum(grades) for grades in GRADES.values())
    assert standing().total_flow("epost").answered == sum(sum(halved(GRADES[code])) for code in WITH_EMAIL)


def test_one_unknown_number_makes_the_sum_unknown_and_leaves_the_others() -> None:
    flows = (replace(material().counts.flows[0], invited=None), *material().counts.flows[1:])
    found = with_flows(flows).total_flow("tel")
    assert found.invited is None
    assert found.answered == standing().total_flow("tel").answered


def test_a_participation_without_a_known_flow_has_unknown_numbers() -> None:
    assert with_flows(()).own_flow("9901", "tel").answered is None


@pytest.mark.parametrize(("language", "label"), [("sv", "Bemötande, telefoni"), ("en", "Courtesy, telephone")])
def test_a_measure_is_labelled_by_item_and_channel(language: str, label: str) -> None:
    assert standing().label(standing().instrument.measure("tel.bemotande.index"), language) == label


def test_answers_by_e_mail_are_of_those_who_got_a_reply_not_of_all_who_answered() -> None:
    replied = sum(halved(GRADES["9902"]))
    everyone = tuple(
        replace(flow, answered=(flow.answered or 0) + 20) if flow.channel == "epost" else flow
        for flow in material().counts.flows
    )
    assert with_flows(everyone).answers("epost", "9902") == replied
    assert with_flows(everyone).answers("epost") == sum(sum(halved(GRADES[code])) for code in WITH_EMAIL)
    assert standing().answers("tel", "9902") == sum(GRADES["9902"])


def test_a_standing_without_ranks_is_otherwise_the_same() -> None:
    quick = standing_of(material(), ranked=False)
    assert not any(quick.ranks.values())
    assert replace(quick, ranks=standing().ranks) == standing()
