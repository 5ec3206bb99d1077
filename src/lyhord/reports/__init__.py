"""Editions of reports: producing them for many municipalities, restartably."""
