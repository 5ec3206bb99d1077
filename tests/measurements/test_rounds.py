"""A round is bound to the very text of its instrument, and moves one way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from builders_records import INSTRUMENT, national_organisation, round_of
from lyhord.accounts.models import AuditEvent
from lyhord.accounts.scope import scope_of_everything
from lyhord.instruments.catalogue import definition_text, load
from lyhord.instruments.faults import InstrumentError
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import RoundPlan, State, instrument_of, move, plan_round

pytestmark = pytest.mark.django_db
PLAN = RoundPlan("2024", "Servicemätning 2024", date(2024, 3, 1), date(2024, 4, 30))


def test_a_round_keeps_its_instrument_as_it_was_planned() -> None:
    planned = Round.objects.get(pk=round_of().pk)
    assert instrument_of(planned) == load(INSTRUMENT)
    assert (planned.instrument_id, planned.instrument_version) == (INSTRUMENT, load(INSTRUMENT).version)
    assert planned.state == State.PLANNED
    assert planned.delays == {"epost": 48}


def test_a_definition_that_was_changed_afterwards_is_noticed() -> None:
    planned = round_of()
    planned.definition += "# changed"
    with pytest.raises(MeasurementError, match="was changed after it was planned"):
        instrument_of(planned)


def test_a_faulty_definition_is_refused() -> None:
    with pytest.raises(InstrumentError):
        plan_round(national_organisation(), "id = 1", PLAN)
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ends": date(2024, 2, 1)}, "before it starts"),
        ({"key": "2023"}, "There is a round 2023 already"),
        ({"delays": {"fax": 1}}, "has no channel fax. Give delays for epost, tel"),
        ({"delays": {"tel": -1}}, "zero or more"),
    ],
)
def test_a_wrong_plan_is_refused_with_its_remedy(changes: dict[str, Any], message: str) -> None:
    round_of("2023")
    with pytest.raises(MeasurementError, match=message):
        plan_round(national_organisation(), definition_text(INSTRUMENT), replace(PLAN, **changes))


def test_a_round_goes_from_planned_to_locked_and_may_be_opened_again_before_that() -> None:
    planned = round_of()
    for state in (State.OPEN, State.CLOSED, State.OPEN, State.CLOSED, State.LOCKED):
        move(planned, state)
    assert Round.objects.get(pk=planned.pk).state == State.LOCKED
    with scope_of_everything("a test"):
        actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["round.planned", "round.open", "round.closed", "round.open", "round.closed", "round.locked"]


@pytest.mark.parametrize(
    ("now", "to"),
    [
        (State.PLANNED, State.CLOSED),
        (State.PLANNED, State.LOCKED),
        (State.OPEN, State.PLANNED),
        (State.OPEN, State.LOCKED),
        (State.LOCKED, State.OPEN),
        (State.LOCKED, State.CLOSED),
    ],
)
def test_no_state_is_skipped_and_a_locked_round_stays_locked(now: State, to: State) -> None:
    planned = round_of()
    Round.objects.filter(pk=planned.pk).update(state=now)
    planned.refresh_from_db()
    with pytest.raises(MeasurementError, match=f"is {now} and cannot become {to}"):
        move(planned, to)


def test_a_round_that_somebody_else_has_moved_is_left_alone() -> None:
    planned = round_of()
    move(Round.objects.get(pk=planned.pk), State.OPEN)
    with pytest.raises(MeasurementError, match="Somebody else"):
        move(planned, State.OPEN)


def test_the_database_itself_refuses_an_unknown_state() -> None:
    with pytest.raises(IntegrityError):
        Round.objects.filter(pk=round_of().pk).update(state="ajar")
