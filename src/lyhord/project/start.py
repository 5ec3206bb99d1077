"""Starts Django inside a command, and refuses where a check finds an error."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.checks import CheckMessage, run_checks
from django.core.management import call_command

from lyhord.project.command import CommandError


def start_django() -> None:
    """Load the settings and applications, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lyhord.project.settings")
    django.setup()


def prepare_records() -> None:
    """Make the folder and the tables that records are kept in, or bring the tables up to date."""
    settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


def found_by_checks() -> list[CheckMessage]:
    """Everything that the system checks find, errors first."""
    return sorted(run_checks(), key=lambda message: -message.level)


def lines_of(message: CheckMessage) -> list[str]:
    """A finding as lines for the terminal: id and what is wrong, then the remedy."""
    remedy = [f"  {message.hint}"] if message.hint else []
    return [f"{message.id}: {message.msg}", *remedy]


def refuse_errors(found: list[CheckMessage]) -> None:
    """CommandError naming every error among the findings; nothing where there is none."""
    errors = [line for message in found if message.is_serious() for line in lines_of(message)]
    if errors:
        raise CommandError("\n".join(["inställningarna har fel:", *errors]))
