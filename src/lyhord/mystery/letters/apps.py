"""Letters and replies as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters that were posted, and what came back."""

    name = "lyhord.mystery.letters"
    label = "lyhord_letters"
    verbose_name = "Brev och svar"

    def ready(self) -> None:
        """Register what is done over and over."""
        from lyhord.mystery.letters import housekeeping  # noqa: PLC0415 - needs the models, which load after this

        housekeeping.register()
