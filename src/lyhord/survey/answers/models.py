"""Where an answer lies on its way from a person to the figures, and what a municipality has decided about it.

Rows of answers have random 63-bit ids. SQLite keeps rows in the order of the id, so that there is no hidden row id
beside it; the mixing pass sees to it that no transaction id tells more than the day does (``mixing``).
"""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from lyhord.accounts.models import Organisation
from lyhord.accounts.ownership import OwnedManager, OwnedModel
from lyhord.measurements.models import Participation
from lyhord.survey.sending.models import Invitation

ID_BITS = 62


def random_id() -> int:
    """An id that tells nothing about when or after what the row was written."""
    return secrets.randbits(ID_BITS) + 1


class Terms(OwnedModel):
    """What an organisation has decided about its respondents: whom they reach, how they are asked, what is kept."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="answer_terms"
    )
    phone = models.CharField(max_length=30, blank=True)  # for those who would rather be asked by phone
    email = models.EmailField(blank=True)  # for questions about the survey and faults in its pages
    responsible = models.CharField(max_length=120, blank=True)  # who is answerable for personal data, if not the whole
    data_protection = models.EmailField(blank=True)  # dataskyddsombudet
    accessibility_email = models.EmailField(blank=True)  # for faults in the pages, if not ``email``
    contact_me = models.BooleanField(default=True)  # whether respondents may ask to be contacted
    one_page = models.BooleanField(default=False)  # all questions at once instead of one a screen
    discard_originals = models.BooleanField(default=False)
    discard_decision = models.CharField(max_length=200, blank=True)  # the recorded decision to discard them
    original_days = models.PositiveIntegerField(default=365)  # sealed originals, after the round's end
    response_days = models.PositiveIntegerField(default=1825)  # single answers, after the round's end; counts stay
    request_days = models.PositiveIntegerField(default=90)  # requests to be contacted
    own = models.JSONField(default=list)  # names of what the organisation has decided itself; the rest is handed down

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """Originals may be allmän handling: without a decision they are kept until their time is out."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="originals_are_discarded_by_decision",
                condition=Q(discard_originals=False) | ~Q(discard_decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"terms of {self.pk}"


class Draft(OwnedModel):
    """Answers of somebody who has not finished, encrypted under a key that only the link gives. Never a comment."""

    OWNER: ClassVar[str] = "invitation__participation__organisation"

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    sealed = models.BinaryField()

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"draft of {self.pk}"


class AnsweredRow(OwnedModel):
    """One person's answers, which nothing here ties to the person. ``comment`` is redacted."""

    OWNER: ClassVar[str] = "participation__organisation"

    id = models.BigAutoField(primary_key=True, default=random_id)
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    answers = models.JSONField()  # item -> option; blank ones left out
    comment = models.TextField(blank=True)
    original = models.BinaryField(null=True)  # the comment as it was written, sealed; none where it says the same

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """What intake and responses share."""

        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__.lower()} of {self.date}"


class Intake(AnsweredRow):
    """An answer that waits to be mixed with others."""

    class Meta(AnsweredRow.Meta):
        """Found by participation."""

        indexes: ClassVar[list[models.Index]] = [models.Index(name="intake_of_one", fields=["participation"])]


class Response(AnsweredRow):
    """An answer that has been mixed and counted."""

    class Meta(AnsweredRow.Meta):
        """Found by participation and day."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="response_of_one_day", fields=["participation", "date"]),
            models.Index(name="response_with_comment", fields=["participation", "id"], condition=~Q(comment="")),
        ]


class OriginalKey(OwnedModel):
    """The wrapped key that a participation's original comments are sealed with: deleted, they are noise.

    In a table of its own, so that it can be left out of backups that live long.
    """

    OWNER: ClassVar[str] = "participation__organisation"

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    wrapped = models.BinaryField()

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"key of originals of {self.pk}"


class ContactRequest(OwnedModel):
    """Somebody who asked to be contacted, through a form that knows nothing of any survey link."""

    id = models.BigAutoField(primary_key=True, default=random_id)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    date = models.DateField()
    handled = models.DateField(null=True)  # ticked off by somebody of the organisation
    sealed = models.BinaryField()
    wrapped = models.BinaryField()

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"request of {self.date}"
