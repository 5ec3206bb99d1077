"""The project as a Django application: it registers the checks that run at start."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register


class ProjectConfig(AppConfig):
    """Settings and start-up checks."""

    name = "lyhord.project"
    label = "lyhord_project"
    verbose_name = "Lyhörd"

    def ready(self) -> None:
        """Register every check of the project."""
        from lyhord.project import checks  # noqa: PLC0415 - needs the models, which load after this module

        for check in checks.CHECKS:
            register(check)
