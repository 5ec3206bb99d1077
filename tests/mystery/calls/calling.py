"""Builders of calls: an interviewer with calls today, and entries as a telephone sends them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from lyhord.accounts.models import User
from lyhord.mystery.calls.taking import Sent
from lyhord.mystery.planning.models import FieldPlan, Probe
from mystery.planning.planned import made_plan

GOOD = {
    "tel.utfall": "kontakt",
    "tel.svar": "god",
    "tel.information": "god",
    "tel.intresse": "god",
    "tel.bemotande": "mycket_god",
}
_numbers = count(1)


def day_of_calls(number: int = 3, *, now: datetime | None = None) -> tuple[FieldPlan, User, list[Probe]]:
    """A plan in which one interviewer has so many calls today, an hour apart; in the scope of the organisation."""
    plan = made_plan()
    calls = Probe.objects.filter(round=plan.round, channel="tel").select_related("interviewer").order_by("due_at")
    first = calls[0]
    assert first.interviewer is not None
    own = list(calls.filter(interviewer=first.interviewer)[:number])
    noon = (now or timezone.localtime()).replace(hour=12, minute=0, second=0, microsecond=0)
    for place, one in enumerate(own):
        one.due_at = noon + timedelta(minutes=20 * place)
        one.save()
    return plan, first.interviewer, own


def sent(probe: Probe, kind: str, sequence: int, *, after: int = 0, **answers: str) -> Sent:
    """An entry of a telephone's; ``after`` in milliseconds; answers by the item's key: ``svar="god"``."""
    told = {f"tel.{key}": value for key, value in answers.items()}
    return entry(probe, kind, sequence, after, told)


def entry(probe: Probe, kind: str, sequence: int, after: int, answers: Mapping[str, str]) -> Sent:
    """An entry of a telephone's, with answers by item."""
    clock = int(timezone.now().timestamp() * 1000) // 1000 * 1000 + after
    return Sent(probe.pk, f"nyckel{next(_numbers)}", kind, sequence, "telefon", clock, answers)
