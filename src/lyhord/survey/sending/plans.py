"""The plan of a participation: its hours, its pause, and what may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final

from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.delivery.brakes import holds
from lyhord.measurements.models import Participation
from lyhord.survey.errors import SurveyError
from lyhord.survey.sending.hours import EARLIEST, LATEST, Hours
from lyhord.survey.sending.models import MOST_REMINDERS, SendingPlan

SERIES: Final = "participation:"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person may decide about a participation's sending."""

    response_rate: float
    opens: time
    closes: time
    saturdays: bool
    reminders: int
    reminder_days: int


def plan_of(participation: Participation) -> SendingPlan:
    """The participation's plan, within its scope; not stored before something in it is changed."""
    own = SendingPlan.objects.filter(participation=participation).first() or SendingPlan(participation=participation)
    own.participation = participation
    return own


def series_of(participation: Participation) -> str:
    """What delivery holds and lets go together: the messages of one participation."""
    return f"{SERIES}{participation.pk}"


def hours_of(plan: SendingPlan) -> Hours:
    """When the plan lets messages leave."""
    return Hours(plan.opens, plan.closes, plan.saturdays)


@transaction.atomic
def change(plan: SendingPlan, wishes: Wishes, *, by: Acting | None = None) -> None:
    """Change the plan; written down. SurveyError, in Swedish, where a wish cannot be."""
    _check(wishes)
    for name in ("response_rate", "opens", "closes", "saturdays", "reminders", "reminder_days"):
        setattr(plan, name, getattr(wishes, name))
    plan.save()
    record("sending.planned", plan.participation, by=by, organisation=plan.participation.organisation)


@transaction.atomic
def pause(plan: SendingPlan, reason: str, *, by: Acting | None = None) -> None:
    """Send nothing more for the participation until ``resume``, nor what waits in the outbox; written down.

    Answers are taken as before.
    """
    plan.paused = reason.strip()[:200] or "Pausad"
    plan.save()
    holds.hold(plan.participation.organisation_id, series_of(plan.participation))
    record("sending.paused", plan.participation, by=by, organisation=plan.participation.organisation)


@transaction.atomic
def resume(plan: SendingPlan, *, by: Acting | None = None) -> None:
    """Send again; written down. What was due meanwhile goes at the next permitted moment."""
    plan.paused = ""
    plan.save()
    holds.release(plan.participation.organisation_id, series_of(plan.participation))
    record("sending.resumed", plan.participation, by=by, organisation=plan.participation.organisation)


def _check(wishes: Wishes) -> None:
    if not 0 < wishes.response_rate <= 1:
        raise SurveyError("Svarsandelen ska vara mer än 0 och högst 100 procent.")
    if not EARLIEST <= wishes.opens < wishes.closes <= LATEST:
        raise SurveyError(
            f"Utskicken ska ligga mellan {EARLIEST:%H:%M} och {LATEST:%H:%M}, och sluta efter att de börjat."
        )
    if not 0 <= wishes.reminders <= MOST_REMINDERS:
        raise SurveyError(f"Högst {MOST_REMINDERS} påminnelser kan skickas.")
    if not 1 <= wishes.reminder_days <= 30:
        raise SurveyError("En påminnelse skickas efter 1–30 dagar.")
