"""What a message will look like and cost, before anybody gets it, and sending one to oneself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lyhord.delivery.contents import Email, Sms
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.outbox import Draft, Priority, enqueue
from lyhord.delivery.sms_text import SmsText, cost, sms_text
from lyhord.measurements.models import Participation
from lyhord.survey.contacts.addresses import Address, address_in
from lyhord.survey.errors import SurveyError
from lyhord.survey.sending.models import SendingPlan
from lyhord.survey.sending.pricing import price_per_part
from lyhord.survey.sending.wording import content_for

TEST: Final = "test"
SAMPLE_LINK: Final = "k7Qm2XpT9aBc"  # leads nowhere, like every link that is not somebody's


@dataclass(frozen=True, slots=True)
class Preview:
    """One message. ``sms`` tells encoding and parts of a text message, ``kronor`` what one costs."""

    reminder: bool
    subject: str
    text: str
    sms: SmsText | None = None
    kronor: Decimal = Decimal(0)


def previews(participation: Participation, plan: SendingPlan, language: str) -> list[Preview]:
    """The invitation and the reminder in one language."""
    return [_preview(participation, plan, language, reminder) for reminder in (False, True)]


def send_test(participation: Participation, plan: SendingPlan, language: str, written: str) -> None:
    """Send the invitation to an address that somebody typed, at once, with a link that leads nowhere.

    SurveyError, in Swedish, where the address cannot get it.
    """
    content = content_for(participation, plan, language, SAMPLE_LINK)
    address = address_in(written)
    if not isinstance(address, Address) or address.channel != content.channel:
        raise SurveyError("Skriv ett mobilnummer för sms, eller en e-postadress för e-post.")
    try:
        outcome = enqueue(participation.organisation, [Draft(address.text, content, TEST, priority=Priority.URGENT)])
    except DeliveryError as error:
        raise SurveyError(str(error)) from None
    if outcome.suppressed:
        raise SurveyError("Adressen finns på spärrlistan: den har avböjt eller går inte att nå.")


def _preview(participation: Participation, plan: SendingPlan, language: str, reminder: bool) -> Preview:
    content = content_for(participation, plan, language, SAMPLE_LINK, reminder=reminder)
    if isinstance(content, Email):
        return Preview(reminder, content.subject, content.text)
    return _sms_preview(content, reminder)


def _sms_preview(content: Sms, reminder: bool) -> Preview:
    sms = sms_text(content.text)
    return Preview(reminder, "", content.text, sms, cost([sms], price_per_part()))
