"""Rounds: planning one on a frozen instrument, and moving it from planned to locked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation
from lyhord.instruments.definition import Instrument
from lyhord.instruments.reading import instrument_from_text
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Round

State = Round.State
BeforeLocking = Callable[[Round], None]
_before_locking: Final[list[BeforeLocking]] = []
NEXT: Final[Mapping[str, tuple[State, ...]]] = MappingProxyType(
    {
        State.PLANNED: (State.OPEN,),
        State.OPEN: (State.CLOSED,),
        State.CLOSED: (State.OPEN, State.LOCKED),
        State.LOCKED: (),
    }
)


@dataclass(frozen=True)
class RoundPlan:
    """What is decided about a round before it opens. ``delays`` are hours after the contact, by channel."""

    key: str
    name: str
    starts: date
    ends: date
    quarantine_days: int = 0
    delays: Mapping[str, int] = field(default_factory=dict)
    fictitious: bool = False


@transaction.atomic
def plan_round(organisation: Organisation, definition: str, plan: RoundPlan, *, by: Acting | None = None) -> Round:
    """A new round of the organisation's, bound to the instrument that ``definition`` (TOML) holds.

    InstrumentError lists every fault of the definition. MeasurementError for a period that ends before it starts, a
    key that is taken, or a delay for a channel that the instrument lacks.
    """
    instrument = instrument_from_text(definition, plan.key)
    _check(plan, instrument)
    planned = Round.objects.create(
        key=plan.key,
        name=plan.name,
        organisation=organisation,
        instrument_id=instrument.id,
        instrument_version=instrument.version,
        definition=definition,
        definition_hash=_hash_of(definition),
        starts=plan.starts,
        ends=plan.ends,
        quarantine_days=plan.quarantine_days,
        delays=dict(plan.delays),
        fictitious=plan.fictitious,
    )
    record("round.planned", planned, by=by, organisation=organisation)
    return planned


def instrument_of(round_: Round) -> Instrument:
    """The round's instrument, as it was when the round was planned.

    MeasurementError where the stored definition is no longer the one that was hashed.
    """
    if _hash_of(round_.definition) != round_.definition_hash:
        raise MeasurementError(
            f"The definition of round {round_.key} was changed after it was planned. Restore it from a backup."
        )
    return _parsed(round_.definition)


@transaction.atomic
def change_round(round_: Round, plan: RoundPlan, *, by: Acting | None = None) -> None:
    """Change what is decided about a round; written down. Its key and instrument stay as they were planned.

    Everything may change before it opens, and its name and last day while it is open: the delay after the contact is
    the same for all, and printed. MeasurementError for anything else, and as for ``plan_round``.
    """
    if round_.state not in (State.PLANNED, State.OPEN):
        raise MeasurementError(f"Round {round_.key} is {round_.state}. Open it again before it is changed.")
    _check_period(plan, instrument_of(round_))
    if round_.state == State.OPEN:
        fixed = (plan.starts, plan.quarantine_days, dict(plan.delays), plan.fictitious)
        if fixed != (round_.starts, round_.quarantine_days, round_.delays, round_.fictitious):
            raise MeasurementError(f"Round {round_.key} is open: only its name and last day may change.")
    round_.name, round_.starts, round_.ends = plan.name, plan.starts, plan.ends
    round_.quarantine_days, round_.delays, round_.fictitious = plan.quarantine_days, dict(plan.delays), plan.fictitious
    round_.save()
    record("round.changed", round_, by=by, organisation=round_.organisation)


def before_locking(listener: BeforeLocking) -> None:
    """Call ``listener`` before a round is locked, in the same transaction: the last moment for what must be counted."""
    if listener not in _before_locking:
        _before_locking.append(listener)


@transaction.atomic
def move(round_: Round, to: State, *, by: Acting | None = None) -> None:
    """Open, close, open again or lock a round; written down.

    MeasurementError where that does not follow on its state, also when somebody else has just moved it.
    """
    if to not in NEXT[round_.state]:
        raise MeasurementError(
            f"Round {round_.key} is {round_.state} and cannot become {to}; "
            f"it can become {' or '.join(NEXT[round_.state]) or 'nothing else'}."
        )
    if to == State.LOCKED:
        for listener in _before_locking:
            listener(round_)
    if not Round.objects.filter(pk=round_.pk, state=round_.state).update(state=to):
        raise MeasurementError(f"Somebody else has moved round {round_.key}. Look at it again before moving it.")
    round_.state = to
    record(f"round.{to}", round_, by=by, organisation=round_.organisation)


def _check(plan: RoundPlan, instrument: Instrument) -> None:
    _check_period(plan, instrument)
    if Round.objects.filter(key=plan.key).exists():
        raise MeasurementError(f"There is a round {plan.key} already. Give the new one a key of its own.")


def _check_period(plan: RoundPlan, instrument: Instrument) -> None:
    if plan.ends < plan.starts:
        raise MeasurementError(f"Round {plan.key} ends {plan.ends}, before it starts {plan.starts}. Swap the dates.")
    channels = {channel.id for channel in instrument.channels}
    if unknown := sorted(plan.delays.keys() - channels):
        raise MeasurementError(
            f"{instrument.id} has no channel {', '.join(unknown)}. Give delays for {', '.join(sorted(channels))}."
        )
    if any(hours < 0 for hours in plan.delays.values()):
        raise MeasurementError(f"A delay of round {plan.key} is negative. Give hours, zero or more.")


def _hash_of(definition: str) -> str:
    return hashlib.sha256(definition.encode()).hexdigest()


@lru_cache(maxsize=16)
def _parsed(definition: str) -> Instrument:
    return instrument_from_text(definition, "the round's definition")
