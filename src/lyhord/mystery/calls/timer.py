"""What the presses of the timer button say: how far the call has come, and how long it took to reach an officer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

LONGEST: Final = Decimal(86_400)  # seconds; the instruments take no longer call


class Step(StrEnum):
    """What is pressed: the steps of a call in their order, and taking the last one back."""

    DIALLED = "dialled"
    ANSWERED = "answered"  # the switchboard: a menu, a queue or a telephonist
    OFFICER = "officer"
    ENDED = "ended"
    UNDONE = "undone"


ORDER: Final = (Step.DIALLED, Step.ANSWERED, Step.OFFICER, Step.ENDED)


@dataclass(frozen=True, slots=True)
class Press:
    """One press. Moments are in milliseconds since 1970, ``clock_ms`` by the telephone's own clock where it has told.

    ``sequence`` counts upwards on one device ("" is the server itself, for pages without JavaScript).
    """

    step: Step
    sequence: int
    received_ms: int
    device: str = ""
    clock_ms: int | None = None


def in_order(presses: Iterable[Press]) -> tuple[Press, ...]:
    """The presses as they were made, in whatever order they arrived: device by device, each by its own count."""
    every = list(presses)
    first: dict[str, int] = {}
    for one in every:
        first[one.device] = min(one.received_ms, first.get(one.device, one.received_ms))
    return tuple(sorted(every, key=lambda one: (first[one.device], one.device, one.sequence)))


def standing(presses: Iterable[Press]) -> tuple[Press, ...]:
    """The presses that hold: what was taken back is gone, and what cannot follow on the one before counts for nothing.

    A call begins by dialling, steps may be left out but never come back, and nothing follows its end.
    """
    kept: list[Press] = []
    for one in in_order(presses):
        if one.step is Step.UNDONE:
            if kept:
                kept.pop()
        elif one.step in following(kept[-1].step if kept else None):
            kept.append(one)
    return tuple(kept)


def following(step: Step | None) -> tuple[Step, ...]:
    """The steps that may come after this one; None is before the call."""
    if step is None:
        return (Step.DIALLED,)
    return ORDER[ORDER.index(step) + 1 :]


def seconds_between(presses: Sequence[Press], first: Step, last: Step) -> Decimal | None:
    """Seconds from one standing press to another, to the millisecond; None where one lacks or no clock tells.

    Only two presses by one clock are compared: a press that waited for a line says nothing by when it was received. A
    telephone whose clock was set back, or that tells of more than a day, tells nothing.
    """
    found = {one.step: one for one in presses}
    if first not in found or last not in found or found[first].device != found[last].device:
        return None
    begun, ended = _moment(found[first]), _moment(found[last])
    if begun is None or ended is None:
        return None
    seconds = Decimal(ended - begun) / 1000
    return seconds if 0 <= seconds <= LONGEST else None


def contact_seconds(presses: Iterable[Press]) -> Decimal | None:
    """Seconds from dialling to the officer; None where none was reached or the clock cannot tell."""
    return seconds_between(standing(presses), Step.DIALLED, Step.OFFICER)


def written(seconds: Decimal | None) -> str:
    """Seconds as an instrument takes them: plain, without needless noughts; "" for None."""
    if seconds is None:
        return ""
    text = f"{seconds:.3f}".rstrip("0").rstrip(".")
    return text or "0"


def _moment(press: Press) -> int | None:
    """By the device's own clock; the server's presses are by the server's."""
    return press.clock_ms if press.device else press.received_ms
