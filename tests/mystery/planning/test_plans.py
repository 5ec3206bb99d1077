"""A plan's terms, interviewers and frozen calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from builders import PROVSTAD
from builders_records import member, national_organisation, organisation_of, person
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import move
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.calendars import calendar_in, calendar_of, calendar_of_round, edit_calendar
from lyhord.mystery.planning.models import FieldPlan
from lyhord.mystery.planning.plans import (
    Terms,
    assign,
    assignments_of,
    bank_of,
    begin_plan,
    choose_municipalities,
    field_work_of,
    possible_interviewers,
    set_terms,
)
from mystery.planning.planned import DOMAIN, begun_plan, interviewer, planned_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> object:
    with scope(national_organisation()):
        yield begun_plan()


def test_the_questions_are_frozen_and_a_changed_text_is_noticed(plan: FieldPlan) -> None:
    assert len(bank_of(plan).questions) == 120
    plan.bank += "\n"
    with pytest.raises(MysteryError, match="har ändrats sedan planen började"):
        bank_of(plan)


def test_a_round_has_one_plan(plan: FieldPlan) -> None:
    with pytest.raises(MysteryError, match="har redan en plan"):
        begin_plan(plan.round, "kkik-2017")


def test_a_closed_round_is_not_planned(plan: FieldPlan) -> None:
    closed = planned_round()
    move(closed, Round.State.OPEN)
    move(closed, Round.State.CLOSED)
    with pytest.raises(MysteryError, match="är stängd"):
        begin_plan(closed, "kkik-2017")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"calls_open": time(7)}, "inom kontorstid"),
        ({"calls_close": time(8)}, "inom kontorstid"),
        ({"letters_close": time(6)}, "gå"),
        ({"call_minutes": 0}, "minst"),
        ({"mail_domain": "inte en domän"}, "ingen domän"),
        ({"persona_gap_days": 61}, "högst 60 dagar"),
        ({"area_gap_minutes": 481}, "högst 480 minuter"),
    ],
)
def test_terms_that_cannot_be_change_nothing(plan: FieldPlan, changes: dict[str, object], told: str) -> None:
    with pytest.raises(MysteryError, match=told):
        set_terms(plan, replace(Terms(mail_domain=DOMAIN), **changes))
    stored = FieldPlan.objects.get(pk=plan.pk)
    assert (stored.calls_open, stored.mail_domain) == (plan.calls_open, plan.mail_domain) == (time(8, 30), DOMAIN)


def test_only_interviewers_of_the_organisation_can_be_assigned(plan: FieldPlan) -> None:
    own = interviewer("Alma Egen")
    member(Role.COORDINATOR, national_organisation())
    member(Role.INTERVIEWER, organisation_of())
    gone = interviewer("Bo Borta")
    gone.is_active = False
    gone.save()
    assert [user.name for user in possible_interviewers(plan)] == ["Alma Egen", "Ina Ring", "Per Fråga"]
    with pytest.raises(MysteryError, match="inte intervjuare"):
        assign(plan, person(), 10)
    with pytest.raises(MysteryError, match="1–100 samtal"):
        assign(plan, own, 0)


def test_what_was_agreed_with_an_interviewer_is_changed_not_doubled(plan: FieldPlan) -> None:
    user = assignments_of(plan)[0].user
    assign(plan, user, 7, voice="f", absent=[date(2026, 10, 13), date(2026, 10, 13)])
    caller = next(one for one in field_work_of(plan).callers if one.id == str(user.pk))
    assert (caller.per_day, caller.voice, caller.absent) == (7, "f", frozenset({date(2026, 10, 13)}))
    assert len(assignments_of(plan)) == 2


def test_unknown_municipalities_are_named(plan: FieldPlan) -> None:
    with pytest.raises(MysteryError, match="koden 9999"):
        choose_municipalities(plan, ["9999"])
    assert PROVSTAD not in plan.codes


def test_the_calendar_is_frozen_with_the_round_and_covers_the_answers(plan: FieldPlan) -> None:
    calendar = calendar_of(plan)
    assert calendar.years == (2026, 2027)
    assert date(2026, 12, 24) in calendar.closed
    assert calendar_of_round(plan.round) == calendar
    plain = planned_round()
    assert calendar_of_round(plain) == calendar


def test_a_calendar_is_edited_and_calls_keep_to_it(plan: FieldPlan) -> None:
    rows = [*calendar_of(plan).as_rows(), ("2026-10-30", "Klämdag hos oss")]
    edit_calendar(plan, rows)
    assert date(2026, 10, 30) not in field_work_of(FieldPlan.objects.get(pk=plan.pk)).calling_days


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("30 oktober", "x"), "Skriv det som 2026-12-24"),
        (("2026-10-30", " "), "Skriv varför"),
        (("2031-10-30", "x"), "utanför kalenderns år, 2026–2027"),
        (("2026-12-24", "igen"), "står två gånger"),
    ],
)
def test_a_day_that_cannot_be_closed_is_told(plan: FieldPlan, row: tuple[str, str], told: str) -> None:
    with pytest.raises(MysteryError, match=told):
        edit_calendar(plan, [*calendar_of(plan).as_rows(), row])


def test_the_calendar_of_a_locked_round_stays(plan: FieldPlan) -> None:
    for state in (Round.State.OPEN, Round.State.CLOSED, Round.State.LOCKED):
        move(plan.round, state)
    with pytest.raises(MysteryError, match="är låst"):
        edit_calendar(plan, [])


@pytest.mark.parametrize("stored", [{}, {"years": [2026], "closed": [["x", "y"]], "opens": "08:00", "closes": "17:00"}])
def test_a_stored_calendar_that_cannot_be_read_is_told(stored: dict[str, object]) -> None:
    with pytest.raises(MysteryError, match="går inte att läsa"):
        calendar_in(stored)
