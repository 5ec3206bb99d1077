"""The question banks that come with Lyhörd."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from lyhord.instruments.faults import Faults, InstrumentError
from lyhord.instruments.question_reading import bank_from_text
from lyhord.instruments.questions import QuestionBank

SUFFIX = ".toml"


def available_banks(instrument_id: str | None = None) -> tuple[str, ...]:
    """The ids of the shipped banks, sorted; only those written for the instrument where one is named."""
    names = sorted(entry.name.removesuffix(SUFFIX) for entry in _shelf().iterdir() if entry.name.endswith(SUFFIX))
    return tuple(name for name in names if instrument_id is None or instrument_id in load_bank(name).instruments)


@cache
def load_bank(bank_id: str) -> QuestionBank:
    """The shipped bank with this id. InstrumentError where there is none, or with every fault of its file."""
    return bank_from_text(bank_text(bank_id), f"{bank_id}{SUFFIX}")


def bank_text(bank_id: str) -> str:
    """The text that a shipped bank is written in, to be frozen with a plan. InstrumentError where there is none."""
    if bank_id not in available_banks():
        faults = Faults()
        faults.add("id", "is not in the catalogue.", f"Choose one of {', '.join(available_banks())}.")
        raise InstrumentError(bank_id, faults.found)
    return (_shelf() / f"{bank_id}{SUFFIX}").read_text("utf-8")


def _shelf() -> Traversable:
    return files("lyhord.instruments") / "catalogue" / "questions"
