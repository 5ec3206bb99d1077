"""From waiting contacts to messages in the outbox: drawn, queued, heard of, reminded, paused and recalled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from builders_records import cells_of, organisation_of
from lyhord.accounts.scope import scope
from lyhord.delivery.contents import Email, Sms
from lyhord.delivery.listeners import Event
from lyhord.delivery.models import Channel, Message, Suppression
from lyhord.delivery.suppression import is_suppressed, suppress
from lyhord.measurements.counts.adding import add_cells
from lyhord.measurements.counts.models import FlowCount
from lyhord.measurements.models import Participation, Round
from lyhord.method.sampling import ration
from lyhord.survey.answers.parting import held, part
from lyhord.survey.contacts.models import Contact, ContactKey, Surveyed, Upload
from lyhord.survey.sending import quota
from lyhord.survey.sending.drawing import period_of, seed_of
from lyhord.survey.sending.ending import forget_contacts_of_ended_rounds
from lyhord.survey.sending.links import find, link_for
from lyhord.survey.sending.models import Invitation
from lyhord.survey.sending.opting_out import opt_out
from lyhord.survey.sending.plans import pause, plan_of, resume
from lyhord.survey.sending.recalling import recall
from survey.contacts.handing_over import brilliant, handed, joined
from survey.sending.invited import drawn, outbox_of, queued, sending_moment, states_of, told, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    settings.DELIVERY_KEYS = ""


@pytest.fixture
def both() -> dict[str, Participation]:
    return joined()


@pytest.fixture
def phone(both: dict[str, Participation]) -> Participation:
    return both["tel"]


@pytest.fixture
def in_scope(both: dict[str, Participation]) -> Iterator[None]:
    with scope(organisation_of()):
        yield


def first_of(participation: Participation) -> Invitation:
    return Invitation.objects.select_related("contact", "participation").filter(participation=participation)[0]


def counted_as_invited(participation: Participation) -> int:
    return FlowCount.objects.get(participation=participation, stage="invited").count


def answer(invitation: Invitation) -> None:
    """What the room of answers does to an invitation when its answer is sent."""
    with transaction.atomic():
        parted = held(invitation.pk)
        assert parted is not None
        part(invitation.pk, parted)


def test_a_ration_is_drawn_once_a_day_by_a_seed_that_anyone_may_repeat(phone: Participation, in_scope: None) -> None:
    phone.quota = 17
    phone.save()
    waiting(phone, 50)
    today = sending_moment().date()
    pool = [str(number) for number in Contact.objects.order_by("pk").values_list("pk", flat=True)]
    period = period_of(phone, plan_of(phone), today)
    assert period is not None
    expected = ration(pool, period, seed_of(phone, today)).chosen
    assert 0 < len(expected) < 50
    assert drawn(phone) == len(expected)
    assert {str(one.contact_id) for one in Invitation.objects.all()} == set(expected)
    assert drawn(phone) is None


def test_who_was_invited_meanwhile_by_another_address_is_not_drawn(phone: Participation, in_scope: None) -> None:
    Participation.objects.update(quota=None)
    phone.refresh_from_db()
    waiting(phone, 3)
    first, second, _ = Contact.objects.order_by("pk")
    Contact.objects.filter(pk=second.pk).update(also="e" * 32)
    for person in (first.person, "e" * 32):
        Surveyed.objects.create(organisation=organisation_of(), person=person, since=phone.round.starts)
    assert drawn(phone) == 1


def test_without_a_quota_everyone_is_invited(phone: Participation, in_scope: None) -> None:
    Participation.objects.update(quota=None)
    phone.refresh_from_db()
    waiting(phone, 5)
    assert drawn(phone) == 5
    assert Surveyed.objects.count() == 5


def test_nothing_is_drawn_or_queued_at_night(phone: Participation, in_scope: None) -> None:
    waiting(phone)
    night = sending_moment() + timedelta(hours=12)
    assert drawn(phone, night) is None
    assert drawn(phone)
    assert queued(phone, night) == 0


def everyone_invited(participation: Participation, count: int = 3) -> None:
    with scope(organisation_of()):
        Participation.objects.update(quota=None)
    participation.refresh_from_db()
    waiting(participation, count)
    assert drawn(participation) == count


def test_who_called_gets_an_sms_at_once_with_the_link_of_the_invitation(phone: Participation, in_scope: None) -> None:
    everyone_invited(phone, 1)
    assert queued(phone) == 1
    [(purpose, address, content)] = outbox_of(phone)
    assert (purpose, address) == ("invitation", "+46701700000")
    assert isinstance(content, Sms)
    link = link_for(bytes(first_of(phone).nonce or b""))
    assert content.text.count(f"/s/{link}") == 1
    assert find(link) == first_of(phone)
    assert queued(phone) == 0
    assert states_of(phone) == ["queued"]


def test_who_wrote_gets_an_email_48_hours_after_the_contact(both: dict[str, Participation], in_scope: None) -> None:
    email = both["epost"]
    everyone_invited(email, 1)
    assert queued(email) == 0
    later = sending_moment(days=9)
    assert first_of(email).due is not None
    assert queued(email, later) == 1
    [(_, _, content)] = outbox_of(email)
    assert isinstance(content, Email)
    assert "Exempelköpings kommun" in content.subject
    assert content.unsubscribe_url.endswith("/avboj")


def test_a_reminder_carries_the_same_link_and_goes_only_to_who_has_not_answered(
    phone: Participation, in_scope: None
) -> None:
    everyone_invited(phone, 2)
    queued(phone)
    told(phone, Event.SENT)
    told(phone, Event.SENT)
    assert states_of(phone) == ["sent", "sent"]
    assert queued(phone) == 0
    answered, silent = Invitation.objects.select_related("contact").order_by("pk")
    answer(answered)
    later = sending_moment(days=9)
    assert queued(phone, later) == 1
    purpose, _, content = outbox_of(phone)[-1]
    assert purpose == "reminder"
    assert isinstance(content, Sms)
    assert link_for(bytes(silent.nonce or b"")) in content.text
    told(phone, Event.SENT, "reminder")
    assert queued(phone, sending_moment(days=30)) == 0
    assert counted_as_invited(phone) == 2  # a reminder invites nobody anew, and an answer takes nobody back


def test_a_bounced_message_ends_the_invitation_and_forgets_the_address(phone: Participation, in_scope: None) -> None:
    everyone_invited(phone, 1)
    queued(phone)
    told(phone, Event.BOUNCED)
    assert states_of(phone) == ["failed"]
    assert not Contact.objects.exists()
    assert not ContactKey.objects.exists()


def test_who_opted_out_between_the_list_and_the_sending_gets_nothing(phone: Participation, in_scope: None) -> None:
    everyone_invited(phone, 2)
    suppress(organisation_of().pk, Channel.SMS, "+46701700000", Suppression.Reason.OPTED_OUT)
    assert queued(phone) == 1
    assert states_of(phone) == ["opted_out", "queued"]


def test_opting_out_suppresses_the_address_and_stops_what_waits(phone: Participation, in_scope: None) -> None:
    everyone_invited(phone, 1)
    queued(phone)
    opt_out(first_of(phone))
    opt_out(first_of(phone))
    assert is_suppressed(organisation_of().pk, Channel.SMS, "+46701700000")
    assert outbox_of(phone) == []
    assert states_of(phone) == ["opted_out"]


def test_the_quota_stops_sending_and_never_answering(phone: Participation, in_scope: None) -> None:
    everyone_invited(phone, 2)
    phone.quota = 5
    phone.save()
    add_cells(phone, cells_of(phone, "tel.bemotande", _5=5))
    assert quota.is_full(phone)
    assert queued(phone) == 0
    assert find(link_for(bytes(first_of(phone).nonce or b""))) is not None


def test_a_paused_plan_sends_nothing_until_it_is_resumed(phone: Participation, in_scope: None) -> None:
    everyone_invited(phone, 2)
    pause(plan_of(phone), "fel i listan")
    assert queued(phone) == 0
    resume(plan_of(phone))
    assert queued(phone) == 2


def test_a_recalled_list_is_gone_whole_and_may_be_handed_over_again(phone: Participation, in_scope: None) -> None:
    everyone_invited(phone, 3)
    queued(phone)
    upload = Upload.objects.get()
    done = recall(upload)
    assert (done.contacts, done.stopped, done.sent) == (3, 3, 0)
    assert not Contact.objects.exists()
    assert not ContactKey.objects.exists()
    assert not Surveyed.objects.exists()
    assert not Message.objects.filter(state="queued").exists()
    assert counted_as_invited(phone) == 0
    again = handed(brilliant(*(f"07017{number:05}" for number in range(3))))
    assert (again.pk != upload.pk, again.taken) == (True, 3)


def test_who_was_sent_an_invitation_before_the_recall_keeps_the_link_but_gets_no_reminder(
    phone: Participation, in_scope: None
) -> None:
    everyone_invited(phone, 2)
    queued(phone)
    told(phone, Event.SENT)
    done = recall(Upload.objects.get())
    assert (done.contacts, done.stopped, done.sent) == (2, 0, 2)
    assert Surveyed.objects.count() == 2
    assert counted_as_invited(phone) == 2
    assert queued(phone, sending_moment(days=9)) == 0
    assert find(link_for(bytes(first_of(phone).nonce or b""))) is not None


def test_contacts_that_no_ration_chose_are_forgotten_after_a_week(phone: Participation, in_scope: None) -> None:
    waiting(phone, 3, before=timedelta(days=8))
    assert drawn(phone) == 0
    assert not Contact.objects.exists()


def test_an_answered_invitation_leaves_only_a_hash_and_a_day(phone: Participation, in_scope: None) -> None:
    everyone_invited(phone, 1)
    queued(phone)
    answer(first_of(phone))
    assert not Invitation.objects.exists()
    assert not Contact.objects.exists()
    assert not ContactKey.objects.exists()
    assert Surveyed.objects.count() == 1
    message = Message.objects.get()
    assert (message.reference, message.address_hash, message.sealed_address) == ("", "", None)


def test_when_the_round_has_ended_every_address_goes_and_nothing_more_is_sent(
    phone: Participation, in_scope: None
) -> None:
    everyone_invited(phone, 3)
    queued(phone)
    assert forget_contacts_of_ended_rounds() == 0
    Round.objects.update(state=Round.State.CLOSED)
    assert forget_contacts_of_ended_rounds() == 3
    assert not Contact.objects.exists()
    assert not ContactKey.objects.exists()
    assert outbox_of(phone) == []
    assert not Message.objects.exclude(reference="").exists()
    assert Invitation.objects.count() == 3
