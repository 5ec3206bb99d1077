"""Every published figure of 2023, from the demonstration's files through the real count."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from statistics import mean

import pytest
from tests.project.demo.made import SEEDS, national

from lyhord.method.comparison import printed_total
from lyhord.method.groups import cluster_of
from lyhord.method.rounding import round_half_away
from lyhord.method.tally import OptionCounts

INDICES = ("tel.bemotande.index", "tel.enkelhet.index", "epost.tydlighet.index", "epost.enkelhet.index")
VASTERAS = "1980"
either_seed = pytest.mark.parametrize("seed", SEEDS)


def rounded(value: float, decimals: int = 1) -> Decimal:
    return round_half_away(value, decimals)


def index(counts: OptionCounts) -> float:
    return sum(25 * (int(option) - 1) * count for option, count in counts.counts) / counts.n


def share(counts: OptionCounts, *options: str) -> float:
    return 100 * counts.of(*options) / counts.n


def categories() -> list[str]:
    breakdown = national().instrument.breakdown("category")
    assert breakdown is not None
    return [option.code for option in breakdown.values]


def test_every_row_is_sound() -> None:
    reading = national().reading
    assert (reading.rows_read, reading.rows_rejected, reading.ignored_columns) == (18_396 + 4_754 + 1_675, 0, ())


def test_67_take_part_and_55_of_them_in_e_mail() -> None:
    assert len(national().codes("tel")) == 67
    assert len(national().codes("epost")) == 55
    assert set(national().codes("epost")) < set(national().codes("tel"))


def test_as_many_answer_as_published() -> None:
    made = national()
    assert made.country("tel.bemotande").n == made.country("tel.enkelhet").n == 18_396
    assert made.country("epost.tydlighet").n == made.country("epost.enkelhet").n == 4_754
    assert dict(made.country("epost.filter").counts) == {"ja": 4_754, "nej": 1_675}


def test_nobody_exceeds_the_quota_and_some_have_few_answers() -> None:
    calls, letters = ([r.n for r in national().results(each)] for each in (INDICES[0], INDICES[2]))
    assert max(calls) == 400
    assert max(letters) <= 400
    assert sum(n < 30 for n in calls) == 1
    assert sum(n < 30 for n in letters) == 2
    assert 3 <= sum(n < 100 for n in calls) <= 6
    assert sum(n < 100 for n in letters) > len(letters) / 2
    assert sum(n >= 100 for n in letters) > 5, "too few to be ranked"


@either_seed
@pytest.mark.parametrize(("measure", "published"), list(zip(INDICES, ("83.0", "73.8", "83.1", "79.4"), strict=True)))
def test_the_totals_are_the_published_ones(seed: int, measure: str, published: str) -> None:
    total = printed_total(national(seed).results(measure))
    assert total is not None
    assert rounded(total.mean_of_participants) == Decimal(published)


@either_seed
@pytest.mark.parametrize(("measure", "lowest", "highest"), [(INDICES[0], "73.0", "91.5"), (INDICES[1], "59.6", "87.1")])
@pytest.mark.parametrize("answers", [30, 100])
def test_the_ranges_are_the_published_ones(seed: int, measure: str, lowest: str, highest: str, answers: int) -> None:
    values = [result.value for result in national(seed).results(measure) if result.n >= answers]
    assert (rounded(min(values)), rounded(max(values))) == (Decimal(lowest), Decimal(highest))


@either_seed
@pytest.mark.parametrize(("measure", "published"), list(zip(INDICES, ("82.7", "75.6", "86.0", "87.8"), strict=True)))
def test_vasteras_gets_its_printed_values_and_may_be_ranked(seed: int, measure: str, published: str) -> None:
    own = next(result for result in national(seed).results(measure) if result.municipality == VASTERAS)
    assert rounded(own.value) == Decimal(published)
    assert own.n >= 100


def test_vasterass_four_without_a_reply_waited_as_its_report_says() -> None:
    made = national()
    assert made.own(VASTERAS, "epost.filter").of("nej") == 4
    assert dict(made.own(VASTERAS, "epost.vantat").counts) == {"3_5_dagar": 1, "over_5_dagar": 3}
    assert dict(made.own(VASTERAS, "epost.skalig_tid").counts) == {"1_2_dagar": 2, "3_5_dagar": 2}


def test_vasteras_is_new_and_no_earlier_value_is_its_own() -> None:
    made = national()
    assert VASTERAS in made.files.new_participants
    assert made.files.new_participants <= {place.code for place in made.places}
    assert not [figure for figure in made.external if figure.municipality]


def test_more_than_four_in_five_callers_are_satisfied_with_how_they_were_met() -> None:
    assert share(national().country("tel.bemotande"), "4", "5") > 80


@pytest.mark.parametrize(("channel", "comments"), [("tel", 9_980), ("epost", 2_225)])
def test_as_many_comment_as_published(channel: str, comments: int) -> None:
    assert sum(flow.commented or 0 for flow in national().reading.counts.flows if flow.channel == channel) == comments


@either_seed
@pytest.mark.parametrize("channel", ["tel", "epost"])
def test_17_percent_of_the_invited_answered(seed: int, channel: str) -> None:
    answered = sum(flow.answered or 0 for flow in national(seed).reading.counts.flows if flow.channel == channel)
    invited = sum(flow.invited or 0 for flow in national(seed).flows if flow.channel == channel)
    assert rounded(100 * answered / invited, 0) == 17


def test_most_contacts_concern_care_and_come_by_telephone() -> None:
    made = national()
    by_channel = {
        item: {each: made.country(item, "category", each).n for each in categories()}
        for item in ("tel.bemotande", "epost.filter")
    }
    both = Counter[str]()
    for counted in by_channel.values():
        both.update(counted)
    assert both.most_common(1)[0][0] == "vard_omsorg_sociala"
    calls, letters = (by_channel[item]["vard_omsorg_sociala"] for item in ("tel.bemotande", "epost.filter"))
    assert calls > 3 * letters


@pytest.mark.parametrize("category", ["bygglov", "gata_park_trafik"])
def test_building_permits_and_streets_lean_to_e_mail(category: str) -> None:
    made = national()
    calls = made.country("tel.bemotande", "category", category).n / 18_396
    letters = made.country("epost.tydlighet", "category", category).n / 4_754
    assert letters > 1.5 * calls


@either_seed
def test_the_best_and_the_most_difficult_categories_are_those_the_report_names(seed: int) -> None:
    made = national(seed)
    for item in ("tel.bemotande", "tel.enkelhet", "epost.tydlighet", "epost.enkelhet"):
        ranked = sorted(categories(), key=lambda each: index(made.country(item, "category", each)))
        assert ranked[-1] == "vatten_avfall"
        if item.startswith("tel"):
            assert set(ranked[-3:]) == {"foretag_naringsliv", "vatten_avfall", "kultur_fritid_forening"}
        if item.endswith("enkelhet"):
            assert ranked[0] == "gata_park_trafik"


@either_seed
def test_waiting_less_than_a_day_is_most_common_for_water_and_care(seed: int) -> None:
    made = national(seed)
    shares = {each: share(made.country("epost.vantat", "category", each), "under_1_dygn") for each in categories()}
    assert set(sorted(shares, key=lambda each: -shares[each])[:2]) == {"vatten_avfall", "vard_omsorg_sociala"}


@either_seed
@pytest.mark.parametrize("measure", INDICES)
def test_villages_come_out_highest_and_towns_lowest(seed: int, measure: str) -> None:
    made = national(seed)
    clusters = {place.code: cluster_of(place.kommungrupp) for place in made.places}
    counted = [result for result in made.results(measure) if result.n >= 30]
    means = {
        cluster: mean(result.value for result in counted if clusters[result.municipality] == cluster)
        for cluster in ("stader", "pendlingskommuner", "lagpendling_landsbygd")
    }
    assert sorted(means, key=lambda cluster: means[cluster]) == list(means)


def test_the_answers_lie_within_the_field_period() -> None:
    weeks = {place.value for place, _ in national().reading.counts.tally.by_place if place.breakdown == "week"}
    assert min(weeks) == "2023-W11"
    assert max(weeks) == "2023-W19"


def test_of_2022_only_what_was_published_is_given() -> None:
    given = {figure.measure: (figure.value, figure.high, figure.members) for figure in national().external}
    assert given == {
        "tel.bemotande.index": (82.1, 91.8, 63),
        "epost.tydlighet.index": (81.6, None, 63),
        "epost.enkelhet.index": (78.1, None, 63),
    }
    assert {figure.round for figure in national().external} == {"skr-servicematning-2022"}
