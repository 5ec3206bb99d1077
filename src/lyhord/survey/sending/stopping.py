"""A participation whose messages do harm is stopped by delivery: its plan is paused, and its people are told."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.urls import reverse

from lyhord.accounts.audit import record
from lyhord.accounts.models import Membership
from lyhord.accounts.permissions import Deed, roles_that_may
from lyhord.accounts.scope import scope
from lyhord.delivery import outbox
from lyhord.delivery.brakes.models import Hold
from lyhord.delivery.contents import Email
from lyhord.delivery.listeners import Stop, listen_to_stops
from lyhord.delivery.outbox import Draft, Priority
from lyhord.measurements.models import Participation
from lyhord.survey.sending.plans import SERIES, plan_of

NOTICE: Final = "notice"
WHY: Final = MappingProxyType(
    {
        Hold.Ground.BOUNCES: "Mer än 5 procent av e-postadresserna finns inte. Kontrollera kontaktlistan.",
        Hold.Ground.REFUSALS: (
            "Flera mottagande servrar avvisar avsändaren. Kontrollera SPF, DKIM och DMARC för avsändardomänen."
        ),
    }
)
LETTER: Final = """Hej!

Utskicken till {round} ({municipality}) är stoppade.

{why}

Inget har gått förlorat: det som inte hunnit skickas ligger kvar. När ni har rättat felet väljer ni Fortsätt skicka här:
{page}

Lyhörd
"""


def listen() -> None:
    """Hear of stops from now on."""
    listen_to_stops(hear)


def hear(stop: Stop) -> None:
    """Pause the plan with the reason, write it down, and write to those who run the participation."""
    if not stop.series.startswith(SERIES):
        return
    with scope(stop.organisation_id):
        rows = Participation.objects.select_related("round", "municipality", "organisation")
        participation = rows.filter(pk=int(stop.series.removeprefix(SERIES))).first()
        if participation is None:
            return
        plan = plan_of(participation)
        plan.paused = WHY.get(Hold.Ground(stop.ground), "")[:200]
        plan.save()
        record("sending.stopped", participation, organisation=participation.organisation)
        tell(participation, plan.paused)


def tell(participation: Participation, why: str) -> int:
    """Write to everyone who may run the participation; to how many. The notice itself belongs to no series."""
    rows = Membership.objects.filter(role__in=roles_that_may(Deed.RUN_PARTICIPATION), user__is_active=True)
    people = sorted(set(rows.values_list("user__email", flat=True)))
    text = LETTER.format(
        round=participation.round.name,
        municipality=participation.municipality.name,
        why=why,
        page=f"{settings.ADDRESS}{reverse('sending:plan', args=[participation.pk])}",
    )
    letter = Email("Utskicken är stoppade", text)
    drafts = [Draft(one, letter, NOTICE, priority=Priority.URGENT) for one in people]
    return len(outbox.enqueue(participation.organisation, drafts).messages)
