"""Recalling a list that should not have been handed over: nobody on it is sent anything more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.delivery import outbox
from lyhord.delivery.models import WAITING, Message
from lyhord.measurements.counts.adding import take_back_invited
from lyhord.measurements.models import Participation
from lyhord.survey.contacts.flows import uncount
from lyhord.survey.contacts.models import Contact, ContactKey, LeftOut, Surveyed, Upload
from lyhord.survey.contacts.uploads import discard
from lyhord.survey.sending.models import Invitation

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a recall did: contacts removed, invitations stopped, and invitations that had been sent already."""

    contacts: int
    stopped: int
    sent: int


def recall(upload: Upload, *, by: Acting | None = None) -> Recalled:
    """Take a whole list back, within its organisation's scope; written down. Recalling twice changes nothing.

    Those who were not sent anything may be handed over anew. Who was sent an invitation keeps a working link, gets no
    reminder, and counts as surveyed.
    """
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.RECALLED, held_until=None)
        record("contacts.recalled", upload, by=by, organisation=upload.organisation)
    discard(upload.stored)
    contacts = stopped = sent = 0
    while part := list(Contact.objects.filter(upload=upload).only("pk", "person", "also")[:BATCH]):
        with transaction.atomic():
            removed, gone = _removed(part)
        contacts, stopped, sent = contacts + len(part), stopped + removed, sent + gone
    with transaction.atomic():
        LeftOut.objects.filter(upload=upload).delete()
        uncount(upload)
        Upload.objects.filter(pk=upload.pk).update(stored="")
    upload.refresh_from_db()
    return Recalled(contacts, stopped, sent)


def _removed(part: list[Contact]) -> tuple[int, int]:
    """Remove some contacts; how many invitations were stopped and how many had been sent."""
    people = {one.pk: {one.person, one.also} - {""} for one in part}
    invitations = list(Invitation.objects.filter(contact__in=list(people)))
    references = {str(one.pk): one for one in invitations}
    waiting = Message.objects.filter(reference__in=list(references), state__in=WAITING)
    still_here = dict(waiting.values_list("pk", "reference"))
    outbox.cancel(still_here)
    kept = set(Message.objects.filter(pk__in=list(still_here), state="cancelled").values_list("reference", flat=True))
    stopped = [one for one in invitations if one.state == Invitation.State.PLANNED or _was_first(one, kept)]
    sent = {one.contact_id for one in invitations} - {one.contact_id for one in stopped}
    spared = [index for number, indices in people.items() if number not in sent for index in indices]
    _uncount(one.participation_id for one in stopped if one.state == Invitation.State.QUEUED)
    Surveyed.objects.filter(person__in=spared).delete()
    Invitation.objects.filter(pk__in=[one.pk for one in stopped]).delete()
    Invitation.objects.filter(contact__in=list(people)).update(due=None, contact=None)
    ContactKey.objects.filter(person__in=[one.person for one in part]).delete()
    Contact.objects.filter(pk__in=list(people)).delete()
    return len(stopped), len(sent)


def _uncount(participations: Iterable[int]) -> None:
    """These had been counted as invited, and never were."""
    counted = Counter(participations)
    for participation in Participation.objects.filter(pk__in=list(counted)).order_by("pk"):
        take_back_invited(participation, counted[participation.pk])


def _was_first(invitation: Invitation, cancelled: set[str]) -> bool:
    """Whether the cancelled message was the invitation itself, not a reminder of one that was sent."""
    is_first = invitation.state == Invitation.State.QUEUED and not invitation.reminders
    return is_first and str(invitation.pk) in cancelled
