"""The measurements as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class MeasurementsConfig(AppConfig):
    """Municipalities, rounds, participations and comparison groups."""

    name = "lyhord.measurements"
    label = "lyhord_measurements"
    verbose_name = "Mätningar"
