"""Thresholds may be raised by a municipality, never lowered."""

from __future__ import annotations

from dataclasses import fields, replace

from lyhord.instruments.definition import Thresholds
from lyhord.method.tally import MethodError


def raised(thresholds: Thresholds, **changes: int) -> Thresholds:
    """``thresholds`` with some of them raised: ``raised(instrument.thresholds, publish=10)``.

    MethodError names a threshold that does not exist or would become lower than the instrument's.
    """
    known = {field.name for field in fields(thresholds)}
    for name, wanted in changes.items():
        if name not in known:
            raise MethodError(f"There is no threshold {name!r}. Choose among {', '.join(sorted(known))}.")
        at_least(name, getattr(thresholds, name), wanted)
    return replace(thresholds, **changes)


def at_least(name: str, lowest: int, wanted: int | None) -> int:
    """``wanted``, or ``lowest`` where nothing is wanted. MethodError when it would lower the threshold ``name``."""
    if wanted is None:
        return lowest
    if wanted < lowest:
        raise MethodError(
            f"The threshold {name} is {lowest} in the instrument and cannot be lowered to {wanted}. "
            f"Keep {lowest} or choose a higher number."
        )
    return wanted
