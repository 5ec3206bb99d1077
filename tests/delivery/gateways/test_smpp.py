"""SMS handed to an SMS centre of another maker over a real SMPP session."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from datetime import UTC, datetime

import pytest

from delivery.sending import SENDER
from delivery.servers import SmsCentre, free_port, sms_centre
from lyhord.delivery.contents import Sms
from lyhord.delivery.gateways.contract import Errand, Parcel, Receipt
from lyhord.delivery.gateways.smpp import Centre, SmppGateway, spellings
from lyhord.delivery.outcomes import Failure, Outcome, Result


def parcel(number: str = "+46701740605", text: str = "Hej på dig!") -> Parcel:
    return Parcel(1, "a" * 26, number, Sms(text), SENDER, datetime(2026, 11, 21, tzinfo=UTC))


@pytest.fixture
def centre() -> Generator[SmsCentre]:
    with sms_centre(SmsCentre()) as running:
        yield running


@pytest.fixture
def gateway(centre: SmsCentre) -> Generator[SmppGateway]:
    opened = SmppGateway(Centre("127.0.0.1", centre.port, "kommun", "hemligt"), timeout=2.0)
    yield opened
    opened.close()


def in_time(fetch: Callable[[], list[Receipt]]) -> list[Receipt]:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if found := fetch():
            return found
        time.sleep(0.02)
    return []


def test_a_short_text_is_one_part_in_seven_bits(centre: SmsCentre, gateway: SmppGateway) -> None:
    assert gateway.send(parcel()) == Outcome(Result.SENT, provider_reference="00000001")
    (part,) = centre.submitted
    assert (part.source_addr, part.source_addr_ton) == ("Exempel", 5)
    assert (part.destination_addr, part.dest_addr_ton) == ("46701740605", 1)
    assert (part.data_coding, part.short_message) == (0, b"Hej p\x0f dig!")
    assert part.registered_delivery == 1


def test_a_long_text_is_joined_from_parts_and_only_the_last_asks_for_a_receipt(
    centre: SmsCentre, gateway: SmppGateway
) -> None:
    text = "a" * 152 + "€" + "slut"
    assert gateway.send(parcel(text=text * 2)).provider_reference == "00000003"
    headers = [part.short_message[:6] for part in centre.submitted]
    assert [header[4:] for header in headers] == [b"\x03\x01", b"\x03\x02", b"\x03\x03"]
    assert len({header[3] for header in headers}) == 1
    assert all(len(part.short_message) <= 6 + 153 for part in centre.submitted)
    assert [part.registered_delivery for part in centre.submitted] == [0, 0, 1]


def test_other_alphabets_go_in_sixteen_bits(centre: SmsCentre, gateway: SmppGateway) -> None:
    gateway.send(parcel(text="مرحبا"))
    assert centre.submitted[0].data_coding == 8
    assert centre.submitted[0].short_message.decode("utf-16-be") == "مرحبا"


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        ("+46701740608", Outcome(Result.LATER, Failure.BUSY)),
        ("+46701740607", Outcome(Result.REFUSED, Failure.ADDRESS)),
        ("+46701740606", Outcome(Result.UNKNOWN, Failure.CONNECTION)),
    ],
)
def test_what_the_centres_answers_mean(gateway: SmppGateway, number: str, outcome: Outcome) -> None:
    assert gateway.send(parcel(number)) == outcome
    assert gateway.send(parcel()).result is Result.SENT


@pytest.mark.parametrize(("number", "delivered"), [("+46701740605", True), ("+46701740609", False)])
def test_receipts_come_on_the_same_line_until_they_are_acknowledged(
    gateway: SmppGateway, number: str, delivered: bool
) -> None:
    gateway.send(parcel(number))
    (receipt,) = in_time(lambda: list(gateway.receipts()))
    assert receipt.delivered is delivered
    assert receipt.references[0] == "00000001"
    assert list(gateway.receipts()) == [receipt]
    gateway.acknowledge()
    assert list(gateway.receipts()) == []


def test_a_centre_that_is_not_there_has_certainly_taken_nothing() -> None:
    gateway = SmppGateway(Centre("127.0.0.1", free_port(), "kommun", "hemligt"))
    assert gateway.send(parcel()) == Outcome(Result.LATER, Failure.CONNECTION)
    assert list(gateway.receipts()) == []


@pytest.mark.parametrize(
    ("told", "submitted"),
    [("0000001F", "0000001f"), ("31", "0000001f"), ("1f", "31"), ("abc-1", "abc-1")],
)
def test_a_centre_may_spell_its_names_in_two_ways(told: str, submitted: str) -> None:
    assert submitted in spellings(told)


def carried(gateway: SmppGateway, numbers: list[str], text: str = "Hej på dig!") -> dict[str, Outcome]:
    told: dict[str, Outcome] = {}
    waiting = [parcel(number, text) for number in numbers]
    gateway.carry(Errand(lambda: waiting.pop(0) if waiting else None, lambda one, out: told.update({one.address: out})))
    return told


def test_several_messages_wait_for_their_answers_at_once(centre: SmsCentre, gateway: SmppGateway) -> None:
    numbers = [f"+467017400{number}5" for number in range(10)]
    told = carried(gateway, numbers)
    assert {outcome.result for outcome in told.values()} == {Result.SENT}
    assert len({outcome.provider_reference for outcome in told.values()}) == 10
    assert centre.most_waiting > 1


def test_each_of_several_gets_its_own_answer(gateway: SmppGateway) -> None:
    numbers = ["+46701740605", "+46701740608", "+46701740607", "+46701740615"]
    told = carried(gateway, numbers)
    assert [told[one].result for one in numbers] == [Result.SENT, Result.LATER, Result.REFUSED, Result.SENT]


def test_where_the_line_breaks_only_what_was_submitted_is_in_doubt(centre: SmsCentre) -> None:
    gateway = SmppGateway(Centre("127.0.0.1", centre.port, "kommun", "hemligt"), timeout=1.0, window=2)
    told = carried(gateway, ["+46701740606", "+46701740616", "+46701740605", "+46701740615"])
    gateway.close()
    assert [told[number].result for number in sorted(told)] == [
        Result.SENT,
        Result.UNKNOWN,
        Result.SENT,
        Result.UNKNOWN,
    ]
    assert [event.destination_addr[-2:] for event in centre.submitted] == ["06", "16", "05", "15"]


def test_a_centre_that_is_asked_too_much_gets_less(gateway: SmppGateway) -> None:
    carried(gateway, [f"+467017400{number}8" for number in range(10)])
    assert gateway.window < gateway.ahead


def test_parts_of_several_long_texts_keep_their_order(centre: SmsCentre, gateway: SmppGateway) -> None:
    carried(gateway, ["+46701740605", "+46701740615", "+46701740625"], "a" * 400)
    parts: dict[str, list[int]] = {}
    for event in centre.submitted:
        parts.setdefault(event.destination_addr, []).append(event.short_message[5])
    assert list(parts.values()) == [[1, 2, 3]] * 3
