"""A sending that is paused holds what waits in the outbox; one that does harm is stopped, and its people are told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from builders_records import member, organisation_of
from delivery.sending import OneGateway, Scripted, sender_of
from lyhord.accounts.models import AuditEvent
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery import outbox
from lyhord.delivery.brakes import holds
from lyhord.delivery.contents import Email, opened_from
from lyhord.delivery.dispatch import Dispatch, Rules
from lyhord.delivery.models import Message, State
from lyhord.delivery.outcomes import Failure, Outcome, Result
from lyhord.delivery.work import Worker
from lyhord.measurements.models import Participation
from lyhord.survey.sending.models import Invitation
from lyhord.survey.sending.permitting import permits
from lyhord.survey.sending.plans import pause, plan_of, resume
from survey.contacts.handing_over import joined
from survey.sending.invited import drawn, queued, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    settings.DELIVERY_KEYS = ""


@pytest.fixture
def participation() -> Participation:
    both = joined()
    sender_of()
    waiting(both["tel"], 3)
    drawn(both["tel"])
    queued(both["tel"])
    return both["tel"]


def sent() -> int:
    gateway = Scripted()
    with scope_of_everything("a worker sends everybody's"):
        Worker(Dispatch(Rules(per_second=0), OneGateway(gateway))).until_idle()
    return len(gateway.sent)


def test_a_pause_holds_what_is_in_the_outbox_until_it_ends(participation: Participation) -> None:
    with scope(organisation_of()):
        pause(plan_of(participation), "Fel text")
    assert sent() == 0
    with scope(organisation_of()):
        assert Message.objects.filter(state=State.HELD).count() == 3
        resume(plan_of(participation))
    assert sent() == 3


def test_a_stop_pauses_the_plan_and_writes_to_those_who_run_it(participation: Participation) -> None:
    person = member(Role.LEADER)
    member(Role.READER)
    with scope_of_everything("a test sets the scene"):
        message = Message.objects.earliest("pk")
        message.channel, message.failure, message.state = "email", Failure.POLICY, State.FAILED
        for row in Message.objects.all():
            row.channel, row.failure, row.state, row.finished = "email", Failure.POLICY, State.FAILED, row.due
            row.save()
        for number in range(3):
            message.pk, message.token = None, f"copy{number}"
            message.finished = message.due
            message.save(force_insert=True)
        assert holds.stop_where_needed(message)
        notices = [opened_from(one) for one in Message.objects.filter(purpose="notice").select_related("key")]
        assert AuditEvent.objects.filter(action="sending.stopped").count() == 1
    with scope(organisation_of()):
        assert "SPF, DKIM och DMARC" in plan_of(participation).paused
    ((address, letter),) = notices
    assert address == person.user.email
    assert isinstance(letter, Email)
    assert f"/matningar/{participation.pk}" in letter.text


@pytest.mark.parametrize(
    ("purpose", "hour", "may"),
    [("invitation", 12, True), ("invitation", 23, False), ("reminder", 5, False), ("notice", 23, True)],
)
def test_a_retry_does_not_come_in_the_night(purpose: str, hour: int, may: bool) -> None:
    assert permits(1, purpose, datetime(2026, 11, 24, hour, tzinfo=UTC)) is may


def test_an_invitation_that_a_person_found_to_have_arrived_is_reminded_of(participation: Participation) -> None:
    doubt = Scripted((Outcome(Result.UNKNOWN, Failure.CONNECTION),))
    with scope_of_everything("a worker sends everybody's"):
        Worker(Dispatch(Rules(per_second=0), OneGateway(doubt))).until_idle()
        for number in Message.objects.filter(state=State.UNKNOWN).values_list("pk", flat=True):
            assert outbox.leave_be(number)
        invited = list(Invitation.objects.values_list("state", "due"))
    assert {state for state, _ in invited} == {Invitation.State.SENT}
    assert all(due is not None for _, due in invited)
