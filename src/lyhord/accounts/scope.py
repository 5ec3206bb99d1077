"""The scope: whose records the code at hand may touch. Without one, touching an organisation's records raises."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lyhord.accounts.errors import ScopeError

if TYPE_CHECKING:
    from lyhord.accounts.models import Organisation


@dataclass(frozen=True, slots=True)
class Scope:
    """One organisation's records, or everyone's (``organisation`` is None) for a stated ``reason``."""

    organisation: int | None
    reason: str = ""

    def holds(self, organisation: int | None) -> bool:
        """Whether records of the organisation with this id lie within the scope."""
        return self.organisation is None or self.organisation == organisation


_active: ContextVar[Scope | None] = ContextVar("lyhord_scope", default=None)
NO_SCOPE: Final = (
    "No scope is active, so the records of {what} are out of reach. Wrap the code in `with scope(organisation):`, "
    "or, where it works for all of them, in `with scope_of_everything(reason):`."
)


def active_scope(what: str = "an organisation") -> Scope:
    """The scope at hand; ScopeError, naming ``what`` was asked for, where there is none."""
    found = _active.get()
    if found is None:
        raise ScopeError(NO_SCOPE.format(what=what))
    return found


@contextmanager
def scope(organisation: Organisation | int) -> Generator[Scope, None, None]:
    """Only this organisation's records, until the block ends; blocks may be nested, the innermost holds.

    A response that streams is written after the middleware's block has ended: open a scope in its generator too.
    ScopeError for an organisation that is not stored.
    """
    number = organisation if isinstance(organisation, int) else organisation.pk
    if not isinstance(number, int):
        raise ScopeError("The organisation has no id: save it before its scope is opened.")
    with _activated(Scope(number)) as opened:
        yield opened


@contextmanager
def scope_of_everything(reason: str) -> Generator[Scope, None, None]:
    """Every organisation's records, until the block ends; for the coordinator, commands and the worker.

    ``reason`` is for the reader of the code; ScopeError where it is empty.
    """
    if not reason.strip():
        raise ScopeError(
            "The scope of everything needs a reason: say why this code reads every organisation's records."
        )
    with _activated(Scope(None, reason)) as opened:
        yield opened


@contextmanager
def _activated(wanted: Scope) -> Generator[Scope, None, None]:
    token = _active.set(wanted)
    try:
        yield wanted
    finally:
        _active.reset(token)
