"""Delivery as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The outbox, senders, receipts and suppressions."""

    name = "lyhord.delivery"
    label = "lyhord_delivery"
    verbose_name = "Utskick"

    def ready(self) -> None:
        """Register what the room does over and over."""
        from lyhord.delivery import housekeeping, welcoming  # noqa: PLC0415 - needs the models, which load after this

        housekeeping.register()
        welcoming.register()
