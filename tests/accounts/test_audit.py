"""What was done is written down once and stays."""

from __future__ import annotations

import pytest

from builders import PROVSTAD
from builders_records import member, organisation_of
from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.errors import AuditError, ScopeError
from lyhord.accounts.models import AuditEvent
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope, scope_of_everything

pytestmark = pytest.mark.django_db


def test_an_event_tells_who_in_which_role_did_what_to_what() -> None:
    given = member(Role.LEADER)
    acting = Acting(given.user, Role.LEADER, given.organisation_id, given.organisation.name)
    event = record("contacts.exported", given, by=acting)
    with scope(given.organisation):
        stored = AuditEvent.objects.get()
    assert stored == event
    assert (stored.actor, stored.role, stored.organisation) == (given.user, "matledare", given.organisation)
    assert (stored.action, stored.object_kind, stored.object_id) == (
        "contacts.exported", "lyhord_accounts.membership", str(given.pk),
    )  # fmt: skip
    assert stored.at is not None


def test_what_the_system_does_belongs_to_the_scope_at_hand() -> None:
    own = organisation_of()
    with scope(own):
        assert record("contacts.erased").organisation_id == own.pk
    with scope_of_everything("a test"):
        assert record("backup.taken").organisation_id is None
    with pytest.raises(ScopeError):
        record("backup.taken")


def test_an_event_is_never_changed_or_removed() -> None:
    own = organisation_of()
    with scope(own):
        event = record("contacts.erased")
        for deed in (
            event.save,
            event.delete,
            AuditEvent.objects.all().delete,
            lambda: AuditEvent.objects.update(action="nothing"),
            lambda: AuditEvent.objects.filter(pk=event.pk).update(action="nothing"),
        ):
            with pytest.raises(AuditError):
                deed()
        assert AuditEvent.objects.get().action == "contacts.erased"


def test_another_organisations_events_are_not_read() -> None:
    with scope(organisation_of(PROVSTAD)):
        record("contacts.erased")
    with scope(organisation_of()):
        assert not AuditEvent.objects.exists()
