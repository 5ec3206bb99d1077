"""The results as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Pages of live figures, and what of the counts may be seen in them."""

    name = "lyhord.results"
    label = "lyhord_results"
    verbose_name = "Resultat"

    def ready(self) -> None:
        """Let what is shown follow the counts."""
        from lyhord.results import following  # noqa: PLC0415 - needs the models, which load after this module

        following.listen()
