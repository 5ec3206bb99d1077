"""The end of a round for those who were not drawn or did not answer: their addresses go, and nothing more is sent."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery import outbox
from lyhord.measurements.models import Participation, Round
from lyhord.survey.contacts.models import Contact
from lyhord.survey.contacts.storing import forget
from lyhord.survey.sending.models import Invitation

BATCH: Final = 500


def forget_contacts_of_ended_rounds() -> int:
    """Forget every contact of a round that is no longer open, for every organisation; how many."""
    with scope_of_everything("rounds end for every organisation"):
        ended = Participation.objects.exclude(round__state__in=(Round.State.PLANNED, Round.State.OPEN))
        left = list(ended.filter(pk__in=Contact.objects.order_by().values("participation")))
    return sum(forget_contacts_of(participation) for participation in left)


def forget_contacts_of(participation: Participation) -> int:
    """Forget the participation's contacts, and stop and untie the messages about them; how many contacts."""
    forgotten = 0
    with scope(participation.organisation_id):
        while part := list(Contact.objects.filter(participation=participation).only("pk", "person")[:BATCH]):
            with transaction.atomic():
                about = Invitation.objects.filter(contact__in=[one.pk for one in part])
                for number in about.values_list("pk", flat=True):
                    outbox.forget(str(number))
                about.update(due=None, contact=None)
                forget(part)
            forgotten += len(part)
    return forgotten
