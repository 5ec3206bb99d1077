"""Composing the report of the mystery measurement."""
