"""Chance that can be had again: one stream of random numbers for each step of the demonstration."""

from __future__ import annotations

from random import Random


def stream(seed: int, step: str) -> Random:
    """A stream of its own for one step, so that changing one step leaves the others' numbers as they were."""
    return Random(f"{seed}:{step}")  # noqa: S311  made-up answers must be the same every time; nothing is secret
