"""The end of an answered invitation: everything that ties it to a person is erased."""

from __future__ import annotations

from lyhord.delivery import outbox
from lyhord.survey.answers.models import Draft
from lyhord.survey.contacts.models import Contact, ContactKey
from lyhord.survey.sending.models import Invitation


def part(invitation: Invitation) -> None:
    """Erase the invitation with its nonce, draft and messages' ties, and the contact with its key.

    Within a transaction and the scope of the invitation's organisation. That somebody was invited stays counted in the
    flow of the participation; nothing else of the invitation is left.
    """
    outbox.forget(str(invitation.pk))
    Draft.objects.filter(pk=invitation.pk).delete()
    contact = invitation.contact
    Invitation.objects.filter(pk=invitation.pk).delete()
    if contact is not None:
        ContactKey.objects.filter(pk=contact.person).delete()
        Contact.objects.filter(pk=contact.pk).delete()
