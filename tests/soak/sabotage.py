"""Faults put into Lyhörd on purpose, to see that the trials would find them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from types import MappingProxyType

from lyhord.accounts.scope import scope
from lyhord.delivery import leasing
from lyhord.delivery.models import Message, State
from lyhord.delivery.outcomes import Outcome
from lyhord.survey.answers import submitting, views
from lyhord.survey.answers.opening import Opened


def send_blindly() -> None:
    """What may have left is queued again, as where nobody writes down that it is about to leave."""

    def again(messages: list[Message], outcome: Outcome) -> None:
        pks = [message.pk for message in messages]
        Message.objects.filter(pk__in=pks).update(state=State.QUEUED, fence="", leased_until=None)

    leasing._uncertain = again


def thank_first() -> None:
    """An answer is acknowledged before it is stored."""
    store = submitting.submit

    def later(survey: Opened, answers: Mapping[str, str], comment: str) -> bool:
        def deed() -> None:
            with scope(survey.organisation_id):
                store(survey, answers, comment)

        threading.Timer(0.5, deed).start()
        return True

    views.submit = later  # type: ignore[assignment]  # that is the fault


FAULTS = MappingProxyType({"send_blindly": send_blindly, "thank_first": thank_first})
