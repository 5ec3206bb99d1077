"""The one family of errors that the answers raise."""

from __future__ import annotations


class AnswerError(Exception):
    """An answer cannot be taken, mixed or counted as asked; the message names what and the remedy."""
