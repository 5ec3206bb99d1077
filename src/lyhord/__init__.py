"""Lyhörd: open service measurement for municipalities."""

__version__ = "0.1.0"
