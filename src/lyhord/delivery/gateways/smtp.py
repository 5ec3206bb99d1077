"""E-mail over SMTP, on connections that stay open."""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lyhord.delivery.contents import Email
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.gateways.contract import Errand, OneWay, Parcel
from lyhord.delivery.gateways.dialogue import BROKEN, NOT_TAKEN, Dialogue, Letters
from lyhord.delivery.gateways.oauth import Client, Tokens, answer
from lyhord.delivery.mail_message import Mail, mail_of
from lyhord.delivery.models import Sender
from lyhord.delivery.outcomes import Outcome

PARALLEL: Final = 16  # hides the 30 ms that a relay may take to answer
PARALLEL_WITH_TOKEN: Final = 3  # connections that Microsoft 365 takes from one mailbox at a time
TIMEOUT: Final = 20.0  # seconds for each answer; all of them together end before the lease does
IDLE: Final = 25.0
MOST_MAILS: Final = 500
AHEAD: Final = 8
log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Route:
    """A server to hand e-mail to. ``security`` is a word of ``Sender.Security``.

    With ``client``, the login is a token that it fetches, and the password is not used.
    """

    host: str
    port: int = 25
    security: str = Sender.Security.NONE
    username: str = ""
    password: str = ""
    helo: str = ""
    client: Client | None = None


@dataclass(slots=True)
class _Line:
    """One open connection."""

    smtp: smtplib.SMTP
    used: float
    mails: int = 0

    @property
    def is_stale(self) -> bool:
        return time.monotonic() - self.used > IDLE or self.mails >= MOST_MAILS


class SmtpGateway(OneWay):
    """Hands e-mail to one server."""

    def __init__(self, route: Route, *, parallel: int = 0, timeout: float = TIMEOUT) -> None:
        self.route = route
        self.parallel = parallel or (PARALLEL_WITH_TOKEN if route.client else PARALLEL)
        self._tokens = Tokens(route.client) if route.client else None
        self.timeout = timeout
        self.name = f"smtp {route.host}:{route.port}"
        self.circuit = f"{self.name} {route.username} {route.helo}"
        self.ahead = AHEAD
        self._free: list[_Line] = []
        self._guard = threading.Lock()

    def send(self, parcel: Parcel) -> Outcome:
        """Hand one e-mail over; the connection is kept for the next."""
        told: list[Outcome] = []
        self.carry(Errand(lambda: None, lambda _, outcome: told.append(outcome), [parcel]))
        return told[0]

    def carry(self, errand: Errand) -> None:
        """Hand over what there is on one connection; where it breaks, the rest go on another."""
        letters = Letters(errand, self._written)
        while (letter := letters.next()) is not None:
            try:
                line = self._line()
            except BROKEN:  # its text may hold an address or a password
                errand.tell(letter[0], NOT_TAKEN)
                continue
            dialogue = Dialogue(line.smtp, letters, MOST_MAILS - line.mails)
            dialogue.hold(letter)
            line.used, line.mails = time.monotonic(), line.mails + dialogue.carried
            if dialogue.over:
                _hang_up(line)
            else:
                self._keep(line)

    def _written(self, parcel: Parcel) -> Mail | None:
        """The mail, signed; None where it cannot be written, which somebody has to put right."""
        try:
            if not isinstance(parcel.content, Email):
                raise DeliveryError(f"{self.name} carries e-mail only.")
            return mail_of(parcel.content, parcel.address, parcel.sender, parcel.token, parcel.at)
        except DeliveryError as error:
            log.error("Message %s cannot be written: %s", parcel.message_id, error)
            return None

    def close(self) -> None:
        """Say goodbye on every connection."""
        with self._guard:
            lines, self._free = self._free, []
        for line in lines:
            _hang_up(line)

    def _line(self) -> _Line:
        """The connection that was used last, or a new one; those that nobody has used for a while are ended."""
        with self._guard:
            stale = [line for line in self._free if line.is_stale]
            self._free = [line for line in self._free if not line.is_stale]
            kept = self._free.pop() if self._free else None
        for line in stale:
            _hang_up(line)
        return kept or _Line(connected(self.route, self.timeout, self._tokens), time.monotonic())

    def _keep(self, line: _Line) -> None:
        with self._guard:
            self._free.append(line)


@lru_cache(maxsize=1)
def trust() -> ssl.SSLContext:
    """Whom to trust. Made once: reading the machine's certificates takes as long as a hundred mails."""
    return ssl.create_default_context()


def connected(route: Route, timeout: float, tokens: Tokens | None = None) -> smtplib.SMTP:
    """A connection that is greeted, protected and logged in; OSError or SMTPException where it cannot be had."""
    helo = route.helo or None
    smtp: smtplib.SMTP
    if route.security == Sender.Security.TLS:
        smtp = smtplib.SMTP_SSL(route.host, route.port, local_hostname=helo, timeout=timeout, context=trust())
    else:
        smtp = smtplib.SMTP(route.host, route.port, local_hostname=helo, timeout=timeout)
    try:
        smtp.ehlo_or_helo_if_needed()
        if route.security == Sender.Security.STARTTLS:
            smtp.starttls(context=trust())
            smtp.ehlo_or_helo_if_needed()
        if tokens is not None:
            _log_in_with_token(smtp, route.username, tokens)
        elif route.username:
            smtp.login(route.username, route.password)
    except BROKEN:
        smtp.close()
        raise
    return smtp


def _log_in_with_token(smtp: smtplib.SMTP, username: str, tokens: Tokens) -> None:
    """AUTH XOAUTH2. To a refusal that explains itself the answer is empty; then the server says no."""
    if not smtp.has_extn("auth") or "XOAUTH2" not in smtp.esmtp_features["auth"].upper().split():
        raise smtplib.SMTPNotSupportedError("The server does not offer AUTH XOAUTH2.")
    token = tokens.token()
    try:
        smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else answer(username, token))
    except smtplib.SMTPAuthenticationError:
        tokens.forget(token)
        raise


def _hang_up(line: _Line) -> None:
    try:
        line.smtp.quit()
    except BROKEN:
        line.smtp.close()
