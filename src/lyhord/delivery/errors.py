"""The one family of errors that the room of delivery raises."""

from __future__ import annotations


class DeliveryError(Exception):
    """A message, sender or gateway cannot be as asked; the message names what, where and the remedy."""


class SealError(DeliveryError):
    """What was sealed cannot be opened: its key is gone, unknown or not its own."""
