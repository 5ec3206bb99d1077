"""The results as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Pages of live figures. It keeps no records of its own."""

    name = "lyhord.results"
    label = "lyhord_results"
    verbose_name = "Resultat"
