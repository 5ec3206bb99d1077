"""What rooms above do with the outbox: queue, cancel, forget, pause."""

from __future__ import annotations

import pytest

from builders import PROVSTAD
from builders_records import organisation_of
from delivery.sending import MAIL, TEXT, draft, queued, sender_of, sms, states
from lyhord.accounts.errors import ScopeError
from lyhord.accounts.scope import scope
from lyhord.delivery import leasing, outbox, suppression
from lyhord.delivery.contents import Content, Email, Sms, checked_address, opened_from
from lyhord.delivery.errors import DeliveryError, SealError
from lyhord.delivery.models import Channel, Message, MessageKey, State, Suppression

pytestmark = pytest.mark.django_db


def stored(message: Message) -> Message:
    return Message.objects.select_related("key").get(pk=message.pk)


def test_neither_address_nor_text_can_be_read_from_the_row() -> None:
    mail, text = queued(draft(reference="i1"), sms())
    with scope(organisation_of()):
        for message, secret in ((mail, b"anna"), (mail, b"Svara"), (text, b"701740605"), (text, b"korta")):
            found = stored(message)
            columns = [getattr(found, field.attname) for field in Message._meta.concrete_fields]
            assert all(secret not in bytes(one) for one in columns if isinstance(one, (bytes, memoryview)))
            assert all(secret.decode() not in one for one in columns if isinstance(one, str))
        assert opened_from(stored(mail)) == ("anna@mottagare.test", MAIL)
        assert opened_from(stored(text)) == ("+46701740605", TEXT)


def test_without_its_key_a_message_cannot_be_read_any_more() -> None:
    (message,) = queued()
    with scope(organisation_of()):
        MessageKey.objects.all().delete()
        with pytest.raises(SealError, match="forgotten"):
            opened_from(stored(message))


def test_a_row_moved_to_another_organisation_cannot_be_read() -> None:
    (message,) = queued()
    with scope(organisation_of()):
        found = stored(message)
        found.organisation_id = organisation_of(PROVSTAD).pk
        with pytest.raises(SealError):
            opened_from(found)


def test_outside_any_scope_nothing_is_queued_or_seen() -> None:
    with pytest.raises(ScopeError):
        outbox.enqueue(organisation_of(), [draft()])
    with pytest.raises(ScopeError):
        Message.objects.count()


def test_another_organisations_messages_are_out_of_reach() -> None:
    (message,) = queued()
    with scope(organisation_of(PROVSTAD)):
        assert outbox.cancel([message.pk]) == 0
        assert Message.objects.count() == 0


def test_who_wants_no_more_gets_no_more_from_that_organisation_however_it_is_written() -> None:
    organisation = organisation_of()
    with scope(organisation):
        suppression.suppress(organisation.pk, Channel.EMAIL, "Anna@Mottagare.test", Suppression.Reason.OPTED_OUT)
        result = outbox.enqueue(organisation, [draft("anna@mottagare.test"), draft("bo@mottagare.test")])
    assert [one.address for one in result.suppressed] == ["anna@mottagare.test"]
    assert len(result.messages) == 1
    assert len(queued(draft("anna@mottagare.test"), organisation=organisation_of(PROVSTAD))) == 1


def test_the_suppression_list_holds_no_address_and_can_be_undone() -> None:
    organisation = organisation_of()
    with scope(organisation):
        for _ in range(2):
            suppression.suppress(organisation.pk, Channel.SMS, "+46701740605", Suppression.Reason.OPTED_OUT)
        row = Suppression.objects.get()
        assert "701740605" not in repr(row.__dict__)
        assert suppression.is_suppressed(organisation.pk, Channel.SMS, "+46701740605")
        assert suppression.release(organisation.pk, Channel.SMS, "+46701740605")
        assert not suppression.is_suppressed(organisation.pk, Channel.SMS, "+46701740605")


@pytest.mark.parametrize(
    ("address", "content"),
    [
        ("0701740605", TEXT),
        ("åsa@mottagare.test", MAIL),
        ("anna@", MAIL),
        ("anna@mottagare.test\nBcc: alla@mottagare.test", MAIL),
        ("anna@mottagare.test", Email("Rad\r\nBcc: alla@mottagare.test", "x")),
        ("+46701740605", Sms("a" * 919)),
        ("+46701740605", Sms(" ")),
    ],
)
def test_one_draft_that_cannot_be_sent_holds_back_all_and_is_not_repeated_in_the_message(
    address: str, content: Content
) -> None:
    organisation = organisation_of()
    with scope(organisation):
        with pytest.raises(DeliveryError) as caught:
            outbox.enqueue(organisation, [draft(), draft(address, content)])
        assert Message.objects.count() == 0
    assert address not in str(caught.value)


def test_a_domain_with_swedish_letters_is_written_as_mail_servers_do() -> None:
    assert checked_address(Channel.EMAIL, "info@växjö.SE") == "info@xn--vxj-qla6g.se"


def test_what_waits_is_cancelled_and_what_is_leaving_is_not() -> None:
    organisation = organisation_of()
    first, second = queued(draft(), draft("bo@mottagare.test"))
    with scope(organisation):
        (held,) = leasing.claim(Channel.EMAIL, [organisation.pk], 1)
        leasing.begin([held])
        assert outbox.cancel([first.pk, second.pk]) == 1
        assert sorted(states(first, second)) == [State.CANCELLED, State.SENDING]
        assert MessageKey.objects.count() == 1


def test_what_was_cancelled_while_a_worker_held_it_does_not_leave() -> None:
    organisation = organisation_of()
    (message,) = queued()
    with scope(organisation):
        held = leasing.claim(Channel.EMAIL, [organisation.pk], 1)
        outbox.cancel([message.pk])
        assert leasing.begin(held) == set()


def test_forgetting_leaves_nothing_that_ties_a_message_to_a_person() -> None:
    (message, other) = queued(draft(reference="i1"), draft("bo@mottagare.test", reference="i2"))
    with scope(organisation_of()):
        assert outbox.forget("i1") == 1
        found = Message.objects.get(pk=message.pk)
        assert (found.state, found.reference, found.address_hash) == (State.CANCELLED, "", "")
        assert (found.sealed_address, found.sealed_body) == (None, None)
        assert list(MessageKey.objects.values_list("pk", flat=True)) == [other.pk]
        with pytest.raises(DeliveryError):
            outbox.forget("")


def test_a_pause_needs_a_sender_and_a_reason() -> None:
    organisation = organisation_of()
    with scope(organisation):
        with pytest.raises(DeliveryError):
            outbox.pause(organisation, "provar")
        sender_of(organisation)
        with pytest.raises(DeliveryError):
            outbox.pause(organisation, "")
