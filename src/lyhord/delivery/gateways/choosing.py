"""Which gateway carries a message: the municipality's own server, or what the settings name for the platform."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.conf import settings

from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.gateways.contract import Gateway
from lyhord.delivery.gateways.elks import ElksGateway
from lyhord.delivery.gateways.letterbox import FolderGateway, TerminalGateway
from lyhord.delivery.gateways.oauth import Client
from lyhord.delivery.gateways.smpp import Centre, SmppGateway
from lyhord.delivery.gateways.smtp import Route, SmtpGateway
from lyhord.delivery.models import Channel, Sender
from lyhord.delivery.senders import SenderFacts

EXAMPLES = {
    "smtp": "smtp://user:password@smtp.exempel.se:587?security=starttls (Microsoft 365: &client=…&token=https://…)",
    "smpp": "smpp://system-id:password@sms.exempel.se:2775 (smpps:// with TLS)",
}
OWN_MACHINE = frozenset({"127.0.0.1", "localhost"})
PORTS = {"smtp": 25, "smpp": 2775, "smpps": 3550}


@dataclass(slots=True)
class Gateways:
    """Every gateway in use, opened when first asked for."""

    _open: dict[object, Gateway] = field(default_factory=dict)

    def of(self, channel: Channel, sender: SenderFacts) -> Gateway:
        """The gateway that carries the sender's messages; DeliveryError where the settings name none that works."""
        if channel == Channel.EMAIL and sender.host:
            route = route_of(sender)
            return self._kept(route, lambda: SmtpGateway(route))
        return self._kept(channel, lambda: platform_gateway(channel))

    def all(self) -> tuple[Gateway, ...]:
        """Those that are open."""
        return tuple(self._open.values())

    def close(self) -> None:
        """Close them all."""
        for gateway in self._open.values():
            gateway.close()
        self._open.clear()

    def _kept(self, key: object, made: Callable[[], Gateway]) -> Gateway:
        if key not in self._open:
            self._open[key] = made()
        return self._open[key]


def platform_gateway(channel: Channel) -> Gateway:
    """The gateway that the settings name for the channel."""
    kind = settings.EMAIL_GATEWAY if channel == Channel.EMAIL else settings.SMS_GATEWAY
    match kind:
        case "FOLDER":
            return FolderGateway(mailbox_folder())
        case "TERMINAL":
            return TerminalGateway()
        case "SMTP":
            return SmtpGateway(route_from_url(settings.SMTP_URL))
        case "46ELKS":
            username, _, password = settings.ELKS_ACCOUNT.partition(":")
            return ElksGateway(username, password, receipts_to=elks_receipts())
        case "SMPP":
            return SmppGateway(centre_from_url(settings.SMPP_URL))
        case _:
            raise DeliveryError(f"There is no gateway {kind!r} for {channel}.")


def problems(email: str, sms: str) -> list[str]:
    """What is wrong with the settings of the chosen gateways, without opening them."""
    found: list[str] = []
    try:
        if email == "SMTP":
            route_from_url(settings.SMTP_URL)
        if sms == "SMPP":
            centre_from_url(settings.SMPP_URL)
    except DeliveryError as error:
        found.append(str(error))
    if sms == "46ELKS" and not all(settings.ELKS_ACCOUNT.partition(":")[::2]):
        found.append("LYHORD_46ELKS holds no account; it looks like user:password.")
    return found


def mailbox_folder() -> Path:
    """Where the folder gateway writes, and the demo's mailbox page reads."""
    return Path(settings.DATA_FOLDER) / "mailbox"


def elks_receipts() -> str:
    """Our address for 46elks' receipts, without the message's token; empty where they could not reach it."""
    return f"{settings.ADDRESS}/leverans/46elks/" if settings.ADDRESS.startswith("https://") else ""


def route_from_url(url: str) -> Route:
    """The server in an ``smtp://`` address; DeliveryError, without the address, where it is none."""
    parts = _parts(url, "smtp", ("smtp",))
    security = parse_qs(parts.query).get("security", [Sender.Security.NONE])[0]
    if security not in Sender.Security.values:
        raise DeliveryError(f"LYHORD_SMTP_URL: security is one of {', '.join(Sender.Security.values)}.")
    host, port = parts.hostname or "", parts.port or PORTS["smtp"]
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    found = parse_qs(parts.query)
    client = client_of(found.get("token", [""])[0], found.get("client", [""])[0], password)
    return Route(host, port, security, name, password, client=client)


def route_of(sender: SenderFacts) -> Route:
    """The way to an organisation's own server."""
    client = client_of(sender.token_url, sender.client_id, sender.password)
    return Route(
        sender.host, sender.port, sender.security, sender.username, sender.password, sender.domain, client=client
    )


def client_of(token_url: str, client_id: str, secret: str) -> Client | None:
    """Who fetches a token to log in with; None where the login is a password. DeliveryError where it cannot be."""
    if not token_url and not client_id:
        return None
    parts = urlsplit(token_url)
    is_safe = parts.scheme == "https" or parts.hostname in OWN_MACHINE
    if not is_safe or not client_id or not secret:
        raise DeliveryError(
            "A login with a token needs an https address to fetch it from, a client's id, and as password the client's "
            "secret. For Microsoft 365 the address is "
            "https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token."
        )
    return Client(token_url, client_id, secret)


def centre_from_url(url: str) -> Centre:
    """The SMS centre in an ``smpp://`` or ``smpps://`` address; DeliveryError, without it, where it is none."""
    parts = _parts(url, "smpp", ("smpp", "smpps"))
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Centre(parts.hostname or "", parts.port or PORTS[parts.scheme], name, password, parts.scheme == "smpps")


def _parts(url: str, kind: str, schemes: tuple[str, ...]) -> SplitResult:
    example = EXAMPLES[kind]
    refused = DeliveryError(f"LYHORD_{kind.upper()}_URL names no server; it looks like {example}.")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise refused from None
    if not usable:
        raise refused
    return parts
