"""E-mail handed to a real mail server: what it answers, and when nobody knows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from delivery.scripted_server import ScriptedServer, scripted_server
from delivery.sending import MAIL, SENDER
from delivery.servers import MailServer, free_port, mail_server
from lyhord.delivery.contents import Email
from lyhord.delivery.gateways.contract import Errand, Parcel
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


def errand_of(count: int, told: dict[int, Outcome], until: float = float("inf")) -> Errand:
    waiting = [replace(parcel(f"a{number}@mottagare.test", number), until=until) for number in range(count)]
    return Errand(lambda: waiting.pop(0) if waiting else None, lambda one, out: told.update({one.message_id: out}))


def carried(server: ScriptedServer, count: int) -> tuple[dict[int, Outcome], list[str]]:
    """What became of so many mails, and what the server was sent, packet by packet."""
    told: dict[int, Outcome] = {}
    with scripted_server(server) as port:
        gateway = SmtpGateway(Route("127.0.0.1", port), timeout=3.0)
        gateway.carry(errand_of(count, told))
        gateway.close()
    return told, server.commands


def test_where_pipelining_is_offered_a_mail_takes_one_round_trip() -> None:
    server = ScriptedServer()
    told, commands = carried(server, 5)
    assert set(told.values()) == {SENT}
    assert server.round_trips == 2 + 1 + 5 + 1  # greeting and EHLO, the first mail's commands, each mail, QUIT
    assert commands.count("DATA") == 5


def test_where_it_is_not_offered_each_command_waits_for_its_answer() -> None:
    server = ScriptedServer(pipelining=False)
    told, _ = carried(server, 2)
    assert set(told.values()) == {SENT}
    assert server.round_trips == 2 + 2 * 4 + 1


def test_a_refused_recipient_among_others_is_skipped_on_the_same_connection() -> None:
    server = ScriptedServer(refused="a1@")
    told, commands = carried(server, 4)
    assert [told[number].result for number in range(4)] == [Result.SENT, Result.REFUSED, Result.SENT, Result.SENT]
    assert commands.count("EHLO") == 1
    assert len(server.texts) == 3


def test_a_server_that_wants_a_text_after_a_refusal_gets_none() -> None:
    server = ScriptedServer(refused="a1@", opens_anyway=True)
    told, commands = carried(server, 3)
    assert [told[number].result for number in range(3)] == [Result.SENT, Result.REFUSED, Result.SENT]
    assert commands.count("EHLO") == 2  # the line was left
    assert len(server.texts) == 2


def test_a_line_that_breaks_leaves_one_mail_in_doubt_and_the_next_goes_on_another() -> None:
    server = ScriptedServer(hangs_up_after_text=2)
    told, commands = carried(server, 4)
    doubt = Outcome(Result.UNKNOWN, Failure.CONNECTION)
    assert [told[number] for number in range(4)] == [SENT, doubt, SENT, SENT]
    assert commands.count("EHLO") == 2


def test_what_was_held_too_long_is_not_begun() -> None:
    told: dict[int, Outcome] = {}
    with mail_server(MailServer()) as server:
        gateway = SmtpGateway(Route("127.0.0.1", server.port))
        gateway.carry(errand_of(2, told, until=0.0))
        gateway.close()
    assert set(told.values()) == {Outcome(Result.LATER, Failure.BUSY)}
    assert server.taken == []


def test_a_mail_that_cannot_be_signed_waits_and_the_others_go(caplog: pytest.LogCaptureFixture) -> None:
    broken = replace(SENDER, dkim_selector="s1", dkim_key="no key")
    told: dict[int, Outcome] = {}
    errand = errand_of(1, told)
    errand.at_hand.append(replace(parcel(number=7), sender=broken))
    with mail_server(MailServer()) as server:
        gateway = SmtpGateway(Route("127.0.0.1", server.port))
        gateway.carry(errand)
        gateway.close()
    assert told == {7: Outcome(Result.LATER, Failure.UNREADABLE), 0: SENT}
    assert "DKIM" in caplog.text
