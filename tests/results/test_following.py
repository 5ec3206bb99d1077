"""What is shown follows what is counted: group by group while the round goes on, and all of it when it has closed."""

from __future__ import annotations

import pytest
from tests.results.answered import Grades, answered, organisation_in, round_now, taking_part

from builders import EXEMPELKOPING
from lyhord.accounts.scope import scope
from lyhord.composition.standing import Standing
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.measurements.rounds import move
from lyhord.results import round_figures, so_far
from lyhord.results.following import catch_up
from lyhord.results.models import ShownCounts
from lyhord.results.reach import Part
from lyhord.results.so_far import own_so_far

pytestmark = pytest.mark.django_db
ITEM = "tel.bemotande"
HALF: Grades = (0, 0, 0, 5, 10)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    so_far.forget()
    round_figures.forget()


def standing(joined: Participation) -> Standing:
    round_ = Round.objects.get(pk=joined.round_id)
    place = Municipality.objects.get(pk=EXEMPELKOPING)
    joined.round = round_
    return own_so_far(round_, Part(round_, place, (joined,)))


def seen(joined: Participation, value: str = "") -> int:
    """How many answers the page rests on, undivided or in one category."""
    breakdown = "category" if value else "none"
    return standing(joined).own_counts(ITEM, EXEMPELKOPING, breakdown, value).n


def two_categories() -> Participation:
    return answered(taking_part(), (0, 0, 0, 10, 20), {"bygglov": HALF, "skola": HALF})


def test_a_category_and_the_total_wait_until_five_have_come() -> None:
    joined = two_categories()
    assert (seen(joined), seen(joined, "bygglov")) == (30, 15)
    answered(joined, (1, 0, 0, 0, 5), {"bygglov": (1, 0, 0, 0, 0), "skola": (0, 0, 0, 0, 5)})
    assert (seen(joined), seen(joined, "bygglov"), seen(joined, "skola")) == (35, 15, 20)
    answered(joined, (0, 0, 0, 0, 4), {"bygglov": (0, 0, 0, 0, 4)})
    assert (seen(joined), seen(joined, "bygglov")) == (40, 20)


def test_when_the_round_has_closed_all_is_shown() -> None:
    joined = two_categories()
    answered(joined, (1, 0, 0, 0, 0), {"bygglov": (1, 0, 0, 0, 0)})
    assert seen(joined) == 30
    move(Round.objects.get(pk=joined.round_id), Round.State.CLOSED)
    assert (seen(joined), seen(joined, "bygglov")) == (31, 16)


def test_a_round_that_opens_again_goes_on_from_all_that_was_shown() -> None:
    joined = two_categories()
    answered(joined, (1, 0, 0, 0, 0), {"bygglov": (1, 0, 0, 0, 0)})
    move(Round.objects.get(pk=joined.round_id), Round.State.CLOSED)
    assert catch_up() == 1
    assert catch_up() == 0
    move(Round.objects.get(pk=joined.round_id), Round.State.OPEN)
    assert (seen(joined), seen(joined, "bygglov")) == (31, 16)


def test_what_was_counted_before_anybody_followed_is_caught_up_with() -> None:
    joined = two_categories()
    with scope(joined.organisation_id):
        ShownCounts.objects.all().delete()
    assert seen(joined) == 0
    assert catch_up() == 1
    assert seen(joined) == 30


def test_a_threshold_that_was_raised_keeps_a_category_back() -> None:
    joined = taking_part()
    joined.raised_thresholds = {"publish": 20}
    with scope(joined.organisation_id):
        joined.save()
    answered(joined, (0, 0, 0, 10, 20), {"bygglov": HALF, "skola": HALF})
    assert (seen(joined), seen(joined, "bygglov")) == (30, 0)


def test_everybodys_sums_are_of_shown_counts_too() -> None:
    own = two_categories()
    answered(own, (1, 0, 0, 0, 0), {"bygglov": (1, 0, 0, 0, 0)})
    other = answered(taking_part("9902"), (0, 0, 0, 0, 50))
    assert standing(own).answers("tel") == 80
    assert other.round_id == round_now().pk
    assert organisation_in("9902").pk == other.organisation_id
