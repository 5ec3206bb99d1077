"""The answers as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """Drafts, the intake, responses, and what respondents are told."""

    name = "lyhord.survey.answers"
    label = "survey_answers"
    verbose_name = "Svar"

    def ready(self) -> None:
        """Let answers that wait count towards the quota and into a round before it is locked, and workers mix them."""
        from lyhord.measurements.rounds import before_locking  # noqa: PLC0415 - needs the models, as below
        from lyhord.survey.answers import jobs  # noqa: PLC0415 - needs the models, which load after this module
        from lyhord.survey.answers.closing import count_what_waits  # noqa: PLC0415 - as above
        from lyhord.survey.answers.quota import waiting  # noqa: PLC0415 - as above
        from lyhord.survey.sending.quota import also_count  # noqa: PLC0415 - as above

        also_count(waiting)
        before_locking(count_what_waits)
        jobs.register()
