"""Second gradings, remarks and approval as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """What makes single observations into figures that can be published."""

    name = "lyhord.mystery.quality"
    label = "lyhord_quality"
    verbose_name = "Granskning av provkontakter"
