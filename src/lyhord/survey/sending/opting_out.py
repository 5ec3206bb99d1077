"""Somebody who wants no more questions: the address goes on the suppression list, and nothing of it stays here."""

from __future__ import annotations

from django.db import transaction

from lyhord.delivery.models import Suppression
from lyhord.delivery.outbox import forget, hold
from lyhord.delivery.suppression import suppress
from lyhord.survey.contacts.models import ContactKey
from lyhord.survey.contacts.storing import address_of
from lyhord.survey.sending.models import Invitation
from lyhord.survey.sending.queueing import end_sending
from lyhord.survey.sending.wording import road_of_participation


@transaction.atomic
def opt_out(invitation: Invitation) -> None:
    """Send nothing more to the person from this organisation, within its scope. Doing it twice changes nothing.

    The link goes on working: whoever changes their mind may still answer.
    """
    hold(str(invitation.pk))
    participation = invitation.participation
    if invitation.contact is not None:
        try:
            address = address_of(invitation.contact)
        except ContactKey.DoesNotExist:  # forgotten already: there is nobody left to send to
            address = ""
        if address:
            reason = Suppression.Reason.OPTED_OUT
            suppress(participation.organisation_id, road_of_participation(participation), address, reason)
    end_sending(invitation, Invitation.State.OPTED_OUT)
    forget(str(invitation.pk))
