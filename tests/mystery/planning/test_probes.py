"""What is done with a planned probe: shown on its day, taken once, ended in one of its ways."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from builders_records import national_organisation
from lyhord.accounts.models import AuditEvent
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import move
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.making import replan
from lyhord.mystery.planning.models import FieldPlan, Probe
from lyhord.mystery.planning.plans import assignments_of, bank_of
from lyhord.mystery.planning.probes import (
    due_letters,
    exclude,
    finish,
    give_back,
    include,
    leave_unknown,
    letter_of,
    missed_probes,
    overdue_probes,
    probes_of_today,
    question_of,
    start,
)
from mystery.planning.planned import DOMAIN, interviewer, made_plan

pytestmark = pytest.mark.django_db
State = Probe.State
A_MORNING = datetime(2026, 10, 13, 5, tzinfo=UTC)  # 07:00 on a Tuesday of the round


@pytest.fixture
def plan() -> object:
    with scope(national_organisation()):
        yield made_plan()


def a_letter(plan: FieldPlan) -> Probe:
    return Probe.objects.filter(round=plan.round, channel="epost").order_by("due_at").first() or Probe()


def a_call(plan: FieldPlan) -> Probe:
    return Probe.objects.filter(round=plan.round, channel="tel").order_by("due_at").first() or Probe()


def test_an_interviewer_sees_the_calls_of_the_day_in_order(plan: FieldPlan) -> None:
    one, other = (assignment.user for assignment in assignments_of(plan))
    mine, others = list(probes_of_today(one, A_MORNING)), list(probes_of_today(other, A_MORNING))
    planned = Probe.objects.filter(round=plan.round, channel="tel", due_at__date=A_MORNING.date())
    assert len(mine) + len(others) == planned.count() > 0
    assert [probe.due_at for probe in mine] == sorted(probe.due_at for probe in mine if probe.due_at)
    assert not probes_of_today(interviewer("Någon Annan"), A_MORNING)


def test_nothing_is_to_be_done_in_a_round_that_is_not_open(plan: FieldPlan) -> None:
    user = assignments_of(plan)[0].user
    letter = a_letter(plan)
    move(plan.round, Round.State.CLOSED)
    assert not probes_of_today(user, A_MORNING)
    assert not due_letters(letter.due_at)


def test_a_call_that_was_not_made_in_its_day_is_overdue_until_it_is_planned_anew(plan: FieldPlan) -> None:
    call = a_call(plan)
    assert call.interviewer
    assert call.due_at
    next_day = call.due_at + timedelta(days=1)
    assert call in overdue_probes(call.interviewer, next_day)
    assert call in missed_probes(plan, next_day)
    assert call not in overdue_probes(call.interviewer, call.due_at)
    replan(plan, next_day)
    assert call not in overdue_probes(call.interviewer, next_day)


def test_a_letter_is_due_from_its_moment_and_for_two_hours(plan: FieldPlan) -> None:
    letter = a_letter(plan)
    assert letter.due_at
    for hours, is_due in ((-0.01, False), (0, True), (1.99, True), (2, False)):
        with scope_of_everything("as a worker does"):
            assert (letter in due_letters(letter.due_at + timedelta(hours=hours))) is is_due, hours
    assert letter in missed_probes(plan, letter.due_at + timedelta(hours=2))


def test_a_letter_is_the_banks_question_signed_by_its_persona(plan: FieldPlan) -> None:
    probe = a_letter(plan)
    letter, question = letter_of(probe), bank_of(plan).question(probe.question)
    assert question_of(probe) == question
    assert (letter.subject, letter.address) == (question.subject, probe.address)
    assert letter.address.endswith(f"@{DOMAIN}")
    assert probe.persona
    assert letter.text == f"{question.text}\n\n{probe.persona.closing}\n"
    assert letter.name == f"{probe.persona.given_name} {probe.persona.surname}"
    with pytest.raises(MysteryError, match="inget brev"):
        letter_of(a_call(plan))


def test_a_letter_is_taken_by_one_worker_only(plan: FieldPlan) -> None:
    mine, theirs = a_letter(plan), a_letter(plan)
    assert start(mine)
    assert not start(theirs)
    assert mine.state == State.STARTED


def test_a_letter_that_a_new_plan_has_moved_is_not_taken(plan: FieldPlan) -> None:
    read = a_letter(plan)
    replan(plan, datetime(2026, 11, 2, tzinfo=UTC))
    assert not start(read)


def test_the_ways_a_letter_can_go(plan: FieldPlan) -> None:
    letter = a_letter(plan)
    assert not finish(letter)  # was not begun
    assert start(letter)
    assert leave_unknown(letter)
    assert not start(letter)
    assert not leave_unknown(letter)
    assert give_back(letter)
    assert start(letter)
    assert finish(letter, A_MORNING)
    letter.refresh_from_db()
    assert (letter.state, letter.done_at) == (State.DONE, A_MORNING)
    assert not give_back(letter)
    assert not finish(letter)


def test_a_call_that_was_made_offline_is_finished_without_having_been_started(plan: FieldPlan) -> None:
    call = a_call(plan)
    assert finish(call, A_MORNING)
    assert call.done_at == A_MORNING


def test_what_is_excluded_says_why_and_can_be_counted_again(plan: FieldPlan) -> None:
    letter = a_letter(plan)
    with pytest.raises(MysteryError, match="Välj varför"):
        exclude(letter, Probe.Exclusion.NONE)
    start(letter)
    finish(letter)
    exclude(letter, Probe.Exclusion.BOUNCED, "okänd adress")
    letter.refresh_from_db()
    assert (letter.state, letter.exclusion, letter.exclusion_note) == (State.EXCLUDED, "bounced", "okänd adress")
    include(letter)
    letter.refresh_from_db()
    assert (letter.state, letter.exclusion) == (State.DONE, "")
    with pytest.raises(MysteryError, match="inte utesluten"):
        include(letter)
    assert {"probe.excluded", "probe.included"} <= set(AuditEvent.objects.values_list("action", flat=True))


def test_what_counts_does_not_change_in_a_locked_round(plan: FieldPlan) -> None:
    letter = a_letter(plan)
    move(plan.round, Round.State.CLOSED)
    move(plan.round, Round.State.LOCKED)
    letter.round.refresh_from_db()
    with pytest.raises(MysteryError, match="är låst"):
        exclude(letter, Probe.Exclusion.OWN_FAULT)


def test_a_probe_of_a_round_without_a_plan_has_no_question_to_show(plan: FieldPlan) -> None:
    letter = a_letter(plan)
    plan.delete()
    with pytest.raises(MysteryError, match="har ingen plan"):
        question_of(letter)
