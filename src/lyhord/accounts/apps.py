"""The accounts as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organisations, memberships and the audit trail."""

    name = "lyhord.accounts"
    label = "lyhord_accounts"
    verbose_name = "Konton"

    def ready(self) -> None:
        """Write down every sign-in and sign-out."""
        from lyhord.accounts import signing_in  # noqa: PLC0415 - needs the models, which load after this module

        signing_in.listen()
