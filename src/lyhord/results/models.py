"""What may be seen of a participation's counts while answers come in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lyhord.accounts.ownership import OwnedManager, OwnedModel
from lyhord.measurements.models import Participation


class ShownCounts(OwnedModel):
    """One participation's counts as they are shown (``results.advancing``); the counts themselves are ahead of them."""

    OWNER: ClassVar[str] = "participation__organisation"

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    whole = models.JSONField(default=dict)  # item -> option -> count
    states = models.JSONField(default=dict)  # item -> Shown
    version = models.PositiveIntegerField(default=0)  # one more each time that something is shown anew
    settled = models.BooleanField(default=False)  # the round has closed, and all of its counts are in

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"shown counts of {self.pk}, version {self.version}"
