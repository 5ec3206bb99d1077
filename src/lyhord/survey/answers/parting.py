"""The end of an invitation: what ties it to a person is erased, whether the person answered or wants to be left alone."""

from __future__ import annotations

from lyhord.delivery import outbox
from lyhord.survey.answers.models import Draft
from lyhord.survey.contacts.models import Contact, ContactKey
from lyhord.survey.sending.models import Invitation
from lyhord.survey.sending.references import reference_of


def part(invitation: Invitation) -> None:
    """Erase the invitation with its nonce, draft and messages' ties, and the contact with its key.

    Within a transaction and the scope of the invitation's organisation. That somebody was invited stays counted in the
    flow of the participation; nothing else of the invitation is left.
    """
    outbox.forget(reference_of(invitation.pk))
    Draft.objects.filter(pk=invitation.pk).delete()
    contact = invitation.contact
    Invitation.objects.filter(pk=invitation.pk).delete()
    if contact is not None:
        ContactKey.objects.filter(pk=contact.person).delete()
        Contact.objects.filter(pk=contact.pk).delete()
