"""Municipalities, rounds, who takes part, and the groups that they compare themselves with."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from lyhord.accounts.models import Organisation
from lyhord.accounts.ownership import OwnedManager, OwnedModel


class Municipality(models.Model):
    """One municipality of the register. Everybody's: the register is public."""

    code = models.CharField(max_length=4, primary_key=True)  # SCB's
    name = models.CharField(max_length=60)
    formal_name = models.CharField(max_length=80)
    formal_name_edited = models.BooleanField(default=False)  # by a person: the register no longer changes it
    county = models.CharField(max_length=40, blank=True)
    kommungrupp = models.CharField(max_length=2, blank=True)
    kommungrupp_name = models.CharField(max_length=80, blank=True)
    size_class = models.CharField(max_length=20, blank=True)
    similar = models.JSONField(default=list)  # codes
    population = models.PositiveIntegerField(null=True)
    register_source = models.CharField(max_length=200, blank=True)
    population_source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Round(models.Model):
    """One time that a measurement is made, bound to the very text of its instrument. Shared by all who take part."""

    class State(models.TextChoices):
        """How far the round has come."""

        PLANNED = "planned", gettext_lazy("planerad")
        OPEN = "open", gettext_lazy("öppen")
        CLOSED = "closed", gettext_lazy("stängd")
        LOCKED = "locked", gettext_lazy("låst")

    key = models.SlugField(max_length=60, unique=True)  # the round's name in files, counts and addresses
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rounds")  # that plans it
    instrument_id = models.SlugField(max_length=80)
    instrument_version = models.CharField(max_length=20)
    definition = models.TextField()  # the instrument's TOML, as it was when the round was planned
    definition_hash = models.CharField(max_length=64)
    starts = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    quarantine_days = models.PositiveSmallIntegerField(default=0)  # one survey per person within so many days
    delays = models.JSONField(default=dict)  # channel -> hours between the contact and the invitation
    fictitious = models.BooleanField(default=False)  # its answers are invented, and every page says so

    class Meta:
        """A round ends after it starts."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="a_round_ends_after_it_starts", condition=Q(ends__gte=F("starts"))),
            models.CheckConstraint(
                name="a_round_is_in_a_known_state", condition=Q(state__in=["planned", "open", "closed", "locked"])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Participation(OwnedModel):
    """A municipality's part in a round, through one channel. What is measured belongs to its organisation."""

    class Route(models.TextChoices):
        """Where the contacts come in."""

        UNKNOWN = "", gettext_lazy("okänd")
        CONTACT_CENTRE = "kontaktcenter", gettext_lazy("kontaktcenter")
        SWITCHBOARD = "vaxel", gettext_lazy("växel")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="participations")
    channel = models.CharField(max_length=20)
    quota = models.PositiveIntegerField(null=True)  # none: sending is not stopped
    raised_thresholds = models.JSONField(default=dict)  # name -> what it was raised to
    sender_name = models.CharField(max_length=80, blank=True)  # in e-mail: "Växjö kommun"
    sms_sender = models.CharField(max_length=11, blank=True)
    route = models.CharField(max_length=13, choices=Route.choices, blank=True)

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """A municipality takes part once through each channel."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="takes_part_once", fields=["round", "municipality", "channel"]),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.round}, {self.channel}"


class ComparisonGroup(OwnedModel):
    """A group of an organisation's own making: municipalities that it chose, or those of a certain size.

    The groups that everyone has (size class, kommungrupp, cluster, similar) follow from the register.
    """

    class Kind(models.TextChoices):
        """What its members have in common."""

        CHOSEN = "chosen", gettext_lazy("valda kommuner")
        POPULATION = "population", gettext_lazy("invånarantal")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="comparison_groups")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    codes = models.JSONField(default=list)  # of chosen municipalities
    least = models.PositiveIntegerField(null=True)  # inhabitants
    most = models.PositiveIntegerField(null=True)

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """A name stands for one group, and a group by size has its limits."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_group_has_its_name_alone", fields=["organisation", "name"]),
            models.CheckConstraint(
                name="a_group_by_size_has_limits_that_rise",
                condition=Q(kind="chosen") | Q(least__isnull=False, most__gte=F("least")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, with the codes in order and each of them once."""
        self.codes = sorted(set(self.codes))
        super().save(*args, **kwargs)


class Disposal(OwnedModel):
    """What gallring removed: which kind, how many rows, by which rule. Never what they held."""

    class Kind(models.TextChoices):
        """What is removed when its time is out."""

        ORIGINALS = "originals", "kommentarer i original"
        RESPONSES = "responses", "enskilda svar"
        REQUESTS = "requests", "önskemål om kontakt"
        DRAFTS = "drafts", "påbörjade svar"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    rows = models.PositiveIntegerField()
    rule = models.CharField(max_length=120)
    on = models.DateField()

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"{self.kind}: {self.rows} on {self.on}"
