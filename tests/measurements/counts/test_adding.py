"""Counts are added to whole, only to their own participation, and never twice lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from builders import PROVSTAD
from builders_records import cells_of, participation_of, place_in
from lyhord.accounts.errors import ScopeError
from lyhord.accounts.scope import scope
from lyhord.measurements.counts import adding
from lyhord.measurements.counts.adding import add_cells, add_durations, add_flow, add_pairs
from lyhord.measurements.counts.models import FlowCount, TallyCell
from lyhord.measurements.counts.reading import counts_of
from lyhord.measurements.counts.upsert import ROWS_AT_ONCE
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Participation, Round
from lyhord.method.tally import Cell, DurationSum, Flow, Pair, Place

ITEM = "tel.bemotande"
OTHER = "tel.enkelhet"


def item_counts(participation: Participation, item: str = ITEM) -> dict[str, int]:
    with scope(participation.organisation):
        return dict(counts_of(participation.round).tally.counts(place_in(participation), item).counts)


@pytest.mark.django_db
def test_adding_twice_gives_the_sum_in_one_row_per_cell() -> None:
    own = participation_of()
    with scope(own.organisation):
        add_cells(own, cells_of(own, ITEM, _5=3, _4=1))
        add_cells(own, [*cells_of(own, ITEM, _5=2), *cells_of(own, ITEM, _5=1, _3=0)])
        assert TallyCell.objects.count() == 2
    assert item_counts(own) == {"4": 1, "5": 6}


@pytest.mark.django_db
def test_more_cells_than_go_into_one_statement_are_all_added() -> None:
    own = participation_of()
    whole = place_in(own, "category")
    many = [(Cell(whole._replace(value=str(number)), ITEM, "5"), 1) for number in range(ROWS_AT_ONCE + 7)]
    with scope(own.organisation):
        add_cells(own, many)
        add_cells(own, many)
        assert set(TallyCell.objects.values_list("count", flat=True)) == {2}
        assert TallyCell.objects.count() == len(many)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda place: Cell(place._replace(municipality=PROVSTAD), ITEM, "5"), "own participation"),
        (lambda place: Cell(place._replace(round="2022"), ITEM, "5"), "own participation"),
        (lambda place: Cell(place._replace(instrument="annat"), ITEM, "5"), "own participation"),
        (lambda place: Cell(place._replace(channel="epost"), ITEM, "5"), "own participation"),
        (lambda place: Cell(place, "tel.okänd", "5"), "no item tel.okänd in tel"),
        (lambda place: Cell(place, "epost.enkelhet", "5"), "no item epost.enkelhet in tel"),
    ],
)
def test_a_cell_of_something_else_is_refused_and_nothing_is_added(wrong: Callable[[Place], Cell], message: str) -> None:
    own = participation_of()
    with scope(own.organisation), pytest.raises(MeasurementError, match=message):
        add_cells(own, [*cells_of(own, ITEM, _5=3), (wrong(place_in(own)), 1)])
    assert item_counts(own) == {}


@pytest.mark.django_db
def test_counts_never_shrink() -> None:
    own = participation_of()
    with scope(own.organisation), pytest.raises(MeasurementError, match="only grow"):
        add_cells(own, cells_of(own, ITEM, _5=-1))


@pytest.mark.django_db
def test_a_locked_round_takes_no_more() -> None:
    own = participation_of()
    Round.objects.update(state=Round.State.LOCKED)
    with scope(own.organisation), pytest.raises(MeasurementError, match="locked"):
        add_cells(own, cells_of(own, ITEM, _5=1))


@pytest.mark.django_db
def test_another_organisations_counts_are_out_of_reach() -> None:
    own, other = participation_of(), participation_of(PROVSTAD)
    with pytest.raises(ScopeError):
        add_cells(own, cells_of(own, ITEM, _5=1))
    with scope(own.organisation), pytest.raises(ScopeError):
        add_cells(other, cells_of(other, ITEM, _5=1))
    assert item_counts(other) == {}


@pytest.mark.django_db
def test_adding_cells_takes_three_statements_however_many_there_are_but_for_what_rooms_above_do(
    django_assert_num_queries: Callable[[int], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_listeners", [])
    own = participation_of()
    with scope(own.organisation):
        with django_assert_num_queries(4):  # savepoint, state, upsert, release
            add_cells(own, cells_of(own, ITEM, _5=3))
        with django_assert_num_queries(4):
            add_cells(
                own, [*cells_of(own, ITEM, _1=1, _2=2, _3=3, _4=4, _5=5), *cells_of(own, OTHER, _1=1, _5=500_000)]
            )


@pytest.mark.django_db
def test_pairs_flows_and_durations_are_added_to_as_well() -> None:
    own = participation_of()
    place = place_in(own)
    pair = Pair(*place[:3], ITEM, OTHER)
    flow = Flow(*place[:1], place.municipality, place.channel, listed=10, answered=0, excluded=(("fast telefon", 2),))
    with scope(own.organisation):
        for least, greatest in ((5, 9), (7, 30), (1, 8)):
            add_pairs(own, {pair: {("5", "4"): 2, ("5", "5"): 1}})
            add_flow(own, flow)
            add_durations(own, {(place, ITEM): DurationSum(2, least + greatest, 100, least, greatest)})
        found = counts_of(own.round)
    assert found.pairs.counts == {pair: {("5", "4"): 6, ("5", "5"): 3}}
    assert found.flows == (
        Flow("2023", place.municipality, "tel", listed=30, answered=0, excluded=(("fast telefon", 6),)),
    )
    assert found.durations == {(place, ITEM): DurationSum(6, 60, 300, 1, 30)}


@pytest.mark.django_db
def test_siblings_of_something_else_are_refused() -> None:
    own = participation_of()
    place = place_in(own)
    with scope(own.organisation):
        for wrong in (
            lambda: add_pairs(own, {Pair("2022", *place[1:3], ITEM, OTHER): {("5", "5"): 1}}),
            lambda: add_pairs(own, {Pair(*place[:3], ITEM, "tel.okänd"): {("5", "5"): 1}}),
            lambda: add_pairs(own, {Pair(*place[:3], ITEM, OTHER): {("5", "5"): -1}}),
            lambda: add_flow(own, Flow("2023", PROVSTAD, "tel", listed=1)),
            lambda: add_flow(own, Flow("2023", place.municipality, "tel", listed=-1)),
            lambda: add_durations(own, {(place, "tel.okänd"): DurationSum(1, 1, 1, 1, 1)}),
        ):
            with pytest.raises(MeasurementError):
                wrong()
        assert not FlowCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_add_at_once_lose_nothing() -> None:
    own = participation_of()
    turns, adders = 15, 4
    start = threading.Barrier(adders)
    faults: list[Exception] = []

    def add(reverse: bool) -> None:
        cells = [*cells_of(own, ITEM, _5=1, _4=1, _3=1), *cells_of(own, OTHER, _5=1)]
        try:
            with scope(own.organisation_id):
                start.wait()
                for _ in range(turns):
                    add_cells(own, reversed(cells) if reverse else cells)
        except Exception as error:  # noqa: BLE001 - whatever it was is told in the test's own thread
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(number % 2 == 0,)) for number in range(adders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert item_counts(own) == dict.fromkeys("345", turns * adders)
    assert item_counts(own, OTHER) == {"5": turns * adders}
