"""Writing down what was done, in the same transaction as the deed."""

from __future__ import annotations

from django.db import models

from lyhord.accounts.acting import Acting
from lyhord.accounts.models import AuditEvent, Organisation, User
from lyhord.accounts.scope import active_scope, scope_of_everything


def record(
    action: str,
    thing: models.Model | None = None,
    *,
    by: Acting | User | None = None,
    organisation: Organisation | None = None,
) -> AuditEvent:
    """Add one event. ``action`` is a word of the code such as ``round.opened``, never a text of a person's.

    ``by`` is who acted, in a role or outside any; without it the system did. The organisation is the given one, else
    that of ``by``, else that of the scope at hand (None in the scope of everything). ScopeError where none of them
    tells it.
    """
    acting = by if isinstance(by, Acting) else None
    event = AuditEvent(
        actor=by.user if isinstance(by, Acting) else by,
        role=acting.role if acting else "",
        organisation_id=_organisation_id(acting, organisation),
        action=action,
        object_kind=thing._meta.label_lower if thing else "",  # noqa: SLF001 - Django's documented name of a model
        object_id=str(thing.pk) if thing else "",
    )
    with scope_of_everything("an event is written by whoever does the deed, also before a scope is open"):
        event.save()
    return event


def _organisation_id(acting: Acting | None, organisation: Organisation | None) -> int | None:
    if organisation is not None:
        return organisation.pk
    return acting.organisation_id if acting else active_scope("AuditEvent").organisation
