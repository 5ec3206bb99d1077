"""The report as an Excel workbook: the data behind every figure, with a native chart beside it."""

from __future__ import annotations

from lyhord.rendering.xlsx.workbook import render_xlsx

__all__ = ["render_xlsx"]
