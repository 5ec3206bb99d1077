"""The web pages as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and texts."""

    name = "lyhord.web"
    label = "lyhord_web"
    verbose_name = "Webbsidor"
