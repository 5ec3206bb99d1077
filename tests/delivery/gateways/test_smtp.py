"""E-mail handed to a real mail server: what it answers, and when nobody knows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from delivery.sending import MAIL, SENDER
from delivery.servers import MailServer, free_port, mail_server
from lyhord.delivery.contents import Email
from lyhord.delivery.gateways.contract import Parcel
from lyhord.delivery.gateways.smtp import Route, SmtpGateway
from lyhord.delivery.outcomes import Failure, Outcome, Result

SENT = Outcome(Result.SENT)


def parcel(address: str = "anna@mottagare.test", number: int = 1, content: Email = MAIL) -> Parcel:
    return Parcel(number, f"{number:026d}", address, content, SENDER, datetime(2026, 11, 21, tzinfo=UTC))


def test_a_mail_arrives_as_it_was_written_with_its_bounce_address() -> None:
    dotted = Email("Hej", ".en punkt först\n..två\n")
    with mail_server(MailServer()) as server:
        gateway = SmtpGateway(Route("127.0.0.1", server.port))
        assert gateway.send(parcel(content=dotted)) == SENT
        gateway.close()
    (taken,) = server.taken
    assert taken.mail_from == f"enkat+{1:026d}@enkat.exempel.se"
    assert isinstance(taken.content, bytes)
    assert b"\r\n.en punkt f=C3=B6rst\r\n..tv=C3=A5\r\n" in taken.content


def test_one_connection_carries_many_and_sixteen_work_at_once() -> None:
    with mail_server(MailServer()) as server:
        gateway = SmtpGateway(Route("127.0.0.1", server.port))
        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(gateway.send, [parcel(number=number) for number in range(40)]))
        gateway.close()
    assert set(outcomes) == {SENT}
    assert len(server.taken) == 40
    assert len(server.sessions) <= 4
    assert gateway.parallel == 16


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 5.1.1 User unknown", Outcome(Result.REFUSED, Failure.ADDRESS)),
        ("552 5.2.2 Mailbox full", Outcome(Result.REFUSED, Failure.FULL)),
        ("550 5.7.1 DMARC", Outcome(Result.REFUSED, Failure.POLICY)),
        ("451 4.7.1 Greylisted", Outcome(Result.LATER, Failure.BUSY)),
    ],
)
@pytest.mark.parametrize("at_door", [True, False])
def test_a_refusal_is_certain_and_the_next_mail_still_goes(answer: str, outcome: Outcome, at_door: bool) -> None:
    def refusing(recipient: str) -> str:
        return answer if recipient.startswith("anna") else "250 OK"

    server = MailServer(at_door=refusing) if at_door else MailServer(says=refusing)
    with mail_server(server):
        gateway = SmtpGateway(Route("127.0.0.1", server.port))
        assert gateway.send(parcel()) == outcome
        assert gateway.send(parcel("bo@mottagare.test", 2)) == SENT
        gateway.close()


def test_a_line_that_breaks_after_the_last_byte_leaves_the_outcome_open() -> None:
    with mail_server(MailServer(says=lambda recipient: "")) as server:
        gateway = SmtpGateway(Route("127.0.0.1", server.port))
        assert gateway.send(parcel()) == Outcome(Result.UNKNOWN, Failure.CONNECTION)
        server.says = lambda recipient: "250 OK"
        assert gateway.send(parcel()) == SENT
        gateway.close()


def test_a_server_that_is_not_there_has_certainly_taken_nothing() -> None:
    gateway = SmtpGateway(Route("127.0.0.1", free_port()))
    assert gateway.send(parcel()) == Outcome(Result.LATER, Failure.CONNECTION)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the test server says that it has no TLS
@pytest.mark.parametrize(
    ("password", "outcome"),
    [("hemligt", SENT), ("fel", Outcome(Result.LATER, Failure.CONNECTION))],
)
def test_a_municipalitys_server_may_ask_for_a_login(password: str, outcome: Outcome) -> None:
    with mail_server(MailServer(), login=True) as server:
        gateway = SmtpGateway(Route("127.0.0.1", server.port, username="kommun", password=password), timeout=2.0)
        assert gateway.send(parcel()) == outcome
        gateway.close()


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the test server says that it has no TLS
def test_a_server_without_tls_gets_no_password_where_tls_is_asked_for() -> None:
    with mail_server(MailServer(), login=True) as server:
        route = Route("127.0.0.1", server.port, "starttls", "kommun", "hemligt")
        assert SmtpGateway(route).send(parcel()) == Outcome(Result.LATER, Failure.CONNECTION)
