"""The report as a PowerPoint presentation with native, editable charts and tables."""

from __future__ import annotations

from lyhord.rendering.pptx.deck import render_pptx

__all__ = ["render_pptx"]
