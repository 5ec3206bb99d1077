"""Who takes part in a round, through which channel and on which terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import ProtectedError

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation
from lyhord.instruments.definition import Thresholds
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.measurements.rounds import instrument_of
from lyhord.method.tally import MethodError
from lyhord.method.thresholds import raised

# What operators let a sender be: 1-11 letters, digits and spaces, with a letter among them (delivery.md, GSM 03.40).
SMS_SENDER: Final = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 ]{0,10}")


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a municipality takes part. A quota of None takes the instrument's."""

    quota: int | None = None
    sender_name: str = ""  # as shown in e-mail; empty takes the municipality's formal name
    sms_sender: str = ""
    route: Participation.Route = Participation.Route.UNKNOWN


@transaction.atomic
def take_part(
    round_: Round, organisation: Organisation, channel: str, terms: Terms | None = None, *, by: Acting | None = None
) -> Participation:
    """Let a municipality's organisation take part through one channel, within its scope; written down.

    MeasurementError where the organisation is no known municipality, the instrument lacks the channel, the
    municipality takes part through it already, the round is locked, or operators refuse the SMS sender.
    """
    terms = terms or Terms()
    municipality = _municipality_of(organisation)
    _check(round_, municipality, channel, terms)
    participation = Participation.objects.create(
        round=round_,
        organisation=organisation,
        municipality=municipality,
        channel=channel,
        quota=instrument_of(round_).channel(channel).quota if terms.quota is None else terms.quota,
        sender_name=terms.sender_name or municipality.formal_name,
        sms_sender=terms.sms_sender,
        route=terms.route,
    )
    record("participation.added", participation, by=by, organisation=organisation)
    return participation


@transaction.atomic
def change_terms(participation: Participation, terms: Terms, *, by: Acting | None = None) -> None:
    """Change a participation's quota, senders and route, within its scope; written down.

    MeasurementError as for ``take_part``.
    """
    _check_open(participation.round, terms)
    participation.quota = terms.quota
    participation.sender_name = terms.sender_name or participation.municipality.formal_name
    participation.sms_sender, participation.route = terms.sms_sender, terms.route
    participation.save(update_fields=["quota", "sender_name", "sms_sender", "route"])
    record("participation.changed", participation, by=by, organisation=participation.organisation)


@transaction.atomic
def withdraw(participation: Participation, *, by: Acting | None = None) -> None:
    """Take a participation back before its round opens, within its scope; written down.

    MeasurementError once the round has opened, or where contacts have been handed over.
    """
    if participation.round.state != Round.State.PLANNED:
        raise MeasurementError(f"Round {participation.round.key} has opened. Pause the sending instead.")
    record("participation.withdrawn", participation, by=by, organisation=participation.organisation)
    try:
        participation.delete()
    except ProtectedError as error:
        raise MeasurementError(
            f"{participation.municipality.name} has handed over contacts already. Recall the lists first."
        ) from error


def thresholds_of(participation: Participation) -> Thresholds:
    """The thresholds that hold for the participation: the instrument's, or what the municipality raised them to."""
    return raised(instrument_of(participation.round).thresholds, **participation.raised_thresholds)


@transaction.atomic
def raise_thresholds(participation: Participation, *, by: Acting | None = None, **wanted: int) -> Thresholds:
    """Raise thresholds above the instrument's; written down. They can be raised further later, never lowered.

    MeasurementError names a threshold that does not exist, or would become lower than it is.
    """
    now = thresholds_of(participation)
    try:
        changed = raised(now, **wanted)
    except MethodError as error:
        raise MeasurementError(str(error)) from error
    participation.raised_thresholds = {**participation.raised_thresholds, **wanted}
    participation.save(update_fields=["raised_thresholds"])
    record("participation.thresholds_raised", participation, by=by, organisation=participation.organisation)
    return changed


def participations_in(round_: Round) -> Sequence[Participation]:
    """Who takes part, as far as the scope at hand sees, by municipality and channel."""
    rows = Participation.objects.filter(round=round_).select_related("municipality", "organisation", "round")
    return tuple(rows.order_by("municipality_id", "channel"))


def _municipality_of(organisation: Organisation) -> Municipality:
    found = Municipality.objects.filter(code=organisation.municipality_code).first()
    if found is None:
        raise MeasurementError(
            f"{organisation.name} has the municipality code {organisation.municipality_code!r}, which the register "
            "lacks. Correct the code, or load the register: lyhord municipalities"
        )
    return found


def _check(round_: Round, municipality: Municipality, channel: str, terms: Terms) -> None:
    channels = [one.id for one in instrument_of(round_).channels]
    if channel not in channels:
        raise MeasurementError(f"Round {round_.key} has no channel {channel!r}. Choose among {', '.join(channels)}.")
    _check_open(round_, terms)
    if Participation.objects.filter(round=round_, municipality=municipality, channel=channel).exists():
        raise MeasurementError(f"{municipality.name} takes part in round {round_.key} through {channel} already.")


def _check_open(round_: Round, terms: Terms) -> None:
    if round_.state == Round.State.LOCKED:
        raise MeasurementError(f"Round {round_.key} is locked. Nobody can join it any more.")
    if terms.sms_sender and not SMS_SENDER.fullmatch(terms.sms_sender):
        raise MeasurementError(
            f"{terms.sms_sender!r} cannot be an SMS sender. Use 1–11 of a–z, digits and spaces, with a letter."
        )
