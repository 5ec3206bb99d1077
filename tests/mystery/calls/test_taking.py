"""Entries arrive once, in their order, whenever the telephone had a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from builders_records import national_organisation, organisation_of, person
from lyhord.accounts.errors import AuditError
from lyhord.accounts.models import AuditEvent
from lyhord.accounts.scope import scope
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import move
from lyhord.mystery.calls.models import Entry
from lyhord.mystery.calls.taking import Sent, press, save, take_in
from lyhord.mystery.calls.timer import Step
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import Probe
from mystery.calls.calling import GOOD, day_of_calls, entry, sent

pytestmark = pytest.mark.django_db
START = 1_792_000_000_000
NOW = datetime.fromtimestamp(START / 1000, UTC) + timedelta(hours=1)


@pytest.fixture(autouse=True)
def measuring() -> Iterator[None]:
    """Calls belong to the one who measures."""
    with scope(national_organisation()):
        yield


def whole_call(probe: Probe, **changes: str) -> list[Sent]:
    """A call from dialling to finished: 42,5 seconds to the officer."""
    steps = [("dialled", 0), ("answered", 5_000), ("officer", 42_500), ("ended", 200_000)]
    presses = [replace(sent(probe, kind, place), clock_ms=START + after) for place, (kind, after) in enumerate(steps)]
    return [
        *presses,
        sent(probe, "answers", 5, utfall="kontakt"),
        entry(probe, "finished", 6, 0, {**GOOD, **changes}),
    ]


def test_a_call_is_timed_graded_and_done() -> None:
    _, caller, (probe, *_) = day_of_calls()
    assert [one.kept for one in take_in(caller, whole_call(probe), NOW)] == [True] * 6
    grading = Grading.objects.get(probe=probe)
    assert grading.finished_at is not None
    assert grading.answers == {**GOOD, "tel.kontakttid_s": "42.5"}
    probe.refresh_from_db()
    assert (probe.state, probe.done_at) == ("done", datetime.fromtimestamp(START / 1000, UTC))


def test_in_whatever_order_entries_come_and_however_often_the_result_is_the_same() -> None:
    _, caller, (probe, *_) = day_of_calls()
    entries = whole_call(probe)
    for one in (*reversed(entries[:5]), entries[5], *entries):
        assert take_in(caller, [one], NOW)[0].kept
    assert Entry.objects.count() == 6
    assert Grading.objects.get(probe=probe).answers["tel.kontakttid_s"] == "42.5"


def test_an_older_draft_that_comes_late_replaces_nothing() -> None:
    _, caller, (probe, *_) = day_of_calls()
    take_in(caller, [sent(probe, "answers", 8, utfall="talsvar")])
    take_in(caller, [sent(probe, "answers", 7, utfall="kontakt")])
    assert Grading.objects.get().answers == {"tel.utfall": "talsvar"}


def test_a_mistaken_press_leaves_its_trace() -> None:
    _, caller, (probe, *_) = day_of_calls()
    take_in(caller, [sent(probe, "dialled", 1), sent(probe, "undone", 2)])
    assert Entry.objects.count() == 2
    probe.refresh_from_db()
    assert probe.state == "planned"
    with pytest.raises(AuditError):
        Entry.objects.all().delete()


def test_dialling_begins_the_call() -> None:
    _, caller, (probe, *_) = day_of_calls()
    press(caller, probe, Step.DIALLED)
    probe.refresh_from_db()
    assert probe.state == "started"


def test_what_does_not_hold_together_is_kept_as_a_draft_and_says_what() -> None:
    _, caller, (probe, *_) = day_of_calls()
    (found,) = take_in(caller, [entry(probe, "finished", 1, 0, {"tel.utfall": "kontakt", "tel.kontakttid_s": "9"})])
    assert found.kept
    assert [problem.field for problem in found.problems] == ["tel.svar"]
    assert Grading.objects.get().finished_at is None


def test_a_contact_without_its_time_is_not_finished() -> None:
    _, caller, (probe, *_) = day_of_calls()
    (found,) = take_in(caller, [entry(probe, "finished", 1, 0, GOOD)])
    assert [problem.field for problem in found.problems] == ["tel.kontakttid_s"]


def test_the_time_may_be_written_where_the_clock_failed() -> None:
    _, caller, (probe, *_) = day_of_calls()
    press(caller, probe, Step.DIALLED)
    assert not save(caller, probe, {**GOOD, "tel.kontakttid_s": "75"}, done=True).problems
    assert Grading.objects.get().answers["tel.kontakttid_s"] == "75"


def test_no_contact_needs_its_reason_alone_and_what_is_left_of_another_outcome_is_dropped() -> None:
    _, caller, (probe, *_) = day_of_calls()
    assert not save(caller, probe, {**GOOD, "tel.utfall": "talsvar"}, done=True).problems
    assert Grading.objects.get().answers == {"tel.utfall": "talsvar", "tel.svar": "dalig"}


def test_somebody_elses_call_is_refused() -> None:
    _, _, (probe, *_) = day_of_calls()
    (found,) = take_in(person("En annan"), [sent(probe, "dialled", 1)])
    assert not found.kept
    assert "inte längre ditt" in found.message
    assert not Entry.objects.exists()


def test_a_call_that_was_begun_stays_the_callers_though_a_plan_gave_it_to_another() -> None:
    _, caller, (probe, *_) = day_of_calls()
    take_in(caller, [sent(probe, "dialled", 1)])
    probe.interviewer = person("En annan")
    probe.save()
    assert take_in(caller, [sent(probe, "ended", 2)])[0].kept


def test_a_telephone_with_a_wrong_clock_does_not_date_the_call() -> None:
    _, caller, (probe, *_) = day_of_calls()
    now = timezone.now()
    wrong = replace(sent(probe, "dialled", 1), clock_ms=1_000)
    take_in(caller, [wrong, entry(probe, "finished", 2, 0, {"tel.utfall": "upptagen"})], now)
    probe.refresh_from_db()
    assert probe.done_at is not None
    assert abs(probe.done_at - now) < timedelta(seconds=1)


def test_a_locked_round_refuses_and_nothing_is_written() -> None:
    plan, caller, (probe, *_) = day_of_calls()
    move(plan.round, Round.State.CLOSED)
    move(plan.round, Round.State.LOCKED)
    (found,) = take_in(caller, [sent(probe, "answers", 1, utfall="talsvar")])
    assert not found.kept
    assert "låst" in found.message
    assert not Entry.objects.exists()


def test_a_municipality_sees_nothing_of_it() -> None:
    _, caller, (probe, *_) = day_of_calls()
    take_in(caller, [sent(probe, "dialled", 1)])
    with scope(organisation_of()):
        assert not Entry.objects.exists()


def test_a_call_that_is_given_back_is_written_down() -> None:
    _, caller, (probe, *_) = day_of_calls()
    take_in(caller, [sent(probe, "dialled", 1), sent(probe, "undone", 2)])
    assert AuditEvent.objects.filter(action="probe.given_back").count() == 1
