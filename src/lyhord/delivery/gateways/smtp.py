"""E-mail over SMTP, on connections that stay open, one a thread."""

from __future__ import annotations

import smtplib
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lyhord.delivery.contents import Email
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.gateways.contract import OneWay, Parcel
from lyhord.delivery.mail_message import Mail, mail_of
from lyhord.delivery.models import Sender
from lyhord.delivery.outcomes import Failure, Outcome, Result, failure_of

PARALLEL: Final = 16  # hides the 30 ms that a relay may take to answer
TIMEOUT: Final = 20.0  # seconds for each answer; all of them together end before the lease does
IDLE: Final = 25.0
MOST_MAILS: Final = 500
GREETED: Final = 250
GO_AHEAD: Final = 354
PERMANENT: Final = 500


@dataclass(frozen=True, slots=True)
class Route:
    """A server to hand e-mail to. ``security`` is a word of ``Sender.Security``."""

    host: str
    port: int = 25
    security: str = Sender.Security.NONE
    username: str = ""
    password: str = ""
    helo: str = ""


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

    def __init__(self, route: Route, *, parallel: int = PARALLEL, timeout: float = TIMEOUT) -> None:
        self.route = route
        self.parallel = parallel
        self.timeout = timeout
        self.name = f"smtp {route.host}:{route.port}"
        self._own = threading.local()
        self._open: list[_Line] = []
        self._guard = threading.Lock()

    def send(self, parcel: Parcel) -> Outcome:
        """Hand one e-mail over; the connection is kept for the next."""
        if not isinstance(parcel.content, Email):
            raise DeliveryError(f"{self.name} carries e-mail only; message {parcel.message_id} is none.")
        mail = mail_of(parcel.content, parcel.address, parcel.sender, parcel.token, parcel.at)
        try:
            line = self._line()
        except (OSError, smtplib.SMTPException) as error:
            return _unreachable(error)
        outcome = _handed_over(line.smtp, mail)
        line.used, line.mails = time.monotonic(), line.mails + 1
        if outcome.failure == Failure.CONNECTION or outcome.result is Result.UNKNOWN:
            self._drop(line)
        return outcome

    def close(self) -> None:
        """Say goodbye on every connection."""
        with self._guard:
            lines, self._open = self._open, []
        for line in lines:
            _hang_up(line)
        self._own = threading.local()

    def _line(self) -> _Line:
        line: _Line | None = getattr(self._own, "line", None)
        if line is not None and line.is_stale:
            self._drop(line)
            line = None
        if line is None:
            line = _Line(connected(self.route, self.timeout), time.monotonic())
            self._own.line = line
            with self._guard:
                self._open.append(line)
        return line

    def _drop(self, line: _Line) -> None:
        self._own.line = None
        with self._guard:
            if line in self._open:
                self._open.remove(line)
        _hang_up(line)


def connected(route: Route, timeout: float) -> smtplib.SMTP:
    """A connection that is greeted, protected and logged in; OSError or SMTPException where it cannot be had."""
    context = ssl.create_default_context()
    helo = route.helo or None
    smtp: smtplib.SMTP
    if route.security == Sender.Security.TLS:
        smtp = smtplib.SMTP_SSL(route.host, route.port, local_hostname=helo, timeout=timeout, context=context)
    else:
        smtp = smtplib.SMTP(route.host, route.port, local_hostname=helo, timeout=timeout)
    try:
        smtp.ehlo_or_helo_if_needed()
        if route.security == Sender.Security.STARTTLS:
            smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
        if route.username:
            smtp.login(route.username, route.password)
    except (OSError, smtplib.SMTPException):
        smtp.close()
        raise
    return smtp


def _handed_over(smtp: smtplib.SMTP, mail: Mail) -> Outcome:
    """One transaction, step by step: only between the last byte and the answer to it is the outcome in doubt."""
    steps: Sequence[tuple[str, int]] = (
        (f"MAIL FROM:<{mail.envelope_from}>", GREETED),
        (f"RCPT TO:<{mail.recipient}>", GREETED),
        ("DATA", GO_AHEAD),
    )
    try:
        for command, wanted in steps:
            code, reply = smtp.docmd(command)
            if code // 100 != wanted // 100:
                smtp.docmd("RSET")
                return refusal(code, reply)
    except (OSError, smtplib.SMTPException) as error:
        return _unreachable(error)
    try:
        smtp.send(_dotted(mail.data) + b".\r\n")
        code, reply = smtp.getreply()
    except (OSError, smtplib.SMTPException):
        return Outcome(Result.UNKNOWN, Failure.CONNECTION)
    return Outcome(Result.SENT) if code == GREETED else refusal(code, reply)


def refusal(code: int, reply: bytes) -> Outcome:
    """What a server's no means: 5xx for good, 4xx for now."""
    if code < PERMANENT:
        return Outcome(Result.LATER, Failure.CONNECTION if code in {-1, 421} else Failure.BUSY)
    return Outcome(Result.REFUSED, failure_of(f"{code} {reply.decode('utf-8', 'replace')}"))


def _unreachable(error: Exception) -> Outcome:
    del error  # its text may hold an address or a password
    return Outcome(Result.LATER, Failure.CONNECTION)


def _dotted(data: bytes) -> bytes:
    """A line that begins with a dot gets another one (RFC 5321, 4.5.2)."""
    dotted = data.replace(b"\r\n.", b"\r\n..")
    return b"." + dotted if dotted.startswith(b".") else dotted


def _hang_up(line: _Line) -> None:
    try:
        line.smtp.quit()
    except (OSError, smtplib.SMTPException):
        line.smtp.close()
