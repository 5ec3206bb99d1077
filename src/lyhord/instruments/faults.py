"""What is wrong with an instrument file: every fault with its key and remedy, raised together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the key in the file (``items.tel.enkelhet.options[2].points``), what is wrong and what to do.

    The three read as sentences: "items.tel.enkelhet.options[2].points is 120. Points lie between 0 and 100."
    """

    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.key} {self.what} {self.remedy}"


class InstrumentError(ValueError):
    """An instrument cannot be used. ``faults`` holds everything found, the message lists it all."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        count = len(self.faults)
        heading = f"{file}: {count} {'fault' if count == 1 else 'faults'} in the instrument."
        super().__init__("\n".join([heading, *(f"  {fault}" for fault in self.faults)]))


@dataclass(slots=True)
class Faults:
    """Gathers faults while a file is read, so that its author sees all of them at once."""

    found: list[Fault] = field(default_factory=list)

    def add(self, key: str, what: str, remedy: str) -> None:
        """Note one fault; a second one with the same key and text is dropped."""
        fault = Fault(key, what, remedy)
        if fault not in self.found:
            self.found.append(fault)

    def touch(self, key: str) -> bool:
        """Whether anything at or below ``key`` is already faulty; what builds on it need not be reported too."""
        return any(fault.key == key or fault.key.startswith((f"{key}.", f"{key}[")) for fault in self.found)
