"""What slows and stops sending, as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class BrakesConfig(AppConfig):
    """Paces, rests and holds."""

    name = "lyhord.delivery.brakes"
    label = "delivery_brakes"
    verbose_name = "Broms för utskick"
