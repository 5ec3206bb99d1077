"""The interviewer's calls as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """What was pressed and saved during calls, and the switchboards' numbers."""

    name = "lyhord.mystery.calls"
    label = "lyhord_calls"
    verbose_name = "Samtal"
