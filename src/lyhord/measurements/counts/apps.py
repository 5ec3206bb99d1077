"""The counts as a Django application of their own."""

from __future__ import annotations

from django.apps import AppConfig


class CountsConfig(AppConfig):
    """Tally cells and their siblings."""

    name = "lyhord.measurements.counts"
    label = "lyhord_counts"
    verbose_name = "Sammanräkningar"
