"""Tally cells and their siblings: rows that are added to, never counted anew when a page is shown."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lyhord.accounts.ownership import OwnedManager, OwnedModel
from lyhord.measurements.models import Participation, Round
from lyhord.method.tally import NO_BREAKDOWN


class CountedRow(OwnedModel):
    """A row of one participation's counts, within the scope of its organisation."""

    OWNER: ClassVar[str] = "participation__organisation"

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """What all counted rows share."""

        abstract = True


class TallyCell(CountedRow):
    """How many answers to an item fell on an option, in one cell of one breakdown (``method.tally.Cell``)."""

    breakdown = models.CharField(max_length=20, default=NO_BREAKDOWN)
    value = models.CharField(max_length=60, blank=True)
    item = models.CharField(max_length=60)
    option = models.CharField(max_length=40)
    count = models.PositiveIntegerField()

    class Meta(CountedRow.Meta):
        """One row per cell."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_row_per_cell", fields=["participation", "breakdown", "value", "item", "option"]
            )
        ]


class PairCell(CountedRow):
    """How many gave one option to one item and another to a second (``method.tally.PairTally``)."""

    first = models.CharField(max_length=60)
    second = models.CharField(max_length=60)
    first_option = models.CharField(max_length=40)
    second_option = models.CharField(max_length=40)
    count = models.PositiveIntegerField()

    class Meta(CountedRow.Meta):
        """One row per pair of options."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_row_per_pair", fields=["participation", "first", "second", "first_option", "second_option"]
            )
        ]


class FlowCount(CountedRow):
    """How many contacts came to one stage (``method.tally.Flow``); a stage without a row is unknown, not zero."""

    class Stage(models.TextChoices):
        """How far a contact came; the excluded have a reason."""

        LISTED = "listed"
        INVITED = "invited"
        ANSWERED = "answered"
        COMMENTED = "commented"
        EXCLUDED = "excluded"

    stage = models.CharField(max_length=10, choices=Stage.choices)
    reason = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField()

    class Meta(CountedRow.Meta):
        """One row per stage and reason."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_row_per_stage", fields=["participation", "stage", "reason"]),
            models.CheckConstraint(name="the_excluded_have_a_reason", condition=Q(stage="excluded") ^ Q(reason="")),
        ]


class DurationCell(CountedRow):
    """Exact durations at one place (``method.tally.DurationSum``), in seconds."""

    breakdown = models.CharField(max_length=20, default=NO_BREAKDOWN)
    value = models.CharField(max_length=60, blank=True)
    item = models.CharField(max_length=60)
    n = models.PositiveIntegerField()
    seconds = models.PositiveBigIntegerField()
    squares = models.PositiveBigIntegerField()
    least = models.PositiveIntegerField()
    greatest = models.PositiveIntegerField()

    class Meta(CountedRow.Meta):
        """One row per place and item."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_row_of_durations", fields=["participation", "breakdown", "value", "item"]
            ),
            models.CheckConstraint(name="the_least_is_not_greater", condition=Q(least__lte=F("greatest"))),
        ]


class ExternalValue(models.Model):
    """A printed figure with no counts behind it (``method.tally.ExternalFigure``). Everybody's: it is published."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="external_values")  # whose reports show it
    municipality_code = models.CharField(max_length=4, blank=True)  # none: the whole country's
    measure = models.CharField(max_length=80)
    label = models.CharField(max_length=120)
    value = models.FloatField()
    source = models.CharField(max_length=200)
    of_round = models.CharField(max_length=60, blank=True)  # the round it was printed for, often an earlier one
    group = models.CharField(max_length=80, blank=True)
    low = models.FloatField(null=True)  # a printed range, not an interval
    high = models.FloatField(null=True)
    members = models.PositiveIntegerField(null=True)

    class Meta:
        """A figure of one source stands once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="a_printed_figure_stands_once",
                fields=["round", "measure", "of_round", "municipality_code", "group", "label"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value} ({self.source})"
