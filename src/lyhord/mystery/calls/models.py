"""What came in from an interviewer's telephone, once each, and the numbers to call. All of it is the measurer's own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from lyhord.accounts.models import AppendOnlyManager, Organisation, User
from lyhord.accounts.ownership import OwnedManager, OwnedModel
from lyhord.measurements.models import Municipality
from lyhord.mystery.planning.models import Probe


class Switchboard(OwnedModel):
    """A municipality's telephone number, as the organisation that measures has written it down. Kept between rounds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # that measures
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)  # as it is written: 0383-971 00

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """One number a municipality."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_municipality_has_one_number", fields=["organisation", "municipality"]),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.number}"


class Entry(OwnedModel):
    """One thing that an interviewer did: a press of the timer, or saving answers. Never changed; texts are not here.

    An entry may have waited on a telephone without a line: its key says whether it has come before, its sequence where
    it belongs.
    """

    class Kind(models.TextChoices):
        """A step of the timer, or what was saved."""

        DIALLED = "dialled", gettext_lazy("slog numret")
        ANSWERED = "answered", gettext_lazy("växeln svarade")
        OFFICER = "officer", gettext_lazy("handläggaren svarade")
        ENDED = "ended", gettext_lazy("samtalet slut")
        UNDONE = "undone", gettext_lazy("ångrade trycket före")
        ANSWERS = "answers", gettext_lazy("sparade svar")
        FINISHED = "finished", gettext_lazy("sparade som klart")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # that measures
    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, related_name="entries")
    caller = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)  # the device's own, of random digits
    device = models.CharField(max_length=40, blank=True)  # none: a form without JavaScript
    sequence = models.PositiveBigIntegerField()  # counts upwards on the device
    kind = models.CharField(max_length=8, choices=Kind.choices)
    clock_ms = models.BigIntegerField(null=True)  # since 1970 by the device's clock, which never runs backwards
    received_at = models.DateTimeField()

    objects: ClassVar[AppendOnlyManager[Any]] = AppendOnlyManager()

    class Meta(OwnedModel.Meta):
        """As they were made on each device; each comes once."""

        ordering: ClassVar[list[str]] = ["device", "sequence", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="an_entry_comes_once", fields=["organisation", "caller", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.probe_id}"
