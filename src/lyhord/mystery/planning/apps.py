"""The planning of mystery rounds as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Personas, plans, interviewers and probes."""

    name = "lyhord.mystery.planning"
    label = "lyhord_planning"
    verbose_name = "Provkontakter"
