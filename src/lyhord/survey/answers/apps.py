"""The answers as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """Drafts, the intake, responses, and what respondents are told."""

    name = "lyhord.survey.answers"
    label = "survey_answers"
    verbose_name = "Svar"
