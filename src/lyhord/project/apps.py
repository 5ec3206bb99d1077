"""The project as a Django application: it registers the checks that run at start."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register

from lyhord.project import checks


class ProjectConfig(AppConfig):
    """Settings and start-up checks."""

    name = "lyhord.project"
    label = "lyhord_project"
    verbose_name = "Lyhörd"

    def ready(self) -> None:
        """Register every check of the project."""
        for check in checks.CHECKS:
            register(check)
