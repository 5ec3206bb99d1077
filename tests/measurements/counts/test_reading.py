"""What was added is read back as the method takes it, by few queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from builders import EXEMPELKOPING, PROVSTAD, TESTBY
from builders_records import cells_of, participation_of, place_in, round_of
from lyhord.accounts.errors import ScopeError
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.counts.adding import add_cells
from lyhord.measurements.counts.models import ExternalValue
from lyhord.measurements.counts.reading import counts_of
from lyhord.method.tally import Cell, ExternalFigure, Tally

pytestmark = pytest.mark.django_db
ITEM = "tel.bemotande"


def with_answers(code: str, **options: int) -> list[tuple[Cell, int]]:
    joined = participation_of(code)
    cells = cells_of(joined, ITEM, **options)
    with scope(joined.organisation):
        add_cells(joined, cells)
    return cells


def test_everybodys_counts_are_read_in_the_scope_of_everything_and_ones_own_in_ones_own() -> None:
    own, other = with_answers(EXEMPELKOPING, _4=2, _5=3), with_answers(PROVSTAD, _1=7)
    with scope_of_everything("a test"):
        assert counts_of(round_of()).tally == Tally.from_cells([*own, *other])
    with scope(participation_of(EXEMPELKOPING, "epost").organisation):
        assert counts_of(round_of()).tally == Tally.from_cells(own)
    with pytest.raises(ScopeError):
        counts_of(round_of())


def test_the_queries_are_six_however_many_took_part_and_answered(
    django_assert_num_queries: Callable[[int], object],
) -> None:
    planned = round_of()
    with scope_of_everything("a test"):
        with django_assert_num_queries(6):
            assert counts_of(planned).tally.by_place == {}
        for code, answers in ((EXEMPELKOPING, 1), (PROVSTAD, 1_000_000), (TESTBY, 10_000_000)):
            with_answers(code, _1=answers, _2=answers, _3=answers)
        with django_assert_num_queries(6):
            assert len(counts_of(planned).tally.by_place) == 3


def test_other_rounds_are_read_along_under_their_own_names(
    django_assert_num_queries: Callable[[int], object],
) -> None:
    now, before = round_of("2023"), round_of("2022", "skr-servicematning-2022")
    earlier = participation_of(round_=before)
    with_answers(EXEMPELKOPING, _5=1)
    with scope_of_everything("a test"):
        add_cells(earlier, cells_of(earlier, ITEM, _5=9))
        with django_assert_num_queries(6):
            found = counts_of(now, before).tally
        assert [place[:2] for place, _ in sorted(found.by_place)] == [
            ("2022", "skr-servicematning-2022"),
            ("2023", "skr-servicematning-2023"),
        ]
        assert found.counts(place_in(earlier), ITEM).n == 9
        assert counts_of(now).tally.counts(place_in(earlier), ITEM).n == 0


def test_a_page_may_ask_for_the_totals_alone() -> None:
    own = participation_of()
    week = Cell(place_in(own, "week", "2023-W12"), ITEM, "5")
    with scope(own.organisation):
        add_cells(own, [*cells_of(own, ITEM, _5=2), (week, 2)])
        assert len(counts_of(own.round).tally.by_place) == 2
        assert set(counts_of(own.round, breakdowns={"none"}).tally.by_place) == {(place_in(own), ITEM)}


def test_a_printed_figure_is_read_back_as_it_was_printed() -> None:
    planned = round_of()
    ExternalValue.objects.create(
        round=planned, measure="tel.bemotande.index", label="Totalt", value=82.7, source="Rapport 2022", of_round="2022"
    )
    with scope_of_everything("a test"):
        assert counts_of(planned).external == (
            ExternalFigure("tel.bemotande.index", "Totalt", 82.7, "Rapport 2022", round="2022"),
        )
