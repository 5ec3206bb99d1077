"""The end of an answered invitation: everything that ties it to a person is erased, statement by statement.

In plain SQL, since every answer pays for it: Django would read each row first, and look for others that point to it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from django.db import connection

from lyhord.delivery import forgetting, outbox
from lyhord.delivery.models import Message, State
from lyhord.measurements.models import Participation
from lyhord.survey.answers.models import Draft
from lyhord.survey.answers.prepared import one_row, run
from lyhord.survey.contacts.models import Contact, ContactKey
from lyhord.survey.sending.models import Invitation

WAITING: Final = (State.QUEUED.value, State.LEASED.value, State.SENDING.value)


class Parted(NamedTuple):
    """Whom an invitation belonged to; ``person`` is a keyed hash."""

    contact_id: int | None
    person: str | None
    organisation_id: int
    has_waiting: bool  # a message that has not left yet


def held(invitation_id: int) -> Parted | None:
    """The invitation, kept from others until the transaction ends; None where it is spent or gone."""
    lock = " FOR UPDATE OF i" if connection.features.has_select_for_update else ""
    row = one_row(_named(HELD) + lock, [str(invitation_id), *WAITING, invitation_id])
    return None if row is None else Parted(row[0], row[1], row[2], bool(row[3]))


def part(invitation_id: int, parted: Parted) -> None:
    """Erase the invitation with its nonce, draft and messages' ties, and the contact with its key.

    Within a transaction and the scope of the invitation's organisation. That somebody was invited stays counted in the
    flow of the participation; nothing else of the invitation is left.
    """
    if parted.has_waiting:
        outbox.forget(str(invitation_id))
    else:
        for statement in forgetting.statements():
            run(statement, [str(invitation_id), parted.organisation_id])
    run(_named("DELETE FROM {draft} WHERE invitation_id = %s"), [invitation_id])
    run(_named("DELETE FROM {invitation} WHERE id = %s"), [invitation_id])
    if parted.contact_id is not None:
        run(_named("DELETE FROM {contactkey} WHERE person = %s"), [parted.person])
        run(_named("DELETE FROM {contact} WHERE id = %s"), [parted.contact_id])


@lru_cache(maxsize=16)
def _named(statement: str) -> str:
    """A statement with the tables' names, which come from the models."""
    models = (Invitation, Participation, Contact, ContactKey, Draft, Message)
    quoted = connection.ops.quote_name
    return statement.format(**{model.__name__.lower(): quoted(model._meta.db_table) for model in models})  # noqa: SLF001 - documented by Django


HELD: Final = """
SELECT i.contact_id, c.person, p.organisation_id, EXISTS (
    SELECT 1 FROM {message} m WHERE m.reference = %s AND NOT (m.reference = '') AND m.state IN (%s, %s, %s)
)
FROM {invitation} i JOIN {participation} p ON p.id = i.participation_id LEFT JOIN {contact} c ON c.id = i.contact_id
WHERE i.id = %s AND i.nonce IS NOT NULL
"""
