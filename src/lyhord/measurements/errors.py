"""The one family of errors that the room of measurements raises."""

from __future__ import annotations


class MeasurementError(Exception):
    """A round, participation or count cannot be as asked; the message names what, where and the remedy."""
