"""How fast each receiving domain is sent to, which servers rest, and which series of messages are held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lyhord.accounts.models import Organisation
from lyhord.accounts.ownership import OwnedManager, OwnedModel


class Pace(models.Model):
    """When the next place is free for one organisation's mail to one receiving domain. Times are seconds since 1970.

    Only a keyed hash of organisation and domain is kept: a domain may be a person's own.
    """

    key = models.CharField(max_length=64, primary_key=True)
    free = models.FloatField(default=0.0)
    beyond = models.FloatField(default=0.0)

    def __str__(self) -> str:
        return self.key


class Rest(models.Model):
    """A server that is left alone since it failed, until when (seconds since 1970), for the how manieth time."""

    key = models.CharField(max_length=64, primary_key=True)  # a hash of the server and the login to it
    name = models.CharField(max_length=300)
    opens = models.FloatField()
    rests = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Hold(OwnedModel):
    """A series of messages that is held, or was. The row that has not ended is what holds it."""

    class Ground(models.TextChoices):
        """Who or what stopped it."""

        PERSON = "person", "pausad"
        BOUNCES = "bounces", "för många adresser finns inte"
        REFUSALS = "refusals", "mottagande servrar avvisar avsändaren"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    series = models.CharField(max_length=40)
    ground = models.CharField(max_length=8, choices=Ground.choices, default=Ground.PERSON)
    since = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True)

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """A series is held once at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="a_series_is_held_once", fields=["organisation", "series"], condition=Q(ended__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.ground}"
