"""Graded observations as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ObservingConfig(AppConfig):
    """Gradings and the trace of their corrections."""

    name = "lyhord.mystery.observing"
    label = "lyhord_observing"
    verbose_name = "Bedömningar"
