"""SMS handed to 46elks over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from delivery.sending import SENDER, TEXT
from delivery.servers import elks, free_port
from lyhord.delivery.gateways.contract import Parcel, Receipt
from lyhord.delivery.gateways.elks import ElksGateway, receipt_of
from lyhord.delivery.outcomes import Failure, Outcome, Result

PARCEL = Parcel(1, "a" * 26, "+46701740605", TEXT, SENDER, datetime(2026, 11, 21, tzinfo=UTC))


def test_what_is_asked_of_46elks() -> None:
    with elks(lambda form: (200, '{"id": "s70df59406a1b4643b96f3f91e0bfb7b0", "status": "created"}')) as (url, forms):
        gateway = ElksGateway("u1", "p1", receipts_to="https://svar.exempel.se/leverans/46elks/", address=url)
        outcome = gateway.send(PARCEL)
        gateway.close()
    assert outcome == Outcome(Result.SENT, provider_reference="s70df59406a1b4643b96f3f91e0bfb7b0")
    assert forms == [
        {
            "from": "Exempel",
            "to": "+46701740605",
            "message": TEXT.text,
            "dontlog": "message",
            "whendelivered": f"https://svar.exempel.se/leverans/46elks/{'a' * 26}",
            "authorization": "Basic dTE6cDE=",
        }
    ]


@pytest.mark.parametrize(
    ("status", "text", "outcome"),
    [
        (400, 'Invalid "to" number', Outcome(Result.REFUSED, Failure.ADDRESS)),
        (400, "Bad", Outcome(Result.REFUSED, Failure.REFUSED)),
        (401, "", Outcome(Result.LATER, Failure.CONNECTION)),
        (403, "Not enough credits", Outcome(Result.LATER, Failure.CONNECTION)),
        (429, "", Outcome(Result.LATER, Failure.BUSY)),
        (500, "", Outcome(Result.UNKNOWN, Failure.CONNECTION)),
        (200, "no json", Outcome(Result.SENT)),
        (0, "", Outcome(Result.UNKNOWN, Failure.CONNECTION)),
    ],
)
def test_what_its_answers_mean(status: int, text: str, outcome: Outcome) -> None:
    with elks(lambda form: (status, text)) as (url, _):
        gateway = ElksGateway("u1", "p1", address=url)
        assert gateway.send(PARCEL) == outcome
        gateway.close()


def test_nobody_there_has_certainly_taken_nothing() -> None:
    gateway = ElksGateway("u1", "p1", address=f"http://127.0.0.1:{free_port()}/a1/sms")
    assert gateway.send(PARCEL) == Outcome(Result.LATER, Failure.CONNECTION)


@pytest.mark.parametrize(
    ("form", "receipt"),
    [
        ({"id": "s1", "status": "delivered"}, Receipt(True, "", "t", ("s1",))),
        ({"id": "s1", "status": "failed"}, Receipt(False, "refused", "t", ("s1",))),
        ({"id": "s1", "status": "sent"}, None),
        ({}, None),
    ],
)
def test_what_its_receipts_mean(form: dict[str, str], receipt: Receipt | None) -> None:
    assert receipt_of(form, "t") == receipt
