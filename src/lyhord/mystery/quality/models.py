"""What is kept about the quality of observations: which are graded twice, what municipalities say, what is approved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from lyhord.accounts.models import Organisation, User
from lyhord.accounts.ownership import OwnedManager, OwnedModel
from lyhord.measurements.models import Municipality, Round
from lyhord.mystery.planning.models import Probe


class QualityTerms(OwnedModel):
    """How a round's observations are looked over: the share graded twice, and how long municipalities may comment."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, primary_key=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # that measures
    share = models.PositiveSmallIntegerField(default=10)  # percent of the graded contacts, in every channel and area
    seed = models.CharField(max_length=40)
    remarks_until = models.DateField(null=True)  # the last day; none: municipalities are not asked

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """A share is at most everything."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="a_share_is_at_most_all", condition=Q(share__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.share} % of {self.pk}"


class Drawn(OwnedModel):
    """A contact that fell to be graded by a second person, who does not see the first grades."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # that measures
    probe = models.OneToOneField(Probe, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"{self.probe} to be graded again"


class Words(OwnedModel):
    """Words of a contact that the report may quote. A planned contact's question is in its plan's bank instead."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # that measures
    probe = models.OneToOneField(Probe, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(blank=True)  # of a contact that was imported
    comments = models.JSONField(default=dict)  # the factor that it is about -> what the interviewer wrote, redacted
    answer = models.TextField(blank=True)  # of a letter, redacted
    example = models.BooleanField(default=False)  # a letter whose question the report shows as well answered

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"words of {self.probe}"


class Remark(OwnedModel):
    """What a municipality says about one graded contact before the figures are published, and what was replied.

    The record is the measuring organisation's; the municipality's people reach it through ``remarks`` alone.
    """

    class Outcome(models.TextChoices):
        """What came of it."""

        OPEN = "open", gettext_lazy("väntar på svar")
        KEPT = "kept", gettext_lazy("bedömningen står kvar")
        CORRECTED = "corrected", gettext_lazy("bedömningen rättades")
        EXCLUDED = "excluded", gettext_lazy("kontakten uteslöts")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # that measures
    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, related_name="remarks")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")  # in the municipality
    text = models.TextField()  # redacted
    at = models.DateTimeField()
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.OPEN)
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """In the order they came; what is settled has its reply."""

        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="a_settled_remark_has_a_reply", condition=Q(outcome="open") ^ ~Q(reply="")),
        ]

    def __str__(self) -> str:
        return f"remark on {self.probe}"


class Edition(OwnedModel):
    """One municipality's observations as they were approved: a frozen copy that reports and counts are made from.

    What is corrected afterwards changes nothing published until somebody approves the next edition and says why.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # that measures
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)  # of every edition after the first
    rows = models.JSONField()  # one mapping of column to text for each contact, as a file of answers has them
    changes = models.JSONField(default=list)  # since the edition before: contact, column, what stood, what stands

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """Editions are numbered from one, and each after the first says why."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="an_edition_has_its_number", fields=["round", "municipality", "number"]),
            models.CheckConstraint(name="a_later_edition_says_why", condition=Q(number=1) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"edition {self.number} of {self.municipality_id}"
