"""On what plan a participation sends, and whom it has invited."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from lyhord.accounts.ownership import OwnedManager, OwnedModel
from lyhord.measurements.models import Participation
from lyhord.survey.contacts.models import Contact

MOST_REMINDERS = 2


class SendingPlan(OwnedModel):
    """When and how a participation sends. The delay after the contact is the round's."""

    OWNER: ClassVar[str] = "participation__organisation"

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    paused = models.CharField(max_length=200, blank=True)  # why nothing is sent now; empty where it is
    response_rate = models.FloatField(default=0.17)  # to plan for; SKR's measurement of 2023
    opens = models.TimeField(default=time(9))
    closes = models.TimeField(default=time(19))
    saturdays = models.BooleanField(default=False)
    reminders = models.PositiveSmallIntegerField(default=1)
    reminder_days = models.PositiveSmallIntegerField(default=3)  # between an invitation and its reminder
    texts = models.JSONField(default=dict)  # language -> name of a text -> the municipality's own wording
    drawn_on = models.DateField(null=True)  # the last day whose ration was drawn

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """Nobody is reminded more than twice."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="at_most_two_reminders", condition=Q(reminders__lte=MOST_REMINDERS)),
            models.CheckConstraint(
                name="a_response_rate_is_a_share", condition=Q(response_rate__gt=0, response_rate__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"plan of {self.pk}"


class Invitation(OwnedModel):
    """One person's invitation to one participation. Its link is derived from ``nonce``, which dies at submit."""

    class State(models.TextChoices):
        """How far it has come."""

        PLANNED = "planned", gettext_lazy("planerad")
        QUEUED = "queued", gettext_lazy("i kö")
        SENT = "sent", gettext_lazy("skickad")
        FAILED = "failed", gettext_lazy("gick inte fram")
        OPTED_OUT = "opted_out", gettext_lazy("avböjd")

    OWNER: ClassVar[str] = "participation__organisation"

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    contact = models.OneToOneField(Contact, on_delete=models.SET_NULL, null=True, related_name="invitation")
    nonce = models.BinaryField(null=True)  # 16 random bytes; none once the invitation is spent
    link_hash = models.CharField(max_length=64, unique=True)  # SHA-256 of the link
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    reminders = models.PositiveSmallIntegerField(default=0)  # queued so far
    due = models.DateTimeField(null=True)  # when the next message of it may go; none where no more is planned

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """Found by what is due."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="invitation_due", fields=["participation", "state", "due"], condition=Q(due__isnull=False)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="an_invitation_is_in_a_known_state",
                condition=Q(state__in=("planned", "queued", "sent", "failed", "opted_out")),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} ({self.state})"
