"""The one family of errors that the room of the survey raises."""

from __future__ import annotations


class SurveyError(Exception):
    """Contacts, a plan, an invitation or an answer cannot be as asked; the message names what and the remedy."""
