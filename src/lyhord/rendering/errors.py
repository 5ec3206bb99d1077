"""The exception of the rendering room."""

from __future__ import annotations


class RenderingError(ValueError):
    """A report or chart cannot be rendered; the message names what, where and the remedy."""
