"""Builders of what is sent in the tests of delivery, and gateways that answer as a test wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from builders_records import organisation_of
from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope
from lyhord.delivery import outbox
from lyhord.delivery.contents import Email, Sms
from lyhord.delivery.gateways.contract import Gateway, OneWay, Parcel
from lyhord.delivery.models import Channel, Message, Sender
from lyhord.delivery.outbox import Draft
from lyhord.delivery.outcomes import Outcome, Result
from lyhord.delivery.senders import SenderFacts

MAIL = Email("Hur gick det?", "Hej!\nSvara här: https://svar.exempel.se/k7Qm2XpT9a\n", "<p>Hej!</p>")
TEXT = Sms("Hej! Svara på 3 korta frågor: https://svar.exempel.se/k7Qm2XpT9a")
SENDER = SenderFacts(1, "Exempelköpings kommun", "enkat@enkat.exempel.se", sms_sender="Exempel")


def sender_of(organisation: Organisation | None = None, **changes: object) -> Sender:
    """The sender of an organisation, able to send e-mail and SMS."""
    organisation = organisation or organisation_of()
    values = {
        "from_name": "Exempelköpings kommun",
        "from_address": "enkat@enkat.exempel.se",
        "bounce_address": "studs@b.enkat.exempel.se",
        "sms_sender": "Exempel",
        **changes,
    }
    with scope(organisation):
        return Sender.objects.update_or_create(organisation=organisation, defaults=values)[0]


def draft(address: str = "anna@mottagare.test", content: Email | Sms = MAIL, **changes: object) -> Draft:
    """An invitation."""
    return Draft(address, content, "invitation", **changes)  # type: ignore[arg-type]  # a builder takes any field


def sms(number: str = "+46701740605", **changes: object) -> Draft:
    """An invitation by SMS."""
    return draft(number, TEXT, **changes)


def queued(*drafts: Draft, organisation: Organisation | None = None) -> list[Message]:
    """Put drafts into the outbox of an organisation that can send."""
    organisation = organisation or organisation_of()
    sender_of(organisation)
    with scope(organisation):
        return list(outbox.enqueue(organisation, drafts or (draft(),)).messages)


def states(*messages: Message) -> list[str]:
    """Where the messages are now."""
    found = dict(Message.objects.filter(pk__in=[one.pk for one in messages]).values_list("pk", "state"))
    return [found[one.pk] for one in messages]


@dataclass
class Scripted(OneWay):
    """A gateway that answers what a test says, in order, the last answer again and again."""

    answers: Sequence[Outcome | Callable[[Parcel], Outcome]] = (Outcome(Result.SENT),)
    parallel: int = 2
    name: str = "scripted"
    circuit: str = "scripted"
    sent: list[Parcel] = field(default_factory=list)

    def send(self, parcel: Parcel) -> Outcome:
        self.sent.append(parcel)
        answer = self.answers[min(len(self.sent), len(self.answers)) - 1]
        return answer if isinstance(answer, Outcome) else answer(parcel)


class OneGateway:
    """Stands for every gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    def of(self, channel: Channel, sender: SenderFacts) -> Gateway:
        return self.gateway

    def close(self) -> None:
        self.gateway.close()
