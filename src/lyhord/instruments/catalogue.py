"""The instruments that come with Lyhörd, and loading of a municipality's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from lyhord.instruments.definition import Instrument
from lyhord.instruments.faults import Faults, InstrumentError
from lyhord.instruments.reading import instrument_from_bytes

SUFFIX = ".toml"


def available() -> tuple[str, ...]:
    """The ids of the shipped instruments, sorted."""
    names = (entry.name for entry in _shelf().iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)))


def load(source: str | Traversable) -> Instrument:
    """The instrument with this id from the catalogue, or the one in this file (a ``pathlib.Path`` will do).

    Raises InstrumentError with every fault of the file, each with its key and remedy.
    """
    if isinstance(source, str):
        return _from_catalogue(source)
    return _from_file(source)


def definition_text(instrument_id: str) -> str:
    """The text that a shipped instrument is written in, to be frozen with a round. InstrumentError as for ``load``."""
    return (_shelf() / f"{load(instrument_id).id}{SUFFIX}").read_text("utf-8")


@cache
def _from_catalogue(instrument_id: str) -> Instrument:
    if instrument_id not in available():
        faults = Faults()
        faults.add(
            "id",
            "is not in the catalogue.",
            f"Choose one of {', '.join(available())}, or give the path of a file of your own.",
        )
        raise InstrumentError(instrument_id, faults.found)
    return _from_file(_shelf() / f"{instrument_id}{SUFFIX}")


def _shelf() -> Traversable:
    return files("lyhord.instruments") / "catalogue"


def _from_file(file: Traversable) -> Instrument:
    faults = Faults()
    try:
        content = file.read_bytes()
    except OSError as error:
        faults.add("the file", f"cannot be read: {error.strerror}.", "Check its path and permissions.")
        raise InstrumentError(file.name, faults.found) from error
    instrument = instrument_from_bytes(content, file.name)
    if f"{instrument.id}{SUFFIX}" != file.name:
        faults.add("id", f"is {instrument.id!r}.", f"Name the file {instrument.id}{SUFFIX}: the id is its name.")
        raise InstrumentError(file.name, faults.found)
    return instrument
