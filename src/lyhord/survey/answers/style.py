"""The one style sheet of the respondent's pages: the design tokens and the pages' own rules, in one cached file."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from django.urls import reverse

from lyhord.rendering import tokens


@cache
def sheet() -> str:
    """The style sheet."""
    return tokens.css() + (files(__package__) / "styles" / "enkat.css").read_text("utf-8")


@cache
def address() -> str:
    """Where it is fetched; another address as soon as a rule changes, so that it may be kept for a year."""
    return f"{reverse('answers:css')}?v={hashlib.sha256(sheet().encode()).hexdigest()[:12]}"
