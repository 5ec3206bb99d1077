"""The contacts as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Uploads, contacts, their keys, and who has been surveyed."""

    name = "lyhord.survey.contacts"
    label = "survey_contacts"
    verbose_name = "Kontakter"
