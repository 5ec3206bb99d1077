"""Which of the people whom a list names are to be invited: every check against what the database knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lyhord.delivery.models import Suppression
from lyhord.survey.contacts.looking_up import present
from lyhord.survey.contacts.models import Contact, Surveyed
from lyhord.survey.contacts.naming import Candidate, Circumstances, Fault
from lyhord.survey.contacts.reasons import Reason


@dataclass(frozen=True, slots=True)
class Sifted:
    """What became of candidates: the places of those to take, and which rows were left out for what."""

    taken: list[int]
    left_out: list[Fault]


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of a batch's people; those who are taken are added."""

    row_keys: set[int]
    waiting: set[str]
    opted_out: set[str]
    surveyed: set[str]

    def reason(self, one: Candidate) -> Reason | None:
        """Why the candidate is left out; None where the candidate is to be taken. An empty hash is in no set."""
        if one.row_key is not None and one.row_key in self.row_keys:
            return Reason.HANDED_OVER
        if one.person in self.waiting or one.also in self.waiting:
            return Reason.DUPLICATE
        if one.digest in self.opted_out or one.other in self.opted_out:
            return Reason.OPTED_OUT
        if one.person in self.surveyed or one.also in self.surveyed:
            return Reason.QUARANTINE
        return None

    def take(self, one: Candidate) -> None:
        """The candidate is taken: a later row that names the same person is not."""
        self.waiting.add(one.person)
        if one.also:
            self.waiting.add(one.also)
        if one.row_key is not None:
            self.row_keys.add(one.row_key)


def sifted(candidates: Sequence[Candidate], given: Circumstances) -> Sifted:
    """Sift the candidates of one batch. Within the scope of the organisation."""
    known = _known(candidates, given)
    result = Sifted([], [])
    for place, one in enumerate(candidates):
        if reason := known.reason(one):
            result.left_out.append(Fault(one.row, reason, one.participation))
        else:
            known.take(one)
            result.taken.append(place)
    return result


def _known(candidates: Sequence[Candidate], given: Circumstances) -> Known:
    others = [one for one in candidates if one.other]
    people = [one.person for one in candidates] + [one.also for one in others]
    digests = [one.digest for one in candidates] + [one.other for one in others]
    row_keys = [one.row_key for one in candidates if one.row_key is not None]
    waiting = present(Contact.objects.all(), "person", people)
    return Known(
        row_keys=present(Contact.objects.filter(row_key__isnull=False), "row_key", row_keys),
        waiting=waiting | present(Contact.objects.exclude(also=""), "also", people),
        opted_out=present(Suppression.objects.filter(organisation=given.organisation), "address_hash", digests),
        surveyed=present(Surveyed.objects.filter(since__gte=given.quarantine_from), "person", people),
    )
