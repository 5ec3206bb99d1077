"""The one family of errors that the room of the mystery measurement raises."""

from __future__ import annotations


class MysteryError(Exception):
    """A plan, persona, probe or grade cannot be as asked; the message, in Swedish, names what and the remedy."""
