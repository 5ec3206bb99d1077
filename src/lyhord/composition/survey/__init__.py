"""Composing the reports of the citizen survey: one municipality's, and the national one."""
