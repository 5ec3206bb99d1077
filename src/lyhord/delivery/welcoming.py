"""Sending the link of an invitation, in the name of the organisation that invites."""

from __future__ import annotations

from typing import Final

from lyhord.accounts.inviting import send_with
from lyhord.accounts.models import Organisation, User
from lyhord.accounts.scope import scope
from lyhord.delivery.contents import Email
from lyhord.delivery.outbox import Draft, Priority, enqueue

PURPOSE: Final = "account.invitation"
SUBJECT: Final = "Du är inbjuden till Lyhörd"
TEXT: Final = """Hej {name}!

{organisation} har bjudit in dig till Lyhörd, där kommunens service mäts. Välj ett lösenord här:

{link}

Länken gäller i tre dagar och kan användas en gång. Känner du inte till det här kan du bortse från mejlet.
"""


def register() -> None:
    """Send the links of invitations from now on."""
    send_with(send_welcome)


def send_welcome(organisation: Organisation, user: User, link: str) -> None:
    """Queue the message; to nobody where the address is on the suppression list."""
    text = TEXT.format(name=user.name, organisation=organisation.name, link=link)
    with scope(organisation):
        enqueue(organisation, [Draft(user.email, Email(SUBJECT, text), PURPOSE, priority=Priority.URGENT)])
