"""The migrations say what the records are, and each is named as a sentence."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

SENTENCE = re.compile(r"\d{4}(_[a-z0-9]+){3,}")
OWN = {config.label for config in apps.get_app_configs() if config.name.startswith("lyhord.")}
MOST_MODELS = 6


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_migration_is_named_as_a_sentence() -> None:
    names = [name for app, name in MigrationLoader(None).disk_migrations if app in OWN]
    assert len(names) >= 3
    assert [name for name in names if not SENTENCE.fullmatch(name)] == []


@pytest.mark.parametrize("label", sorted(OWN))
def test_an_application_keeps_few_kinds_of_records(label: str) -> None:
    assert len(list(apps.get_app_config(label).get_models())) <= MOST_MODELS


@pytest.mark.django_db
def test_the_application_is_no_superuser_of_its_database() -> None:
    """Row security would be off for one; SQLite knows no roles."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False, False)
    else:
        assert connection.vendor == "sqlite"
