"""What came back: reports by the book, letters from Swedish Exchange, delays, replies and noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.delivery.bounces import Bounce, Kind, bounce_of
from lyhord.delivery.outcomes import Failure, failure_of

NAME = "abcdefghijklmnopqrstuvwxyz"
TO = f"studs+{NAME}@b.enkat.exempel.se"


def mail(body: str, *headers: str, content_type: str = "text/plain; charset=utf-8") -> bytes:
    top = [f"To: {TO}", "From: postmaster@mottagare.test", "MIME-Version: 1.0", f"Content-Type: {content_type}"]
    return "\r\n".join([*headers, *top, "", *body.splitlines()]).encode()


def report(fields: str, kind: str = "delivery-status") -> bytes:
    body = f"""--b
Content-Type: text/plain

This is the mail system.

--b
Content-Type: message/{kind}

Reporting-MTA: dns; mx.mottagare.test
Arrival-Date: Sat, 21 Nov 2026 10:00:00 +0100

Final-Recipient: rfc822; anna@mottagare.test
{fields}

--b
Content-Type: text/rfc822-headers

Subject: Hur gick det?

--b--
"""
    return mail(body, "Return-Path: <>", content_type='multipart/report; report-type=delivery-status; boundary="b"')


@pytest.mark.parametrize("kind", ["delivery-status", "global-delivery-status"])
@pytest.mark.parametrize(
    ("fields", "failure"),
    [
        ("Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown", Failure.ADDRESS),
        ("Action: failed\nStatus: 5.1.10", Failure.ADDRESS),
        ("Action: failed\nStatus: 5.4.4", Failure.ADDRESS),
        ("Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full", Failure.FULL),
        ("Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 rejected by DMARC policy", Failure.POLICY),
        ("Action: failed\nStatus: 4.4.7", Failure.EXPIRED),
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 No such user here", Failure.ADDRESS),
        ("Action: failed\nStatus: 5.0.0", Failure.REFUSED),
    ],
)
def test_a_report_tells_why(fields: str, failure: Failure, kind: str) -> None:
    assert bounce_of(report(fields, kind)) == Bounce(Kind.FAILED, NAME, failure)


@pytest.mark.parametrize(("action", "kind"), [("delayed", Kind.DELAYED), ("relayed", Kind.RELAYED)])
def test_a_report_that_is_no_failure(action: str, kind: Kind) -> None:
    assert bounce_of(report(f"Action: {action}\nStatus: 2.0.0")) == Bounce(kind, NAME)


EXCHANGE = """Kan inte levereras: Hur gick det?

Det gick inte att leverera meddelandet till följande mottagare eller grupper:

anna@mottagare.test
{reason}
"""


@pytest.mark.parametrize(
    ("reason", "failure"),
    [
        ("Adressen hittades inte. Kontrollera e-postadressen.", Failure.ADDRESS),
        ("E-postadressen du angav hittades inte.\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound ##", Failure.ADDRESS),
        ("Mottagarens postlåda: postlådan är full och kan inte ta emot meddelanden nu.", Failure.FULL),
        ("#550 5.7.520 Access denied, Your organization does not allow external forwarding", Failure.POLICY),
        ("Något gick fel.", Failure.REFUSED),
    ],
)
@pytest.mark.parametrize("html", [False, True])
def test_a_letter_from_swedish_exchange_tells_why(reason: str, failure: Failure, html: bool) -> None:
    text = EXCHANGE.format(reason=reason)
    kind = "text/html; charset=utf-8" if html else "text/plain; charset=utf-8"
    body = f"<html><body><p>{text}</p></body></html>" if html else text
    found = bounce_of(mail(body, "Subject: Kan inte levereras: =?utf-8?q?Hur?=", content_type=kind))
    assert found == Bounce(Kind.FAILED, NAME, failure)


def test_a_person_or_an_absent_persons_machine_is_no_bounce() -> None:
    assert bounce_of(mail("Hej, jag är på semester.", "Subject: Autosvar", "Auto-Submitted: auto-replied")) == Bounce(
        Kind.REPLY, NAME
    )
    assert bounce_of(mail("Sluta skicka!", "Subject: Sv: Hur gick det?")).kind is Kind.REPLY


def test_a_delay_in_words_is_no_failure() -> None:
    assert bounce_of(mail("Vi försöker igen.", "Subject: Leveransen är försenad")).kind is Kind.DELAYED


def test_a_bounce_that_nobody_taught_us_to_read_is_for_a_person() -> None:
    assert bounce_of(mail("Brrr.", "Return-Path: <>")) == Bounce(Kind.UNREADABLE, NAME)


def test_the_envelope_recipient_goes_before_the_headers() -> None:
    other = NAME[::-1]
    assert bounce_of(mail("x"), f"studs+{other}@b.enkat.exempel.se").token == other


@given(st.binary(max_size=400))
def test_no_mail_makes_the_reader_fail(noise: bytes) -> None:
    assert bounce_of(noise).kind in Kind
    cut = report("Action: failed\nStatus: 5.1.1")
    assert bounce_of(cut[: len(noise)] + noise + cut[len(noise) :]).kind in Kind


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        ("550 5.1.1 <anna@mottagare.test>: Recipient address rejected: User unknown", Failure.ADDRESS),
        ("550 mailbox unavailable", Failure.ADDRESS),
        ("550-5.7.26 This mail has been blocked because the sender is unauthenticated", Failure.POLICY),
        ("550 5.7.515 Access denied", Failure.POLICY),
        ("552 5.2.2 The email account that you tried to reach is over quota", Failure.FULL),
        ("553 5.1.8 sender domain does not exist", Failure.POLICY),
        ("554 no", Failure.REFUSED),
    ],
)
def test_a_refusal_at_the_door_tells_why(reply: str, failure: Failure) -> None:
    assert failure_of(reply) is failure
