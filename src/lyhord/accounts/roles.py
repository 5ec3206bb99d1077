"""The roles that a person has in an organisation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy


class Role(models.TextChoices):
    """One role of one membership. The stored word is the Swedish one, without å, ä and ö."""

    COORDINATOR = "samordnare", gettext_lazy("samordnare")  # runs the national round
    READER = "lasare", gettext_lazy("läsare")  # sees the organisation's own results
    LEADER = "matledare", gettext_lazy("mätledare")  # plans, imports contacts, sends
    REVIEWER = "granskare", gettext_lazy("granskare")  # confirms grades and replies to probes
    INTERVIEWER = "intervjuare", gettext_lazy("intervjuare")  # calls, writes and grades
    ADMINISTRATOR = "kommunadmin", gettext_lazy("kommunadmin")  # users, sender, retention
    ANALYST = "analytiker", gettext_lazy("analytiker")  # aggregates of all, above the thresholds
    OPERATOR = "driftadmin", gettext_lazy("driftadmin")  # keeps it running; sees no content
