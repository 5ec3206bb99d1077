"""What a probe gave, as somebody graded it, and every correction afterwards. All of it is the measurer's own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from lyhord.accounts.models import AppendOnlyManager, Organisation, User
from lyhord.accounts.ownership import OwnedManager, OwnedModel
from lyhord.mystery.planning.models import Probe


class Grading(OwnedModel):
    """One person's grading of one probe: the instrument's items and what was answered to each.

    A probe has at most one of each turn. What counts is the settled one where there is one, otherwise the first.
    """

    class Turn(models.TextChoices):
        """Whose grading it is."""

        FIRST = "first", gettext_lazy("första bedömningen")
        SECOND = "second", gettext_lazy("blind andra bedömning")
        SETTLED = "settled", gettext_lazy("avgörande")  # after a disagreement

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # that measures
    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, related_name="gradings")
    turn = models.CharField(max_length=7, choices=Turn.choices, default=Turn.FIRST)
    grader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)  # item id -> stored form (``instruments.answers``); redacted comments
    finished_at = models.DateTimeField(null=True)  # none: a draft, saved as it is typed

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """One of each turn."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_probe_is_graded_once_a_turn", fields=["probe", "turn"]),
            models.CheckConstraint(name="a_turn_is_known", condition=Q(turn__in=("first", "second", "settled"))),
        ]

    def __str__(self) -> str:
        return f"{self.turn} of {self.probe}"


class Correction(OwnedModel):
    """A change to a finished grading: what stood, what stands, who, when and why. Never changed itself."""

    OWNER: ClassVar[str] = "grading__organisation"

    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="corrections")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    before = models.JSONField()  # only the items that changed; "" where none stood
    after = models.JSONField()

    objects: ClassVar[AppendOnlyManager[Any]] = AppendOnlyManager()

    class Meta(OwnedModel.Meta):
        """In the order they were made."""

        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"correction of {self.grading}"
