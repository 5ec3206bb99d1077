"""When a message may leave, asked once more at the door: a retry or a message let go must not come in the night."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from lyhord.survey.sending.hours import EARLIEST, LATEST, Hours
from lyhord.survey.sending.queueing import INVITATION, REMINDER

OUTERMOST: Final = Hours(EARLIEST, LATEST, saturdays=True)


def permits(organisation_id: int, purpose: str, now: datetime) -> bool:
    """Invitations and reminders leave within the widest hours that any plan may have; the rest at any time."""
    del organisation_id
    return purpose not in {INVITATION, REMINDER} or OUTERMOST.holds(now)
