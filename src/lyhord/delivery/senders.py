"""In whose name an organisation sends: the stored sender as a value, its secrets opened."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from lyhord.delivery.contents import house_keys
from lyhord.delivery.errors import SealError
from lyhord.delivery.models import Channel, Sender

log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SenderFacts:
    """A sender without its database row. ``host`` is the municipality's own server, empty for the platform's."""

    organisation_id: int
    from_name: str
    from_address: str
    reply_to: str = ""
    bounce_address: str = ""
    dkim_selector: str = ""
    dkim_key: str = ""
    host: str = ""
    port: int = 25
    security: str = Sender.Security.STARTTLS
    username: str = ""
    password: str = ""
    sms_sender: str = ""
    token_url: str = ""
    client_id: str = ""

    @property
    def domain(self) -> str:
        """The domain that the e-mail is from, and that a DKIM signature is made for."""
        return self.from_address.rpartition("@")[2]


def set_secrets(sender: Sender, *, dkim_key: str = "", password: str = "") -> None:
    """Seal a private DKIM key (PEM) and a password into the sender, which is not saved here; empty ones are removed."""
    sender.sealed_dkim_key = _sealed(sender, "dkim_key", dkim_key)
    sender.sealed_password = _sealed(sender, "password", password)


def facts_of(sender: Sender) -> SenderFacts:
    """The sender with its secrets opened; SealError where the house's keys are not those it was sealed with."""
    own_server = sender.mode != Sender.Mode.PLATFORM
    with_login = sender.mode == Sender.Mode.SUBMISSION
    return SenderFacts(
        organisation_id=sender.pk,
        from_name=sender.from_name,
        from_address=sender.from_address,
        reply_to=sender.reply_to,
        bounce_address=sender.bounce_address,
        dkim_selector=sender.dkim_selector,
        dkim_key=_opened(sender, "dkim_key", sender.sealed_dkim_key),
        host=sender.host if own_server else "",
        port=sender.port,
        security=sender.security,
        username=sender.username if with_login else "",
        password=_opened(sender, "password", sender.sealed_password) if with_login else "",
        sms_sender=sender.sms_sender,
        token_url=sender.token_url if with_login else "",
        client_id=sender.client_id if with_login else "",
    )


def active_senders(channel: Channel) -> dict[int, SenderFacts]:
    """The senders within the scope that can send on the channel and are not paused, by organisation."""
    rows = Sender.objects.filter(paused="")
    rows = rows.exclude(from_address="") if channel == Channel.EMAIL else rows.exclude(sms_sender="")
    found: dict[int, SenderFacts] = {}
    for sender in rows:
        try:
            found[sender.pk] = facts_of(sender)
        except SealError as error:  # one organisation's trouble does not stop the others
            log.error("Organisation %s cannot send: %s", sender.pk, error)
    return found


def _place(sender: Sender, field: str) -> str:
    return f"{sender.pk}|sender|{field}"


def _sealed(sender: Sender, field: str, secret: str) -> bytes | None:
    return house_keys().wrap(secret.encode(), _place(sender, field)) if secret else None


def _opened(sender: Sender, field: str, sealed: bytes | memoryview | None) -> str:
    return house_keys().unwrap(bytes(sealed), _place(sender, field)).decode() if sealed else ""
