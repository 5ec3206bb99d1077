"""The sending of invitations as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class SendingConfig(AppConfig):
    """Plans and invitations."""

    name = "lyhord.survey.sending"
    label = "survey_sending"
    verbose_name = "Inbjudningar"

    def ready(self) -> None:
        """Hear what becomes of invitations, and let workers read, draw and queue."""
        from lyhord.survey.sending import jobs, queueing, stopping  # noqa: PLC0415 - need the models, loaded later

        queueing.listen_to_delivery()
        stopping.listen()
        jobs.register()
