"""Mails handed over one after the other on one open SMTP line, with as few round trips as the server allows.

Where it offers PIPELINING (RFC 2920), the commands of one mail go in one packet, and together with the end of the mail
before it. Only between the last byte of a mail and the answer to it is that mail's outcome in doubt.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lyhord.delivery.gateways.contract import TOO_LATE, Errand, Parcel
from lyhord.delivery.mail_message import Mail
from lyhord.delivery.outcomes import Failure, Outcome, Result, failure_of

TAKEN: Final = 250
GO_AHEAD: Final = 354
CLOSING: Final = frozenset({-1, 421})
PERMANENT: Final = 500
END: Final = b".\r\n"
RESET: Final = b"RSET\r\n"
BROKEN: Final = (OSError, smtplib.SMTPException)
NOT_TAKEN: Final = Outcome(Result.LATER, Failure.CONNECTION)
IN_DOUBT: Final = Outcome(Result.UNKNOWN, Failure.CONNECTION)
UNWRITTEN: Final = Outcome(Result.LATER, Failure.UNREADABLE)
Letter = tuple[Parcel, Mail]


@dataclass(slots=True)
class Letters:
    """The mails of an errand, one after the other, with their parcels."""

    errand: Errand
    write: Callable[[Parcel], Mail | None]

    def next(self) -> Letter | None:
        """The next that can be written."""
        while (parcel := self.errand.next()) is not None:
            if (mail := self.write(parcel)) is not None:
                return parcel, mail
            self.errand.tell(parcel, UNWRITTEN)
        return None


@dataclass(slots=True)
class Dialogue:
    """One line and the mails that go over it."""

    smtp: smtplib.SMTP
    letters: Letters
    most: int
    over: bool = False  # the line is of no use any more
    carried: int = 0

    def hold(self, first: Letter) -> None:
        """Hand over ``first`` and what follows, until there is nothing more or the line is of no use."""
        pipelined = self.smtp.has_extn("pipelining")
        current: Letter | None = first
        asked = False
        while current is not None:
            self.carried += 1
            following = self.letters.next() if pipelined and self.carried < self.most else None
            outcome = self._one(current, following, asked=asked, pipelined=pipelined)
            self.letters.errand.tell(current[0], outcome)
            self.over = self.over or outcome.failure == Failure.CONNECTION or outcome.result is Result.UNKNOWN
            if self.over:
                if following is not None:
                    self.letters.errand.put_back(following[0])
                return
            asked = following is not None
            current = following or (self.letters.next() if self.carried < self.most else None)

    def _one(self, letter: Letter, following: Letter | None, *, asked: bool, pipelined: bool) -> Outcome:
        """One transaction; ``asked`` where its commands have gone with the mail before."""
        parcel, mail = letter
        ahead = envelope_of(following[1]) if following else b""
        try:
            refused, open_to_data = self._envelope(mail, asked=asked, pipelined=pipelined)
            if refused is None and not parcel.may_begin():
                refused = TOO_LATE
            if refused is not None:
                self._leave(ahead, open_to_data=open_to_data)
                return refused
        except BROKEN:
            return NOT_TAKEN
        try:
            self.smtp.send(dotted(mail.data) + END + ahead)
            code, reply = self.smtp.getreply()
        except BROKEN:
            return IN_DOUBT
        return Outcome(Result.SENT) if code == TAKEN else refusal(code, reply)

    def _envelope(self, mail: Mail, *, asked: bool, pipelined: bool) -> tuple[Outcome | None, bool]:
        """Why the server does not want the mail, if so; and whether it waits for the mail's text none the less."""
        if pipelined:
            if not asked:
                self.smtp.send(envelope_of(mail))
            answers = [self.smtp.getreply() for _ in range(3)]
        else:
            answers = []
            for command in envelope_of(mail).splitlines(keepends=True):
                self.smtp.send(command)
                answers.append(self.smtp.getreply())
                if answers[-1][0] // 100 not in {2, 3}:
                    break
        last = answers[-1][0]
        no = next((answer for answer in answers if answer[0] // 100 not in {2, 3}), None)
        if no is None and last != GO_AHEAD:
            no = answers[-1]
        return (refusal(*no) if no else None), last == GO_AHEAD

    def _leave(self, ahead: bytes, *, open_to_data: bool) -> None:
        """End a transaction that carries no mail. A line on which the server waits for a text is hung up instead."""
        if open_to_data:
            self.over = True
            return
        self.smtp.send(RESET + ahead)
        self.smtp.getreply()


def envelope_of(mail: Mail) -> bytes:
    """The three commands before a mail's text."""
    return f"MAIL FROM:<{mail.envelope_from}>\r\nRCPT TO:<{mail.recipient}>\r\nDATA\r\n".encode()


def refusal(code: int, reply: bytes) -> Outcome:
    """What a server's no means: 5xx for good, 4xx for now."""
    if code < PERMANENT:
        return NOT_TAKEN if code in CLOSING else TOO_LATE
    return Outcome(Result.REFUSED, failure_of(f"{code} {reply.decode('utf-8', 'replace')}"))


def dotted(data: bytes) -> bytes:
    """A line that begins with a dot gets another one (RFC 5321, 4.5.2)."""
    doubled = data.replace(b"\r\n.", b"\r\n..")
    return b"." + doubled if doubled.startswith(b".") else doubled
