"""The sending of invitations as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class SendingConfig(AppConfig):
    """Plans and invitations."""

    name = "lyhord.survey.sending"
    label = "survey_sending"
    verbose_name = "Inbjudningar"
